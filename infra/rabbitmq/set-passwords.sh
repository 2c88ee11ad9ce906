#!/bin/sh
# Gives every participant its broker password. Until then the definitions' empty password_hash refuses sign-in.
set -eu
until rabbitmqctl --node "$BROKER_NODE" await_startup --timeout 60; do sleep 2; done
set_password() { rabbitmqctl --node "$BROKER_NODE" change_password "$1" "$2"; }
set_password hub "$BROKER_PASSWORD_HUB"
set_password euralogistic "$BROKER_PASSWORD_EURALOGISTIC"
set_password lsn "$BROKER_PASSWORD_LSN"
set_password pasca "$BROKER_PASSWORD_PASCA"
set_password pil "$BROKER_PASSWORD_PIL"
set_password tenlog "$BROKER_PASSWORD_TENLOG"
set_password bsc "$BROKER_PASSWORD_BSC"
