#!/bin/sh
# Makes .env beside docker-compose.yml from .env.example, with an answer for all that it asks, and the secrets of docker-compose.yml: a
# file with a random value for each, in the folder secrets. What is there already stays as it is, so that it may be run again after an
# upgrade that needs more. Secrets that stand in a .env of before move into their files.
# Usage: infra/init.sh [--defaults] [FOLDER]    --defaults asks nothing and leaves empty what it would ask for; FOLDER is infra/node for one
# cluster's node alone
set -eu
ask=yes
[ "${1:-}" != "--defaults" ] || { ask=no; shift; }
cd "${1:-$(dirname "$0")/..}"
umask 077
touch .env
made=0
compose=docker-compose.yml
[ -e "$compose" ] || compose=compose.yaml

random() { head -c 2000 /dev/urandom | LC_ALL=C tr -dc 'A-Za-z0-9' | cut -c 1-40; }

value_of() { sed -n "s/^$1=//p" .env | head -n 1; }

answer() { # name, what an empty line means
  printf '%s%s: ' "$1" "${2:+ [$2]}"
  case "$1" in *_PASSWORD) [ ! -t 0 ] || stty -echo ;; esac
  # The end of the input is no answer.
  if IFS= read -r value; then value=${value:-${2:-}}; else value=; fi
  [ ! -t 0 ] || stty echo
}

# The proxy gets a certificate for an https address without a port, and takes no other.
profile() {
  [ "$(grep -c '^ADDRESS_[A-Z]*=https://[^:/]*/\{0,1\}$' .env)" != "$(grep -c '^ADDRESS_' .env.example)" ] || echo tls
}

# Descriptor 3 is the example: answers come by the standard input.
while IFS= read -r line <&3; do
  case "$line" in
    \#*) [ "$ask" = no ] || printf '\n%s\n' "$line" ;;
    *=*)
      name=${line%%=*}
      value=$(value_of "$name")
      [ -z "$value" ] || continue
      case "$name" in
        *_COOKIE)
          value=$(random)
          made=$((made + 1))
          ;;
        *)
          offered=
          [ "$name" != COMPOSE_PROFILES ] || offered=$(profile)
          [ "$ask" = no ] || answer "$name" "$offered"
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

# The folder keeps others of this machine out. The files can be read by all, as a container sees its own alone, by a user of its own.
mkdir -p secrets
chmod 700 secrets
for secret in $(sed -n 's#.*{ file: \./secrets/\([a-z0-9-]*\) }.*#\1#p' "$compose"); do
  name=$(printf %s "$secret" | tr a-z- A-Z_)
  if [ ! -e "secrets/$secret" ]; then
    value=$(value_of "$name")
    case "$value" in
      \'*\'|\"*\") value=$(printf %s "$value" | sed "s/^.//; s/.\$//; s/\\\\'/'/g") ;;
    esac
    if [ -z "$value" ]; then
      if [ "$secret" != mail-password ]; then
        value=$(random)
        made=$((made + 1))
      elif [ "$ask" = yes ] && [ -n "$(value_of MAIL_USERNAME)" ]; then
        printf '\n'
        answer "$name"
      fi
    fi
    printf '%s\n' "$value" >"secrets/$secret.new"
    chmod 644 "secrets/$secret.new"
    mv "secrets/$secret.new" "secrets/$secret"
  fi
  sed "/^$name=/d" .env >.env.new
  mv .env.new .env
done
next='docker compose up --build --detach'
[ -z "$(value_of INTERCLUSTERING_IMAGE)" ] || next='docker compose pull && docker compose up --detach'
printf '\n.env and secrets are ready; %s secrets were made. Next: %s\n' "$made" "$next"
