#!/usr/bin/env bash
# Brings a database back from one of its backups, for a person with nothing but a shell.
#
# The restore is built beside the live database and compared with the backup's manifest; only then the two swap names, in
# one transaction. What had the name before is kept as quarantine, and `undo` swaps back. Nothing is ever dropped but a
# restore of this script's own that did not pass.
set -euo pipefail
umask 077
export LC_ALL=C

usage() {
  cat <<'USAGE'
Usage: restore-postgres.sh list    [--from s3|local] [--limit N]
       restore-postgres.sh restore BACKUP_ID|newest [--from s3|local] [--jobs N] [--unverified] [--yes]
       restore-postgres.sh undo    [--quarantine DATABASE] [--yes]

list     shows the newest backups and what the verifier says of them
restore  checks a backup's SHA-256, creates the roles that are missing, restores it beside the live database, compares the
         rows of every table with the manifest, and swaps it in; the old database is kept as quarantine
undo     swaps the quarantine of the last restore (or the one that is named) back in; the restored one is kept aside

  --from          s3 (default) or local, the copies in BACKUP_DIR
  --limit         how many backups to show (default: 10)
  --jobs          connections of pg_restore (default: 2)
  --unverified    restore from S3 although no verdict says "verified"
  --quarantine    which database to swap back in
  --yes           ask nothing

Environment:
  PGHOST, PGUSER, PGDATABASE   the live database, as a superuser (required for restore and undo)
  PGPORT, PGPASSWORD, PG...    as for every PostgreSQL client
  BACKUP_BUCKET                the S3 bucket (required with --from s3)
  BACKUP_DIR                   the local volume (required with --from local)
  RESTORE_DIR                  where a dump from S3 is put meanwhile (default: BACKUP_DIR, else TMPDIR, else /tmp)
  PG_BIN                       where PostgreSQL's programs are (default: PATH)
  AWS_REGION, AWS_ENDPOINT_URL, AWS_...   as for every AWS client

Whatever ends it leaves the live database as it was, open; all but kill -9 or the loss of its pod in the moment of the swap,
which may leave it closed to everybody. The next restore or undo opens it first of all. Without one:
  PGDATABASE=postgres psql -c 'ALTER DATABASE "NAME" ALLOW_CONNECTIONS true'
A live database that held no table stays closed until a restore has succeeded, so that no application begins afresh in it.

Before you begin, tell Lifeboat to keep its hands off: set its mode to "observe" (docs/runbooks/database-lost.md).
USAGE
}

# ---------------------------------------------------------------- failure and clean-up

work=''
session_pid=''
reopen_live=''
restored=''

fail() {
  printf 'ERROR: %s HINT: %s\n' "$1" "$2" >&2
  exit 1
}

say() { printf '%s %s\n' "$(date -u +%H:%M:%S)" "$*" >&2; }

complaint() {
  local text
  text=$(tail -n 3 -- "$1" 2>/dev/null | tr -s '\n\t ' '   ' | cut -c 1-600) || true
  printf '%s' "${text% }"
}

# A statement in a session of its own, for when the main one is gone.
once() {
  local live=$PGDATABASE
  PGDATABASE=postgres psql -X -w -q -A -t -v ON_ERROR_STOP=1 -v live="$live" -v restored="$restored" >/dev/null 2>&1
}

clean_up() {
  local code=$?
  trap '' TERM INT HUP
  if [ -n "$session_pid" ]; then
    kill -TERM "$session_pid" 2>/dev/null || true
    wait 2>/dev/null || true
  fi
  if [ -n "$reopen_live" ]; then
    once <<<"SELECT format('ALTER DATABASE %I ALLOW_CONNECTIONS true', :'live') \gexec
      DELETE FROM lifeboat.manual_closed WHERE live = :'live';" ||
      printf 'WARNING: database %s may still be closed. HINT: run ALTER DATABASE ... ALLOW_CONNECTIONS true in database postgres.\n' \
        "'$PGDATABASE'" >&2
  fi
  if [ -n "$restored" ]; then
    # Its name tells that it is ours and that it never was swapped in.
    once <<<"SELECT format('DROP DATABASE IF EXISTS %I WITH (FORCE)', :'restored') \gexec" ||
      printf 'WARNING: the unfinished database %s is left.\n' "'$restored'" >&2
  fi
  if [ -n "$work" ]; then rm -rf -- "$work"; fi
  exit "$code"
}

stopped() {
  printf 'ERROR: stopped by SIG%s. HINT: the live database is as it was; run it again.\n' "$1" >&2
  exit $((128 + $2))
}

