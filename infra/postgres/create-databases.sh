#!/bin/sh
# Run by PostgreSQL's image at the first start: one role and one database per participant, so that none can read another's. A participant
# is who has a file database-password-CODE in SECRETS. PSQL is psql as another user, where no image runs this.
set -eu
create() {
  ${PSQL:-psql} -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -v code="$1" -v password="$2" <<'SQL'
CREATE ROLE :"code" LOGIN PASSWORD :'password';
CREATE DATABASE :"code" OWNER :"code";
REVOKE CONNECT ON DATABASE :"code" FROM PUBLIC;
SQL
}
for file in "${SECRETS:-/run/secrets}"/database-password-*; do
  code=${file##*/database-password-}
  [ "$code" = admin ] || create "$code" "$(cat "$file")"
done
