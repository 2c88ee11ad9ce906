#!/bin/sh
# Gives the running broker its topology, and every participant with a file broker-password-CODE in SECRETS a user with that password.
# Again changes only what differs. The topology has no users, so that importing it, here or by hand, takes no password away.
set -eu
control() { rabbitmqctl --quiet ${BROKER_NODE:+--node "$BROKER_NODE"} "$@"; }
until control await_startup --timeout 60; do sleep 2; done
known=" $(control list_users --no-table-headers | cut -f 1 | tr '\n' ' ')"
case "$known" in *" guest "*) control delete_user guest ;; esac
for file in "${SECRETS:-/run/secrets}"/broker-password-*; do
  code=${file##*/broker-password-}
  case "$known" in
    *" $code "*) verb=change_password ;;
    *) verb=add_user ;;
  esac
  # As an argument: of version 4, rabbitmqctl waits for ever for one by the standard input.
  control "$verb" "$code" "$(cat "$file")"
done
control import_definitions "$DEFINITIONS"
