#!/usr/bin/env bash
# Makes src/test/resources/dev/lifeboat/pgarchive/versions: archives of one small database by a pg_dump of PostgreSQL 17, in each of
# its compressions. PG_DUMP is that pg_dump, with whatever runs it in front; PGHOST, PGPORT and PGUSER name a server of version 15 to 17.
#
#   PG_DUMP=/usr/lib/postgresql/17/bin/pg_dump PGHOST=/tmp PGUSER=postgres libs/pg-archive/src/test/scripts/make-fixtures.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../resources/dev/lifeboat/pgarchive/versions"
read -ra dump <<<"${PG_DUMP:-pg_dump}"

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
done
