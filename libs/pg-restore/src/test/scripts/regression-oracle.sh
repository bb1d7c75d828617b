#!/usr/bin/env bash
# Dumps PostgreSQL's own regression database, restores it with this library and with pg_restore, dumps both and prints what differs:
# nothing, once the rows of split tables are sorted. Leaves the databases regression_ours and regression_oracle behind.
#
#   apt-get source postgresql-15; apt-get download postgresql-server-dev-15 && dpkg -x postgresql-server-dev-15_*.deb dev
#   (cd postgresql-15*/src/test/regress && gcc -fPIC -shared -w -I ../../include -I DEV/usr/include/postgresql/15/server \
#      -I DEV/usr/include/postgresql/internal -o LIB/regress.so regress.c); cp .../15/lib/{refint,autoinc}.so LIB
#   pg_regress --host=127.0.0.1 --port=N --user=postgres --bindir=BIN --dlpath=LIB --inputdir=.../src/test/regress \
#      --schedule=.../src/test/regress/parallel_schedule
#   mvn test-compile
#   PGHOST=127.0.0.1 PGPORT=N PGUSER=postgres libs/pg-restore/src/test/scripts/regression-oracle.sh [DATABASE]
#
# DATABASE is regression unless given; the server trusts PGUSER. JARS holds what Maven downloaded, ~/.m2/repository unless given.
set -euo pipefail
database=${1:-regression}
jars=${JARS:-$HOME/.m2/repository}
cd "$(dirname "${BASH_SOURCE[0]}")/../../../../.."
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

newest() { find "$jars/$1" -name '*.jar' ! -name '*-sources.jar' | sort -V | tail -n 1; }
classes=libs/pg-restore/target/classes:libs/pg-restore/target/test-classes:libs/pg-archive/target/classes
classes+=:libs/test-support/target/classes:$(newest org/postgresql/postgresql):$(newest io/airlift/aircompressor)

pg_dump --format=custom --file="$work/dump" "$database"
dropdb --if-exists "${database}_oracle"
createdb --template=template0 "${database}_oracle"
pg_restore --exit-on-error --dbname="${database}_oracle" "$work/dump"
java -cp "$classes" dev.lifeboat.pgrestore.GivenDatabaseRestore \
  "$work/dump" "jdbc:postgresql://$PGHOST:$PGPORT/" "$PGUSER" "${database}_ours"
for which in ours oracle; do
  pg_dump "${database}_$which" | sed -E '/^\\(un)?restrict /d' >"$work/$which.sql"
  sort "$work/$which.sql" >"$work/$which.sorted"
done
echo "lines that differ where they stand: $(diff "$work/oracle.sql" "$work/ours.sql" | grep -c '^[<>]' || true)"
echo "lines that differ, sorted: $(diff "$work/oracle.sorted" "$work/ours.sorted" | grep -c '^[<>]' || true)"
diff "$work/oracle.sorted" "$work/ours.sorted"
