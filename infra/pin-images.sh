#!/bin/sh
# Writes docker-compose.override.yml with the digests of the images of others that are here: from then on each `up` runs the very images
# that run now, until it is run again after `docker compose --file docker-compose.yml pull --ignore-buildable`. The program's own image
# stays as .env names it, or is built: else an upgrade would run the old one.
# Usage: infra/pin-images.sh
set -eu
cd "$(dirname "$0")/.."
override=docker-compose.override.yml
if ! docker compose version >/dev/null 2>&1; then
  echo "docker compose is missing: install Docker with its Compose plugin, version 2.15 or later."
  exit 1
fi
if [ -e "$override" ] && ! grep -q '^# Made by infra/pin-images.sh' "$override"; then
  echo "$override is yours: move it away, and name it in COMPOSE_FILE of .env."
  exit 1
fi
# Without the override: the tags are asked about, not the digests of before.
config=$(docker compose --file docker-compose.yml config)
# Compose prints its own form: services at two blanks, what they have at four.
images=$(printf '%s\n' "$config" | awk '
  /^[^ ]/ { inside = $1 == "services:" }
  inside && /^  [^ ]/ { service = $1; sub(/:$/, "", service) }
  inside && /^    image: / { print service, $2 }')
own=$(printf '%s\n' "$images" | sed -n 's/^keys //p')
{
  printf '# Made by infra/pin-images.sh. Images are chosen by their tags again without this file, and without its name in .env.\n'
  printf 'services:\n'
  printf '%s\n' "$images" | while read -r service image; do
    [ "$image" != "$own" ] || continue
    digest=$(docker image inspect --format '{{join .RepoDigests "\n"}}' "$image" | head -n 1)
    [ -z "$digest" ] || printf '  %s:\n    image: %s\n' "$service" "$digest"
  done
} >"$override.new"
if ! grep -q 'image:' "$override.new"; then
  rm "$override.new"
  echo "No image here has a digest: run docker compose --file docker-compose.yml pull --ignore-buildable first."
  exit 1
fi
mv "$override.new" "$override"
# Where .env lists the files, Compose takes no other.
if grep -q '^COMPOSE_FILE=' .env 2>/dev/null && ! grep -q "^COMPOSE_FILE=.*$override" .env; then
  umask 077
  sed "s/^COMPOSE_FILE=[\"']\{0,1\}\([^\"']*\).*/COMPOSE_FILE=\1:$override/" .env >.env.new
  mv .env.new .env
fi
printf '%s has the digests of %s services.\n' "$override" "$(grep -c 'image:' "$override")"
