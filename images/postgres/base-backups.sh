#!/usr/bin/env bash
# Makes PostgreSQL's base backups from beside it, in its pod: a full one weekly, a differential one daily, an incremental one hourly in
# the first repository, and a full one daily, incremental ones hourly in the second.
#
# It remembers nothing: what was made last is asked of pgBackRest, so that a pod that starts again goes on where it was. It never ends by
# itself either: a pod with a dead container is not ready, and nobody would reach its database.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: base-backups.sh

Looks every few seconds whether a base backup is due, and makes it. Runs beside postgres, as its user, on its volumes. Creates the stanza
when there is none. Stop it with SIGTERM; a backup that was being made is taken up by the next one.

Nothing is backed up while archive_mode is off, while the server recovers, and while its database has no table: an empty cluster on an
empty volume waits for its recovery, and must not become the newest backup of what was lost.

Environment:
  PGBACKREST_...     pgBackRest's options: at least STANZA, PG1_PATH, PG1_SOCKET_PATH, PG1_USER and the repositories' (required)
  PGPASSWORD         the password of PG1_USER (required)
  POSTGRES_DB        the database whose tables are worth a backup (default: postgres)
  PG_BIN             where psql is (default: found on PATH)
  CHECK_SECONDS      how often it looks (default: 5)
  FULL_SECONDS, DIFF_SECONDS, INCR_SECONDS   what is due after how long in the first repository (default: 604800, 86400, 3600)
  LOCAL_FULL_SECONDS, LOCAL_INCR_SECONDS     the same in the second, which has no differential ones (default: 86400, 3600)
USAGE
}

say() { printf 'base-backups: %s\n' "$*" >&2; }

# The database's answer to a query, on the pod's own socket. A role that may not, or a server that does not answer, is an empty answer.
ask() {
  PGCONNECT_TIMEOUT=5 "${PG_BIN:+$PG_BIN/}psql" --no-psqlrc --quiet --tuples-only --no-align --field-separator=' ' \
    --set=ON_ERROR_STOP=1 --host="$PGBACKREST_PG1_SOCKET_PATH" --port="${PGBACKREST_PG1_PORT:-5432}" --username="$PGBACKREST_PG1_USER" \
    --dbname="${POSTGRES_DB:-postgres}" "$@" 2>/dev/null || true
}

# "<archives> <holds tables> <system identifier>": t or f, t or f, a number; nothing when the server does not answer.
state() {
  ask <<'SQL'
SELECT current_setting('archive_mode') <> 'off' AND NOT pg_is_in_recovery(),
       EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'),
       system_identifier
FROM pg_control_system()
SQL
}

# Which kind of backup is due in a repository, nothing for none: due REPOSITORY FULL DIFF INCR, 0 for a kind that it does not have. Backups of
# another cluster, which had this stanza before, do not count. A timeline gets one of its own at once: what leads to it would else have to be
# replayed from the one before.
due() {
  local info
  info=$(pgbackrest --log-level-console=off --repo="$1" --output=json info) || return 0
  ask --set=info="$info" --set=repository="$1" --set=full="$2" --set=diff="$3" --set=incr="$4" <<'SQL'
WITH stanza AS (SELECT (:'info'::json) -> 0 AS of),
     cluster AS (
       SELECT (d ->> 'id')::int AS id FROM stanza, json_array_elements(of -> 'db') d
       WHERE (d ->> 'repo-key')::int = :repository AND d ->> 'system-id' = (SELECT system_identifier::text FROM pg_control_system())),
     made AS (
       SELECT b ->> 'type' AS type, extract(epoch FROM now()) - (b -> 'timestamp' ->> 'stop')::bigint AS age,
              left(b -> 'archive' ->> 'stop', 8) AS timeline
       FROM stanza, json_array_elements(of -> 'backup') b
       WHERE (b -> 'database' ->> 'repo-key')::int = :repository AND (b -> 'database' ->> 'id')::int IN (SELECT id FROM cluster)),
     newest AS (
       SELECT min(age) FILTER (WHERE type = 'full') AS full, min(age) FILTER (WHERE type IN ('full', 'diff')) AS diff, min(age) AS any,
              max(timeline) AS timeline
       FROM made)
SELECT CASE WHEN coalesce(newest.full >= :full, true) THEN 'full'
            WHEN :diff > 0 AND newest.diff >= :diff THEN 'diff'
            WHEN newest.any >= :incr OR newest.timeline < left(pg_walfile_name(pg_current_wal_lsn()), 8) THEN 'incr' END
FROM newest
SQL
}

# Runs pgBackRest as a child that a signal reaches.
run() {
  local code=0
  pgbackrest "$@" &
  child=$!
  wait "$child" || code=$?
  child=''
  return "$code"
}

