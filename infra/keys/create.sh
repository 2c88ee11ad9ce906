#!/bin/sh
# Makes every participant's key in its own volume, once, and writes the federation directory that lists them.
set -eu
directory=/federation/directory.json
clusters="euralogistic lsn pasca pil tenlog bsc"
for code in hub $clusters; do
  Interclustering__Data="/participants/$code" dotnet /app/Interclustering.Server.dll keys create --cluster "$code" >"/tmp/$code.json"
done
{
  printf '{ "hub": '
  cat /tmp/hub.json
  printf ', "clusters": ['
  comma=''
  for code in $clusters; do
    printf '%s' "$comma"
    cat "/tmp/$code.json"
    comma=', '
  done
  printf '] }\n'
} >"$directory"