# So that a signal reaches this script at once.
run() {
  local errors=$1 code=0 child
  shift
  "$@" 2>"$errors" &
  child=$!
  trap 'kill -TERM "$child" 2>/dev/null; stopped TERM 15' TERM
  trap 'kill -TERM "$child" 2>/dev/null; stopped INT 2' INT
  wait "$child" || code=$?
  trap 'stopped TERM 15' TERM
  trap 'stopped INT 2' INT
  return "$code"
}

# ---------------------------------------------------------------- settings

action='' backup_id='' from=s3 limit=10 jobs=2 unverified='' yes='' quarantine=''

parse() {
  local problems=() name
  action=${1:-}
  if [ $# -gt 0 ]; then shift; fi
  case $action in
    --help | -h | help)
      usage
      exit 0
      ;;
    list | undo) ;;
    restore)
      if [ $# -gt 0 ]; then
        backup_id=$1
        shift
      fi
      [[ $backup_id =~ ^(newest|(daily|recent)/backup_[0-9]{8}_[0-9]{6})$ ]] ||
        problems+=("'$backup_id' is no backup id, expected newest or daily|recent/backup_YYYYMMDD_HHMMSS")
      ;;
    *) problems+=("'$action' is no action, expected list, restore or undo") ;;
  esac
  while [ $# -gt 0 ]; do
    case $1 in
      --yes) yes=yes ;;
      --unverified) unverified=yes ;;
      --from | --limit | --jobs | --quarantine)
        name=${1#--}
        if [ $# -gt 1 ]; then
          printf -v "$name" '%s' "$2"
          shift
        else
          problems+=("$1 needs a value")
        fi
        ;;
      *) problems+=("unknown argument '$1'") ;;
    esac
    shift
  done
  check_settings
  if [ ${#problems[@]} -gt 0 ]; then
    local list
    list=$(printf '; %s' "${problems[@]}")
    fail "${list:2}." "See restore-postgres.sh --help."
  fi
}

# Adds to the caller's problems.
check_settings() {
  local name needed=() programs=(psql pg_restore sha256sum)
  [[ $from =~ ^(s3|local)$ ]] || problems+=("--from is '$from', expected s3 or local")
  [[ $limit =~ ^[1-9][0-9]{0,4}$ ]] || problems+=("--limit is '$limit', expected a number from 1")
  [[ $jobs =~ ^[1-9][0-9]?$ ]] || problems+=("--jobs is '$jobs', expected a number from 1 to 99")
  if [ "$action" != list ]; then needed+=(PGHOST PGUSER PGDATABASE); fi
  if [ "$action" != undo ]; then
    if [ "$from" = local ]; then needed+=(BACKUP_DIR); else needed+=(BACKUP_BUCKET) && programs+=(aws); fi
  fi
  for name in "${needed[@]}"; do
    [ -n "${!name:-}" ] || problems+=("$name is missing")
  done
  case ${PGDATABASE:-} in
    postgres | template0 | template1) problems+=("PGDATABASE is '$PGDATABASE', which cannot be swapped") ;;
  esac
  if [ -n "${PG_BIN:-}" ]; then PATH=$PG_BIN:$PATH; fi
  for name in "${programs[@]}"; do
    command -v "$name" >/dev/null || problems+=("program $name is not on PATH")
  done
}

prepare_environment() {
  export PGAPPNAME=lifeboat-restore-shell PGCONNECT_TIMEOUT=${PGCONNECT_TIMEOUT:-15}
  # Whatever the role's settings are.
  export PGOPTIONS="${PGOPTIONS:-} -c role=none -c statement_timeout=0 -c default_transaction_read_only=off"
  export AWS_PAGER='' AWS_RETRY_MODE=${AWS_RETRY_MODE:-standard} AWS_MAX_ATTEMPTS=${AWS_MAX_ATTEMPTS:-5}
  if [ -n "${AWS_REGION:-}" ]; then export AWS_DEFAULT_REGION=${AWS_DEFAULT_REGION:-$AWS_REGION}; fi
  # Clients before 2.13 do not look at the variable.
  aws=(aws)
  if [ -n "${AWS_ENDPOINT_URL:-}" ]; then
    aws+=(--endpoint-url "$AWS_ENDPOINT_URL")
    # Not every store that speaks S3 knows the checksums which newer clients add; our own SHA-256 is checked anyway.
    export AWS_REQUEST_CHECKSUM_CALCULATION=${AWS_REQUEST_CHECKSUM_CALCULATION:-when_required}
    export AWS_RESPONSE_CHECKSUM_VALIDATION=${AWS_RESPONSE_CHECKSUM_VALIDATION:-when_required}
  fi
  work=$(mktemp -d "${RESTORE_DIR:-${BACKUP_DIR:-${TMPDIR:-/tmp}}}/.restore_XXXXXX") ||
    fail "cannot create a working directory." "Set RESTORE_DIR to a writable directory with room for the dump."
}

confirm() {
  if [ -n "$yes" ]; then return; fi
  [ -t 0 ] || fail "this needs a yes, and there is no terminal to ask at." "Give --yes."
  local reply
  printf '%s\nType the name of the database to go on: ' "$1" >&2
  IFS= read -r reply || reply=''
  [ "$reply" = "$PGDATABASE" ] || fail "you typed '$reply', not '$PGDATABASE': nothing was done." "Run it again."
}

# ---------------------------------------------------------------- the backups

# Backup ids, newest first, whatever their kind.
backup_ids() {
  local path
  if [ "$from" = local ]; then
    for path in "$BACKUP_DIR"/{daily,recent}/backup_*.manifest.json; do
      if [ -f "$path" ]; then printf '%s\n' "${path#"$BACKUP_DIR/"}"; fi
    done >"$work/keys"
  else
    run "$work/aws.err" "${aws[@]}" s3api list-objects-v2 --bucket "$BACKUP_BUCKET" --prefix dumps/ \
      --query 'Contents[].[Key]' --output text >"$work/all" ||
      fail "cannot list s3://$BACKUP_BUCKET/dumps/: $(complaint "$work/aws.err")" \
        "Check BACKUP_BUCKET and the credentials; --from local needs neither."
    while IFS= read -r path; do
      if [[ $path =~ ^dumps/((daily|recent)/backup_[0-9]{8}_[0-9]{6}\.manifest\.json)$ ]]; then
        printf '%s\n' "${BASH_REMATCH[1]}"
      fi
    done <"$work/all" >"$work/keys"
  fi
  # By the time in the name: daily/backup_X and recent/backup_X.
  while IFS= read -r path; do
    path=${path%.manifest.json}
    printf '%s %s\n' "${path#*/backup_}" "$path"
  done <"$work/keys" | sort -r | cut -d ' ' -f 2
}

# fetch KEY FILE [VERSION]
fetch() {
  local version=()
  if [ -n "${3:-}" ]; then version=(--version-id "$3"); fi
  run "$work/aws.err" "${aws[@]}" s3api get-object --bucket "$BACKUP_BUCKET" --key "$1" "${version[@]}" "$2" >/dev/null ||
    fail "cannot read s3://$BACKUP_BUCKET/$1: $(complaint "$work/aws.err")" "Try the next backup, or --from local."
}

# verdict BACKUP_ID [SHA256]: leaves the status of the newest verdict on a backup, or "none", in the variable status. That of
# another version of the dump does not count. Storage that does not answer is no verdict either way: it ends the script, and
# so this must not be called in a subshell.
verdict() {
  local key sha
  status=none
  if [ "$from" = local ]; then return; fi
  # Keys are times: the last one is the newest.
  key=$("${aws[@]}" s3api list-objects-v2 --bucket "$BACKUP_BUCKET" --prefix "verdicts/$1/" \
    --query 'Contents[-1].Key' --output text 2>"$work/aws.err" | tail -n 1) ||
    fail "cannot list s3://$BACKUP_BUCKET/verdicts/$1/: $(complaint "$work/aws.err")" \
      "Check the credentials and try again; --from local needs no storage."
  if [ -z "$key" ] || [ "$key" = None ]; then return; fi
  fetch "$key" "$work/verdict.json"
  [[ $(<"$work/verdict.json") =~ \"status\"[[:space:]]*:[[:space:]]*\"([a-z]+)\" ]] || fail "'$key' has no status." "Look at it."
  status=${BASH_REMATCH[1]}
  if [ -n "${2:-}" ] && [[ $(<"$work/verdict.json") =~ \"sha256\"[[:space:]]*:[[:space:]]*\"([0-9a-f]+)\" ]]; then
    sha=${BASH_REMATCH[1]}
    if [ "$sha" != "$2" ]; then status=outdated; fi
  fi
}

list() {
  local ids id shown=0 total status
  ids=$(backup_ids)
  total=$(wc -w <<<"$ids")
  printf '%-32s %s\n' BACKUP VERDICT
  for id in $ids; do
    verdict "$id"
    printf '%-32s %s\n' "$id" "$status"
    shown=$((shown + 1))
    if [ "$shown" -ge "$limit" ]; then break; fi
  done
  printf '%s of %s backups in %s\n' "$shown" "$total" \
    "$([ "$from" = local ] && printf '%s' "$BACKUP_DIR" || printf 's3://%s' "$BACKUP_BUCKET")"
}

# Leaves the manifest in $work/manifest.json and the files' paths in dump and globals, all of them checked. The configuration that
# the manifest may name is a rebuilt cluster's business: it holds Secrets, and is not fetched here.
get_backup() {
  if [ "$backup_id" = newest ]; then pick_newest; fi
  if [ "$from" = local ]; then
    [ -f "$BACKUP_DIR/$backup_id.manifest.json" ] ||
      fail "'$BACKUP_DIR/$backup_id.manifest.json' does not exist." "restore-postgres.sh list --from local"
    cp -- "$BACKUP_DIR/$backup_id.manifest.json" "$work/manifest.json"
  else
    fetch "dumps/$backup_id.manifest.json" "$work/manifest.json"
  fi
  read_manifest
  if [ "$from" = s3 ] && [ -z "$unverified" ]; then
    local status
    verdict "$backup_id" "$dump_sha"
    [ "$status" = verified ] ||
      fail "the verdict on $backup_id is '$status', not 'verified'." "Choose another one, or give --unverified."
  fi
  if [ "$from" = local ]; then
    dump=$BACKUP_DIR/$backup_id.dump globals=$BACKUP_DIR/$backup_id.globals.sql
  else
    dump=$work/dump globals=$work/globals.sql
    say "reading s3://$BACKUP_BUCKET/$dump_key ($dump_size bytes)"
    fetch "$dump_key" "$dump" "$dump_version"
    fetch "$globals_key" "$globals" "$globals_version"
  fi
  check_sha256 "$dump" "$dump_sha"
  check_sha256 "$globals" "$globals_sha"
}

pick_newest() {
  local id ids status
  ids=$(backup_ids) || exit
  for id in $ids; do
    if [ "$from" = s3 ] && [ -z "$unverified" ]; then verdict "$id"; else status=verified; fi
    if [ "$status" = verified ]; then
      backup_id=$id
      return
    fi
    say "passing over $id: its verdict is not 'verified'"
  done
  fail "there is no backup that may be restored." "restore-postgres.sh list; see also --unverified and --from local."
}

check_sha256() {
  local actual
  say "checking the SHA-256 of $(basename -- "$1")"
  actual=$(sha256sum <"$1") || fail "cannot read '$1'." "Try the next backup."
  [ "${actual%% *}" = "$2" ] ||
    fail "the SHA-256 of '$1' is ${actual%% *}, expected $2: the backup is corrupt." "Try the next older backup."
}

# ---------------------------------------------------------------- the session in database postgres

open_session() {
  # psql reads the manifest through this variable.
  export RESTORE_MANIFEST=$work/manifest.json
  local live=$PGDATABASE
  coproc SESSION {
    PGDATABASE=postgres exec psql -X -w -q -A -t -v ON_ERROR_STOP=1 -v live="$live" 2>"$work/session.err"
  }
  # shellcheck disable=SC2153 # bash sets it
  session_pid=$SESSION_PID
  to_session=${SESSION[1]}
  from_session=${SESSION[0]}
  ask "SET client_encoding = 'UTF8';" "SELECT set_config(name, '0', false) FROM pg_settings
         WHERE name IN ('statement_timeout', 'lock_timeout', 'transaction_timeout', 'idle_session_timeout',
                        'idle_in_transaction_session_timeout');"
  ask "SELECT pg_try_advisory_lock(hashtextextended('lifeboat restore shell', 0));"
  [ "${answer[0]}" = t ] || fail "another restore-postgres.sh is at work on this server." "Wait for it."
  refuse_beside_a_recovery
  open_what_a_killed_run_closed
}

# A run that was killed in the moment of its swap; whatever becomes of this one, the database is to be as it was before that.
open_what_a_killed_run_closed() {
  ask "SELECT to_regclass('lifeboat.manual_closed') IS NOT NULL;"
  if [ "${answer[0]}" != t ]; then return; fi
  ask "SELECT format('ALTER DATABASE %I ALLOW_CONNECTIONS true', datname) FROM pg_database
         JOIN lifeboat.manual_closed ON live = datname WHERE datname = :'live' \\gexec" \
    "DELETE FROM lifeboat.manual_closed WHERE live = :'live';"
}

# The steps of a recovery name their sessions "lifeboat/TARGET/TOKEN"; probes and backups, whose names differ, may go on.
refuse_beside_a_recovery() {
  ask "SELECT count(*) FROM pg_stat_activity WHERE application_name ~ '^lifeboat[/ ]' OR application_name = 'lifeboat-assess';"
  [ "${answer[0]}" = 0 ] ||
    fail "an automatic recovery is connected to this server." \
      "Set Lifeboat's mode to observe and stop the execution (docs/runbooks/database-lost.md), or let it finish."
}

# Sends lines to the session; its answer is in the array answer, a row in each element.
ask() {
  local line
  answer=()
  printf '%s\n' "$@" '\echo @@end' 2>/dev/null 1>&"$to_session" || session_failed
  while :; do
    IFS= read -r line <&"$from_session" || session_failed
    if [ "$line" = @@end ]; then return; fi
    answer+=("$line")
  done
}

# psql's \set takes 'text' with escapes as in C.
psql_quoted() {
  local text=${1//\\/\\\\}
  text=${text//\'/\\\'}
  printf "'%s'" "${text//$'\n'/\\n}"
}

session_failed() {
  fail "PostgreSQL refused: $(complaint "$work/session.err")" \
    "The live database is as it was. Check PGHOST, PGUSER, PGPASSWORD and PostgreSQL's log."
}

read_manifest() {
  # shellcheck disable=SC2016 # psql's backquotes, and its shell's variable
  ask '\set manifest `cat "$RESTORE_MANIFEST"`' \
    "SELECT :'manifest'::json ->> 'database' = :'live' AND (:'manifest'::json ->> 'version') = '1';" \
    "SELECT :'manifest'::json #>> '{dump,key}';" "SELECT :'manifest'::json #>> '{dump,versionId}';" \
    "SELECT :'manifest'::json #>> '{dump,sha256}';" "SELECT :'manifest'::json #>> '{dump,size}';" \
    "SELECT :'manifest'::json #>> '{globals,key}';" "SELECT :'manifest'::json #>> '{globals,versionId}';" \
    "SELECT :'manifest'::json #>> '{globals,sha256}';" "SELECT :'manifest'::json ->> 'snapshotAt';" \
    "SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDD_HH24MISS');"
  [ "${answer[0]}" = t ] ||
    fail "$backup_id is no backup of database '$PGDATABASE', or of another version." "Set PGDATABASE, or choose another."
  dump_key=${answer[1]} dump_version=${answer[2]} dump_sha=${answer[3]} dump_size=${answer[4]}
  globals_key=${answer[5]} globals_version=${answer[6]} globals_sha=${answer[7]} snapshot_at=${answer[8]}
  stamp=${answer[9]}
}

# ---------------------------------------------------------------- restore

# A cluster that was just made has an empty live database. As soon as the roles exist the applications would begin
# afresh in it, so it is closed until the swap, and stays so when the restore fails.
close_empty_live() {
  local tables
  ask "SELECT datallowconn FROM pg_database WHERE datname = :'live';"
  if [ "${answer[0]:-}" != t ]; then return; fi
  tables=$(psql -X -w -q -A -t -v ON_ERROR_STOP=1 2>"$work/psql.err" <<<"SELECT count(*) FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema';") ||
    fail "cannot look into database '$PGDATABASE': $(complaint "$work/psql.err")" "Look at PostgreSQL's log."
  if [ "$tables" = 0 ]; then
    say "the live database is empty: closing it until the restored one takes its place"
    ask "SELECT format('ALTER DATABASE %I ALLOW_CONNECTIONS false', :'live') \\gexec"
  fi
}

# An identifier as pg_dumpall writes it, to the name itself.
plain_name() {
  local name=$1
  if [[ $name == \"*\" ]]; then
    name=${name:1:-1}
    name=${name//\"\"/\"}
  fi
  printf '%s' "$name"
}

# The statements of the globals that concern roles which the server lacks; roles that exist are never altered.
missing_roles_sql() {
  local line statement='' quotes role identifier='("([^"]|"")+"|[^" ;]+)'
  declare -A missing=()
  while IFS= read -r line || [ -n "$line" ]; do
    if [ -z "$statement" ] && [[ ! $line =~ ^(CREATE|ALTER|COMMENT|GRANT) ]]; then continue; fi
    statement+=${statement:+$'\n'}$line
    quotes=${statement//[^\']/}
    # Inside a string a line's end is not the statement's.
    if [[ $line != *\; ]] || [ $((${#quotes} % 2)) -ne 0 ]; then continue; fi
    if [[ $statement =~ ^CREATE\ ROLE\ $identifier\;$ ]]; then
      role=${BASH_REMATCH[1]}
      if [ -z "${existing_roles[$(plain_name "$role")]:-}" ]; then missing[$role]=yes; fi
    fi
    if [[ $statement =~ ^(CREATE\ ROLE|ALTER\ ROLE|COMMENT\ ON\ ROLE)\ $identifier ]]; then
      role=${BASH_REMATCH[2]}
    elif [[ $statement =~ ^GRANT\ $identifier\ TO\ $identifier ]]; then
      role=${BASH_REMATCH[3]}
      if [ -n "${missing[${BASH_REMATCH[1]}]:-}" ]; then role=${BASH_REMATCH[1]}; fi
    else
      role=''
    fi
    if [ -n "$role" ] && [ -n "${missing[$role]:-}" ]; then printf '%s\n' "$statement"; fi
    statement=''
  done <"$globals"
}

create_missing_roles() {
  local role count
  declare -A existing_roles=()
  ask 'SELECT rolname FROM pg_roles;'
  for role in "${answer[@]}"; do existing_roles[$role]=yes; done
  missing_roles_sql >"$work/roles.sql"
  count=$(grep_count '^CREATE ROLE ' "$work/roles.sql")
  say "creating $count missing roles"
  if [ "$count" -gt 0 ]; then
    PGDATABASE=postgres run "$work/psql.err" psql -X -w -q -1 -v ON_ERROR_STOP=1 -f "$work/roles.sql" >/dev/null ||
      fail "cannot create the roles: $(complaint "$work/psql.err")" "Create them by hand from '$globals', then run it again."
  fi
}

grep_count() {
  local line count=0
  while IFS= read -r line; do
    if [[ $line =~ $1 ]]; then count=$((count + 1)); fi
  done <"$2"
  printf '%s' "$count"
}

# What a run left behind that was killed: the lock says that nobody else builds one, and its name that it was never live.
drop_left_overs() {
  ask "SELECT format('DROP DATABASE %I WITH (FORCE)', datname) FROM pg_database
         WHERE datname ~ '^lifeboat_restore_[0-9]{8}_[0-9]{6}\$' \\gexec"
}

# Makes the restored database with the archive's encoding and locale, under another name, and leaves in properties.sql what
# belongs to the archive's name for it: owner, settings, limits, ACL, comment. That is run after the rename.
create_database() {
  local line options='' name="lifeboat_restore_$stamp"
  pg_restore --list --create "$dump" >"$work/list" 2>"$work/pg_restore.err" ||
    fail "pg_restore cannot read '$dump': $(complaint "$work/pg_restore.err")" "Try the next older backup."
  while IFS= read -r line; do
    if [[ $line =~ ^[0-9]+\;[^\;]*\ (ACL|COMMENT|SECURITY\ LABEL)\ -\ DATABASE\  ]]; then printf '%s\n' "$line"; fi
  done <"$work/list" >"$work/chosen"
  # With --create the entries DATABASE and DATABASE PROPERTIES come whether they are chosen or not.
  pg_restore --create --use-list="$work/chosen" --file="$work/create.sql" "$dump" 2>"$work/pg_restore.err" ||
    fail "pg_restore cannot read '$dump': $(complaint "$work/pg_restore.err")" "Try the next older backup."
  while IFS= read -r line; do
    if [ -z "$options" ] && [[ $line =~ ^CREATE\ DATABASE\ (\"([^\"]|\"\")+\"|[^\" ]+)(\ WITH\ .*)\;$ ]]; then
      options=${BASH_REMATCH[3]}
    elif [[ ! $line =~ ^\\(connect|restrict|unrestrict)\  ]]; then
      # All but psql's own commands, which would lead away from this session.
      printf '%s\n' "$line"
    fi
  done <"$work/create.sql" >"$work/properties.sql"
  [ -n "$options" ] || fail "'$dump' does not say how its database was created." "Was it made by backup-postgres.sh?"
  ask "CREATE DATABASE $name$options;" "\\set restored $name"
  restored=$name
}

fill_database() {
  say "restoring $backup_id into '$restored'"
  run "$work/pg_restore.err" pg_restore --no-password --exit-on-error --jobs="$jobs" --dbname="$restored" "$dump" ||
    fail "pg_restore ended with $?: $(complaint "$work/pg_restore.err")" \
      "The live database is as it was. Try the next older backup."
  analyze
}

# Statistics make queries fast, not right: a table whose functions or foreign partitions fail must not end the restore.
# Foreign servers are not asked, since they may be as lost as this one was.
analyze() {
  cat >"$work/analyze.sql" <<'SQL'
    SET search_path = '';
    WITH RECURSIVE family AS (
      SELECT oid AS parent, oid FROM pg_class WHERE relkind IN ('r', 'p', 'm')
        AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
      UNION SELECT parent, inhrelid FROM pg_inherits JOIN family ON inhparent = family.oid)
    SELECT 'ANALYZE ' || parent::regclass FROM family JOIN pg_class USING (oid)
    GROUP BY parent HAVING NOT bool_or(relkind = 'f') \gexec
SQL
  PGDATABASE=$restored run "$work/psql.err" psql -X -w -q -f "$work/analyze.sql" >/dev/null ||
    fail "cannot analyze '$restored': $(complaint "$work/psql.err")" "Look at PostgreSQL's log."
  if [ -s "$work/psql.err" ]; then
    say "WARNING: some tables have no statistics yet; run ANALYZE later: $(complaint "$work/psql.err")"
  fi
}

# The rows of every table against the manifest, counted as backup-postgres.sh counted them.
check_rows() {
  say "comparing the rows of every table with the manifest"
  # shellcheck disable=SC2016 # psql's backquotes, and its shell's variable
  printf '%s\n' '\set manifest `cat "$RESTORE_MANIFEST"`' "SET client_encoding = 'UTF8';" "SET search_path = '';" \
    'SET row_security = off;' "
    SELECT pg_catalog.format(
      'SELECT %L || '' has '' || pg_catalog.count(*) || '' rows, expected '' || %s FROM ONLY %I.%I %s
       HAVING pg_catalog.count(*) <> %s',
      t.schema || '.' || t.name, t.rows, t.schema, t.name, coalesce(config.condition, ''), t.rows)
    FROM pg_catalog.json_to_recordset(:'manifest'::json -> 'tables') AS t(schema text, name text, rows bigint)
    LEFT JOIN (SELECT unnest(extconfig) AS oid, unnest(extcondition) AS condition FROM pg_catalog.pg_extension
               WHERE oid >= 16384) config
      ON config.oid = pg_catalog.to_regclass(pg_catalog.format('%I.%I', t.schema, t.name)) \\gexec" |
    PGDATABASE=$restored psql -X -w -q -A -t -v ON_ERROR_STOP=1 >"$work/differences" 2>"$work/psql.err" ||
    fail "cannot count the restored rows: $(complaint "$work/psql.err")" "Try the next older backup."
  [ ! -s "$work/differences" ] ||
    fail "the restored database is not what was backed up: $(complaint "$work/differences")" \
      "The live database is as it was. Try the next older backup."
}

# ---------------------------------------------------------------- the swap

# Nobody may be connected to a database that is renamed. Prepared transactions can only be ended from inside.
close_database() {
  local name=$1 prepared
  ask "\\set closing $(psql_quoted "$name")" \
    "SELECT count(*) FROM pg_prepared_xacts WHERE database = :'closing';"
  prepared=${answer[0]}
  if [ "$prepared" != 0 ]; then
    ask "SELECT datallowconn FROM pg_database WHERE datname = :'closing';"
    if [ "${answer[0]}" = f ]; then ask "SELECT format('ALTER DATABASE %I ALLOW_CONNECTIONS true', :'closing') \\gexec"; fi
    say "rolling back $prepared prepared transactions of '$name'"
    PGDATABASE=$name psql -X -w -q -v ON_ERROR_STOP=1 >/dev/null 2>"$work/psql.err" <<<"
      SELECT format('ROLLBACK PREPARED %L', gid) FROM pg_prepared_xacts WHERE database = current_database() \\gexec" ||
      fail "cannot end the prepared transactions of '$name': $(complaint "$work/psql.err")" "End them by hand."
  fi
  ask "SELECT format('ALTER DATABASE %I ALLOW_CONNECTIONS false', :'closing') \\gexec" \
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = :'closing';"
}

# Where undo finds what to swap back; written in the transaction of the renames.
readonly SWAPS='CREATE SCHEMA IF NOT EXISTS lifeboat;
  CREATE TABLE IF NOT EXISTS lifeboat.manual_swap (
    live text NOT NULL, quarantine text, backup_id text, at timestamptz DEFAULT now() NOT NULL, undone timestamptz);
  CREATE TABLE IF NOT EXISTS lifeboat.manual_closed (live text PRIMARY KEY);'

# An automatic recovery swaps under a lock on its fencing row: none can be half-way while we are.
readonly LOCK_OUT_OTHERS="SELECT 'LOCK TABLE lifeboat.fence IN EXCLUSIVE MODE'
  WHERE to_regclass('lifeboat.fence') IS NOT NULL \\gexec"

swap() {
  local quarantine="lifeboat_quarantine_$stamp" exists
  ask "SET client_min_messages = error;" "$SWAPS" \
    "SELECT count(*) FROM pg_database WHERE datname = :'live';"
  exists=${answer[0]}
  refuse_beside_a_recovery
  if [ "$exists" = 1 ]; then close_live; fi
  close_database "$restored"
  ask 'BEGIN;' "$LOCK_OUT_OTHERS" "\\set backup_id $backup_id" "\\set quarantine $quarantine" \
    "SELECT format('ALTER DATABASE %I RENAME TO %I', :'live', :'quarantine')
       WHERE EXISTS (SELECT FROM pg_database WHERE datname = :'live') \\gexec" \
    "SELECT format('ALTER DATABASE %I RENAME TO %I', :'restored', :'live') \\gexec" \
    "\\set properties $(psql_quoted "$work/properties.sql")" '\i :properties' \
    'RESET search_path;' \
    "INSERT INTO lifeboat.manual_swap (live, quarantine, backup_id)
       VALUES (:'live', CASE WHEN $exists = 1 THEN :'quarantine' END, :'backup_id');" \
    "$OPEN_LIVE" 'COMMIT;'
  restored='' reopen_live=''
  local done_message="database '$PGDATABASE' is $backup_id, with everything committed until $snapshot_at"
  if [ "$exists" = 1 ]; then
    done_message+="; the old one is kept as '$quarantine' (restore-postgres.sh undo swaps back)"
  fi
  printf '%s\n' "$done_message"
}

# In the transaction that renames: whoever sees the new names may connect, and whoever is killed before has changed nothing.
readonly OPEN_LIVE="SELECT format('ALTER DATABASE %I ALLOW_CONNECTIONS true', :'live') \\gexec
  DELETE FROM lifeboat.manual_closed WHERE live = :'live';"

# Closes the live database. When the swap fails it is opened again, unless it was found closed.
close_live() {
  ask "SELECT datallowconn FROM pg_database WHERE datname = :'live';"
  if [ "${answer[0]}" = t ]; then
    reopen_live=yes
    ask "INSERT INTO lifeboat.manual_closed VALUES (:'live') ON CONFLICT DO NOTHING;"
  fi
  close_database "$PGDATABASE"
}

restore() {
  get_backup
  confirm "Database '$PGDATABASE' at '$PGHOST' will be replaced by $backup_id (data until $snapshot_at); the old one is kept."
  drop_left_overs
  close_empty_live
  create_missing_roles
  create_database
  fill_database
  check_rows
  say "swapping '$restored' and '$PGDATABASE'"
  swap
}

undo() {
  ask "SET client_min_messages = error;" "$SWAPS"
  if [ -z "$quarantine" ]; then
    # Those of this script, and those of an automatic recovery.
    ask "CREATE TEMP TABLE swaps AS SELECT live, quarantine, at, undone FROM lifeboat.manual_swap;" \
      "SELECT 'INSERT INTO swaps SELECT live_database, quarantine, cut_over_at, undone_at FROM lifeboat.swap'
         WHERE to_regclass('lifeboat.swap') IS NOT NULL \\gexec" \
      "SELECT s.quarantine FROM swaps s JOIN pg_database d ON d.datname = s.quarantine
         WHERE s.live = :'live' AND s.undone IS NULL ORDER BY s.at DESC LIMIT 1;"
    quarantine=${answer[0]:-}
    [ -n "$quarantine" ] ||
      fail "there is nothing to undo: no restore of '$PGDATABASE' left a quarantine." \
        "Name one with --quarantine; psql -l shows the databases."
  fi
  ask "\\set quarantine $(psql_quoted "$quarantine")" "SELECT count(*) FROM pg_database WHERE datname = :'quarantine';" \
    "SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDD_HH24MISS');"
  [ "${answer[0]}" = 1 ] || fail "there is no database '$quarantine'." "psql -l shows the databases."
  local aside="lifeboat_undone_${answer[1]}"
  confirm "Database '$PGDATABASE' at '$PGHOST' will be '$quarantine' again; what was written since is kept in '$aside'."
  refuse_beside_a_recovery
  close_live
  close_database "$quarantine"
  ask 'BEGIN;' "$LOCK_OUT_OTHERS" "\\set aside $aside" \
    "SELECT format('ALTER DATABASE %I RENAME TO %I', :'live', :'aside') \\gexec" \
    "SELECT format('ALTER DATABASE %I RENAME TO %I', :'quarantine', :'live') \\gexec" \
    "UPDATE lifeboat.manual_swap SET undone = now() WHERE live = :'live' AND quarantine = :'quarantine';" \
    "SELECT format('UPDATE lifeboat.swap SET undone_at = now(), set_aside = %L
         WHERE live_database = %L AND quarantine = %L AND undone_at IS NULL', :'aside', :'live', :'quarantine')
       WHERE to_regclass('lifeboat.swap') IS NOT NULL \\gexec" \
    "$OPEN_LIVE" 'COMMIT;'
  reopen_live=''
  printf "database '%s' is again what it was; the restored one is kept as '%s'\n" "$PGDATABASE" "$aside"
}

main() {
  parse "$@"
  trap clean_up EXIT
  trap 'stopped TERM 15' TERM
  trap 'stopped INT 2' INT
  trap 'stopped HUP 1' HUP
  trap : PIPE
  prepare_environment
  if [ "$action" = list ]; then
    list
    return
  fi
  open_session
  "$action"
}

main "$@"
