#!/bin/sh
# Writes the running broker's definitions for `infra check`: export-rights.sh FILE. Password hashes stay where they are.
# `rabbitmqctl export_definitions` of RabbitMQ 3.10 fails as soon as skip_if_unchanged has kept its hash, which is no text.
set -eu
rabbitmqctl --quiet --node "$BROKER_NODE" eval '
  All = rabbit_definitions:all_definitions(),
  Parts = maps:with([permissions, topic_permissions, exchanges, queues, bindings, policies, vhosts], All),
  Users = [maps:remove(<<"password_hash">>, User) || User <- maps:get(users, All)],
  io:format("~ts~n", [rabbit_json:encode(Parts#{users => Users})]).
' | head -n 1 > "$1"
# An empty file would say nothing about the broker, and everything about the way to it.
test -s "$1"
