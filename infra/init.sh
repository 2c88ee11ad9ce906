#!/bin/sh
# Makes .env beside docker-compose.yml from .env.example: a random secret for each password, and an answer for all else. What .env has
# already stays as it is, so that it may be run again after an upgrade that needs more.
# Usage: infra/init.sh [--defaults]    --defaults asks nothing and leaves empty what it would ask for
set -eu
cd "$(dirname "$0")/.."
umask 077
touch .env
ask=yes
[ "${1:-}" = "--defaults" ] && ask=no
made=0
# Descriptor 3 is the example: answers come by the standard input.
while IFS= read -r line <&3; do
  case "$line" in
    \#*) [ "$ask" = no ] || printf '\n%s\n' "$line" ;;
    *=*)
      name=${line%%=*}
      value=$(sed -n "s/^$name=//p" .env | head -n 1)
      [ -z "$value" ] || continue
      case "$name" in
        *_PASSWORD_*|*_COOKIE)
          value=$(head -c 2000 /dev/urandom | LC_ALL=C tr -dc 'A-Za-z0-9' | cut -c 1-40)
          made=$((made + 1))
          ;;
        *)
          if [ "$ask" = yes ]; then
            printf '%s: ' "$name"
            case "$name" in *_PASSWORD) [ ! -t 0 ] || stty -echo ;; esac
            IFS= read -r value || value=
            [ ! -t 0 ] || stty echo
          fi
          # Compose expands and cuts what is not quoted.
          case "$value" in
            *[!A-Za-z0-9_.:/@,+-]*) value="'$(printf %s "$value" | sed "s/'/\\\\'/g")'" ;;
          esac
          ;;
      esac
      { sed "/^$name=/d" .env; printf '%s=%s\n' "$name" "$value"; } >.env.new
      mv .env.new .env
      ;;
  esac
done 3<.env.example
printf '\n.env is ready; %s secrets were made. Next: docker compose up --build --detach\n' "$made"
