#!/bin/sh
# Takes over what the hub's operator handed over. A key is taken once: what the node has made of it later is newer.
set -eu
from=${HAND_OVER:-/hand-over} data=${DATA:-/data}
for name in directory.json settings.env; do
  if [ ! -s "$from/$name" ]; then
    echo "There is no hand-over/$name: put the folder that the hub's operator gave you beside compose.yaml."
    exit 1
  fi
done
if [ ! -d "$data/keys" ]; then
  [ -d "$from/keys" ] || { echo "There is no hand-over/keys, and the node has no key of its own yet."; exit 1; }
  cp -R "$from/keys" "$data/keys.new"
  mv "$data/keys.new" "$data/keys"
fi
# Whole or not at all: the server looks at it every two seconds.
cp "$from/directory.json" "$data/directory.json.new"
mv "$data/directory.json.new" "$data/directory.json"
mkdir -p "$data/certificates"
[ ! -e "$from/broker-ca.pem" ] || cp "$from/broker-ca.pem" "$data/certificates/broker-ca.pem"
chown -R "${OWNER:-interclustering}" "$data" "${BACKUPS:-/backups}"