# Once for each cluster that is seen here. Another cluster's stanza is given to this one only when this one holds something.
ensure_stanza() { # holds_tables system_identifier
  if [ "$stanza_of" = "$2" ]; then return 0; fi
  local code=0
  run --log-level-console=warn stanza-create || code=$?
  # 28 (FileInvalidError): the repository's files are of another cluster.
  if [ "$code" -eq 28 ]; then
    if [ "$1" != t ]; then
      tell "the repository is another cluster's, and this one is empty: nothing is archived before it holds a table"
      return 1
    fi
    say "this cluster takes the place of the one that the repository has known"
    code=0
    run --log-level-console=warn stanza-upgrade || code=$?
  fi
  [ "$code" -eq 0 ] || { say "the stanza cannot be created: pgbackrest ended with $code"; return 1; }
  stanza_of=$2
}

# Says the same thing once.
tell() {
  if [ "$told" != "$1" ]; then
    told=$1
    say "$1"
  fi
}

back_up() { # repository full diff incr
  local type
  type=$(due "$@")
  if [ -z "$type" ]; then return 0; fi
  say "repository $1: a backup of type $type is due"
  run --repo="$1" --type="$type" backup || { say "repository $1: the backup failed, pgbackrest ended with $?"; return 1; }
  told=''
  if [ "$1 $type" = '1 full' ]; then verify; fi
}

# What `pgbackrest verify` says of the whole repository, kept with the newest backup, for whoever reads the repository: its exit status is 0
# whatever it finds.
verify() {
  local output label
  output=$(pgbackrest --log-level-console=off --repo=1 --output=text --verbose verify) ||
    output="$output"$'\n'"pgbackrest verify ended with $?"
  label=$(ask --set=info="$(pgbackrest --log-level-console=off --repo=1 --output=json info)" <<'SQL'
SELECT b ->> 'label' FROM json_array_elements((:'info'::json) -> 0 -> 'backup') b ORDER BY (b -> 'timestamp' ->> 'stop')::bigint DESC LIMIT 1
SQL
  )
  [ -n "$label" ] || return 0
  run --log-level-console=warn --repo=1 --set="$label" --annotation="lifeboat-verify=$(date -u +%Y-%m-%dT%H:%M:%SZ)"$'\n'"$output" annotate ||
    say "what pgbackrest verify said could not be kept with backup $label"
}

round() {
  local archives tables identifier
  read -r archives tables identifier <<<"$(state)"
  if [ "$archives" != t ]; then
    if [ -n "$archives" ]; then
      tell "archive_mode is off, or the server recovers: nothing is backed up"
    else
      tell "the server does not answer"
    fi
    stanza_of=''
    again_at=0
    return 0
  fi
  ensure_stanza "$tables" "$identifier" || { pause_until=$((SECONDS + 3 * ${CHECK_SECONDS:-5})); return 0; }
  if [ "$tables" != t ]; then
    tell "WAL is archived; the first base backup waits for the first table"
    return 0
  fi
  if [ "$SECONDS" -lt "$again_at" ]; then return 0; fi
  again_at=$((SECONDS + 60))
  # The one that outlives the volume first. One that fails does not keep the other one from being made.
  back_up 1 "${FULL_SECONDS:-604800}" "${DIFF_SECONDS:-86400}" "${INCR_SECONDS:-3600}" || true
  back_up 2 "${LOCAL_FULL_SECONDS:-86400}" 0 "${LOCAL_INCR_SECONDS:-3600}" || true
}

stop() {
  if [ -n "$child" ]; then kill -TERM "$child" 2>/dev/null || true; fi
  exit 0
}

main() {
  if [ "${1:-}" = --help ]; then
    usage
    return
  fi
  child='' told='' stanza_of='' again_at=0 pause_until=0
  trap stop TERM INT
  local name missing=''
  for name in PGBACKREST_STANZA PGBACKREST_PG1_PATH PGBACKREST_PG1_SOCKET_PATH PGBACKREST_PG1_USER PGPASSWORD; do
    [ -n "${!name:-}" ] || missing="$missing $name"
  done
  while :; do
    if [ -n "$missing" ]; then
      tell "ERROR: not set:$missing. HINT: base-backups.sh --help; k8s/postgres-statefulset.yaml has every setting."
    elif ! command -v pgbackrest >/dev/null; then
      tell "ERROR: there is no pgbackrest. HINT: images/postgres/Dockerfile installs it; Debian: apt-get install pgbackrest."
    elif [ "$SECONDS" -ge "$pause_until" ]; then
      round
    fi
    # In the background, so that a signal is answered at once.
    sleep "${CHECK_SECONDS:-5}" &
    wait $! || true
  done
}

main "$@"
