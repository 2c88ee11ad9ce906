#!/bin/sh
# Run by PostgreSQL's image at the first start: one role and one database per participant, so that none can read another's.
set -eu
create() {
  psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -v code="$1" -v password="$2" <<'SQL'
CREATE ROLE :"code" LOGIN PASSWORD :'password';
CREATE DATABASE :"code" OWNER :"code";
REVOKE CONNECT ON DATABASE :"code" FROM PUBLIC;
SQL
}
create hub "$DATABASE_PASSWORD_HUB"
create euralogistic "$DATABASE_PASSWORD_EURALOGISTIC"
create lsn "$DATABASE_PASSWORD_LSN"
create pasca "$DATABASE_PASSWORD_PASCA"
create pil "$DATABASE_PASSWORD_PIL"
create tenlog "$DATABASE_PASSWORD_TENLOG"
create bsc "$DATABASE_PASSWORD_BSC"
