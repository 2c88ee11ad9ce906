#!/bin/sh
# Writes docker-compose.override.yml with the digests of the images that are here: from then on each `up` runs the very images that run
# now, until it is run again after `docker compose pull`. Images that were built here have no digest and stay as they are.
# Usage: infra/pin-images.sh
set -eu
cd "$(dirname "$0")/.."
override=docker-compose.override.yml
for needed in "docker compose version" "python3 --version"; do
  $needed >/dev/null 2>&1 || { echo "This needs ${needed% *version} on this machine."; exit 1; }
done
if [ -e "$override" ] && ! grep -q '^# Made by infra/pin-images.sh' "$override"; then
  echo "$override is yours: move it away, and name it with --file."
  exit 1
fi
{
  printf '# Made by infra/pin-images.sh. Take it away, and images are chosen by their tags again.\nservices:\n'
  # Without the override: the tags are asked about, not the digests of before.
  docker compose --file docker-compose.yml --profile tls config --format json |
    python3 -c 'import json, sys
for name, service in json.load(sys.stdin)["services"].items(): print(name, service["image"])' |
    while read -r service image; do
      digest=$(docker image inspect --format '{{join .RepoDigests "\n"}}' "$image" | head -n 1)
      [ -z "$digest" ] || printf '  %s:\n    image: %s\n' "$service" "$digest"
    done
} >"$override.new"
if ! grep -q 'image:' "$override.new"; then
  rm "$override.new"
  echo "No image here has a digest: run docker compose pull first."
  exit 1
fi
mv "$override.new" "$override"
printf '%s has the digests of %s services.\n' "$override" "$(grep -c 'image:' "$override")"
