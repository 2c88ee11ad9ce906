#!/bin/sh
# Makes every participant's key in its own volume, and writes the federation directory that lists them. Once: what is in it later, by
# `keys rotate`, `keys revoke` or by hand, is nothing that could be made again.
# FEDERATION, PARTICIPANTS and PROGRAM name other places than the volumes of docker-compose.yml, and DATA one place for all keys.
set -eu
directory=${FEDERATION:-/federation}/directory.json
if [ -e "$directory" ]; then exit 0; fi
work=$(mktemp -d)
clusters="euralogistic lsn pasca pil tenlog bsc"
for code in hub $clusters; do
  address=$(printenv "ADDRESS_$(printf %s "$code" | tr a-z A-Z)")
  Interclustering__Data="${DATA:-${PARTICIPANTS:-/participants}/$code}" ${PROGRAM:-dotnet /app/Interclustering.Server.dll} \
    keys create --cluster "$code" >"$work/$code.key"
  # The entry is an object whose first line is its brace.
  { printf '{\n  "address": "%s",\n' "$address"; tail -n +2 "$work/$code.key"; } >"$work/$code.json"
done
{
  printf '{ "hub": '
  cat "$work/hub.json"
  printf ', "clusters": ['
  comma=''
  for code in $clusters; do
    printf '%s' "$comma"
    cat "$work/$code.json"
    comma=', '
  done
  printf '] }\n'
} >"$directory.new"
mv "$directory.new" "$directory"
rm -r "$work"
