#!/bin/sh
# Gives the running broker its topology, and every participant of BROKER_PASSWORD_* a user with that password. Again changes only what
# differs. The topology has no users, so that importing it, here or by hand, takes no password away.
set -eu
control() { rabbitmqctl --quiet ${BROKER_NODE:+--node "$BROKER_NODE"} "$@"; }
until control await_startup --timeout 60; do sleep 2; done
known=" $(control list_users --no-table-headers | cut -f 1 | tr '\n' ' ')"
case "$known" in *" guest "*) control delete_user guest ;; esac
for name in $(printenv | sed -n 's/^BROKER_PASSWORD_\([A-Z0-9]*\)=.*/\1/p'); do
  code=$(printf %s "$name" | tr A-Z a-z)
  case "$known" in
    *" $code "*) verb=change_password ;;
    *) verb=add_user ;;
  esac
  # As an argument: of version 4, rabbitmqctl waits for ever for one by the standard input.
  control "$verb" "$code" "$(printenv "BROKER_PASSWORD_$name")"
done
control import_definitions "$DEFINITIONS"
