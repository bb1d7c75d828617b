#!/usr/bin/env bash
# Backs a PostgreSQL database up: to S3, and to a local volume for a quick recovery.
#
# One exported snapshot serves the dump and the row counts. A session of psql holds it, together with a lock on every
# table that is dumped: a TRUNCATE between the count and the dump would make the two disagree. The manifest is uploaded
# last and commits the backup; a dump without one is not a backup. Whatever fails leaves no manifest.
set -euo pipefail
umask 077
export LC_ALL=C

readonly PART_SIZE=$((64 << 20))
# Below this, a copy's rows and size say nothing of the next one's: a database that is just being set up.
readonly LEAST_ROWS=100
# What Lifeboat reads of a configuration at most (ConfigBackup of libs/contract).
readonly LARGEST_CONFIG=$((8 << 20))
readonly NAME_PATTERN='backup_[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]_[0-9][0-9][0-9][0-9][0-9][0-9]'

usage() {
  cat <<'USAGE'
Usage: backup-postgres.sh [--help]

Dumps one database in pg_dump's custom format, with its roles, to
  s3://BACKUP_BUCKET/dumps/BACKUP_KIND/backup_YYYYMMDD_HHMMSS.{dump,globals.sql,manifest.json}
and keeps a copy of the newest backups in BACKUP_DIR. Needs psql, pg_dump, pg_dumpall, aws, flock and coreutils.
With BACKUP_KUBERNETES_ACCOUNT it adds backup_YYYYMMDD_HHMMSS.config.json: the ConfigMaps, Secrets and images of the namespace. That
needs curl and jq too. When it fails, the backup of the database is made all the same, and a WARNING and its manifest say why.
Ends with 0 and one line on standard output, or with another number and one ERROR line; then there is no manifest, unless
that line says that there is. A WARNING says what a person should look at.

Environment:
  PGHOST, PGUSER, PGDATABASE   what to back up, as a superuser (required)
  PGPORT, PGPASSWORD, PG...    as for every PostgreSQL client
  BACKUP_BUCKET                the S3 bucket (required)
  BACKUP_KIND                  daily or recent (required)
  BACKUP_DIR                   the local volume (required); needs room for one backup more than it keeps
  BACKUP_KEEP                  how many backups of this database the local volume keeps (default: 3). One that holds no rows, or less
                               than half of the rows or bytes of the one before it, pushes no other out; the newest such stays too
  BACKUP_SSE                   server-side encryption: aws:kms (default) or AES256
  KMS_KEY_ID                   the key for aws:kms (default: the bucket's default encryption)
  GLOBALS_KMS_KEY_ID           the key for the roles, which hold password hashes, and for the configuration (required with aws:kms)
  BACKUP_KUBERNETES_ACCOUNT    a directory with a service account's token, ca.crt and namespace (default: no configuration is backed up)
  BACKUP_LOCK_WAIT_SECONDS     how long to wait for a table that somebody has locked (default: 300)
  PG_BIN                       where PostgreSQL's programs are (default: PATH)
  AWS_REGION, AWS_ENDPOINT_URL, AWS_...   as for every AWS client
USAGE
}

# ---------------------------------------------------------------- failure and clean-up

backup_id=''
work=''
# For what is secret: on the pod's /tmp, which ends with the pod, and not on the volume.
private=''
session_errors=''
local_files=()
children=()
session_pid=''
# Whether the manifest is in S3: '' for no, unknown while it is uploaded, yes.
committed=''
# What the manifest says of the configuration: '' when there is none; then config_problem may say why.
facts_config=''
config_problem=''

fail() {
  printf 'ERROR: backup %s of database %s failed: %s HINT: %s\n' \
    "${backup_id:-(not begun)}" "'${PGDATABASE:-?}'" "$1" "$2" >&2
  exit 1
}

# The end of what a program said, on one line.
complaint() {
  local text
  text=$(tail -n 3 -- "$1" 2>/dev/null | tr -s '\n\t ' '   ' | cut -c 1-600) || true
  printf '%s' "${text% }"
}

clean_up() {
  local code=$?
  trap '' TERM INT HUP
  # The psql session goes last: it needs no kill once its input is closed, but may be busy counting.
  kill -TERM "${children[@]}" ${session_pid:+"$session_pid"} 2>/dev/null || true
  wait 2>/dev/null || true
  if [ ${#local_files[@]} -gt 0 ]; then rm -f -- "${local_files[@]}"; fi
  if [ -n "$work" ]; then rm -rf -- "$work"; fi
  if [ -n "$private" ]; then rm -rf -- "$private"; fi
  if [ -n "$session_errors" ]; then rm -f -- "$session_errors"; fi
  exit "$code"
}

stopped() {
  local hint='it has no manifest and does not count; run it again.'
  case $committed in
    unknown) hint="its manifest was being uploaded: it counts if s3://$BACKUP_BUCKET/$key.manifest.json is there; run it again." ;;
    yes) hint="it is whole in s3://$BACKUP_BUCKET/$key.* and counts; the local volume may lack its copy." ;;
  esac
  printf 'ERROR: backup %s of database %s was stopped by SIG%s. HINT: %s\n' \
    "${backup_id:-(not begun)}" "'${PGDATABASE:-?}'" "$1" "$hint" >&2
  exit $((128 + $2))
}

# Runs a program so that a signal reaches this script at once, not when the program ends.
# run ERRORS COMMAND...: standard error goes to the file ERRORS.
run() {
  local errors=$1
  shift
  "$@" 2>"$errors" &
  children=($!)
  local code=0
  wait "${children[0]}" || code=$?
  children=()
  return "$code"
}

# ---------------------------------------------------------------- settings

check_settings() {
  local problems=() name
  for name in PGHOST PGUSER PGDATABASE BACKUP_BUCKET BACKUP_KIND BACKUP_DIR; do
    [ -n "${!name:-}" ] || problems+=("$name is missing")
  done
  for name in ${!BACKUP_@}; do
    case $name in
      BACKUP_BUCKET | BACKUP_KIND | BACKUP_DIR | BACKUP_KEEP | BACKUP_SSE | BACKUP_LOCK_WAIT_SECONDS | BACKUP_KUBERNETES_ACCOUNT) ;;
      *) problems+=("$name is not a setting") ;;
    esac
  done
  case ${BACKUP_KIND:-} in
    '' | daily | recent) ;;
    *) problems+=("BACKUP_KIND is '$BACKUP_KIND', expected daily or recent") ;;
  esac
  case ${BACKUP_SSE:=aws:kms} in
    aws:kms | AES256) ;;
    *) problems+=("BACKUP_SSE is '$BACKUP_SSE', expected aws:kms or AES256") ;;
  esac
  if [ "$BACKUP_SSE" = aws:kms ] && [ -z "${GLOBALS_KMS_KEY_ID:-}" ]; then
    problems+=("GLOBALS_KMS_KEY_ID is missing: the roles' password hashes need a key that not everybody who reads dumps may use")
  fi
  [[ ${BACKUP_KEEP:=3} =~ ^[1-9][0-9]{0,3}$ ]] ||
    problems+=("BACKUP_KEEP is '$BACKUP_KEEP', expected a number from 1")
  [[ ${BACKUP_LOCK_WAIT_SECONDS:=300} =~ ^[1-9][0-9]{0,5}$ ]] ||
    problems+=("BACKUP_LOCK_WAIT_SECONDS is '$BACKUP_LOCK_WAIT_SECONDS', expected a number from 1")
  if [ -n "${BACKUP_DIR:-}" ] && { [ ! -d "$BACKUP_DIR" ] || [ ! -w "$BACKUP_DIR" ]; }; then
    problems+=("BACKUP_DIR '$BACKUP_DIR' is not a directory that user $(id -un 2>/dev/null || id -u) can write to")
  fi
  if [ -n "${PG_BIN:-}" ]; then PATH=$PG_BIN:$PATH; fi
  for name in psql pg_dump pg_dumpall aws flock sha256sum split; do
    command -v "$name" >/dev/null || problems+=("program $name is not on PATH")
  done
  if [ ${#problems[@]} -gt 0 ]; then
    local list
    list=$(printf '; %s' "${problems[@]}")
    fail "${list:2}." "Correct the environment; see backup-postgres.sh --help and k8s/postgres-backup-cronjob.yaml."
  fi
}

prepare_environment() {
  export PGAPPNAME=lifeboat-backup PGCONNECT_TIMEOUT=${PGCONNECT_TIMEOUT:-15}
  # It would change the encoding that the archive is written in.
  unset PGCLIENTENCODING
  # Nor may settings of the role or the database make the session someone else, end it, or change how rows look as text:
  # the restored rows are compared as text, under these settings.
  export PGTZ=UTC
  export PGOPTIONS="${PGOPTIONS:-} -c role=none -c statement_timeout=0 -c bytea_output=hex -c standard_conforming_strings=on"
  export AWS_PAGER='' AWS_RETRY_MODE=${AWS_RETRY_MODE:-standard} AWS_MAX_ATTEMPTS=${AWS_MAX_ATTEMPTS:-5}
  # Version 1 of the AWS client knows the one name, the rest of the world the other.
  if [ -n "${AWS_REGION:-}" ]; then export AWS_DEFAULT_REGION=${AWS_DEFAULT_REGION:-$AWS_REGION}; fi
  # Clients before 2.13 do not look at the variable.
  aws=(aws)
  if [ -n "${AWS_ENDPOINT_URL:-}" ]; then
    aws+=(--endpoint-url "$AWS_ENDPOINT_URL")
    # Not every store that speaks S3 knows the checksums which newer clients add; our own SHA-256 is checked anyway.
    export AWS_REQUEST_CHECKSUM_CALCULATION=${AWS_REQUEST_CHECKSUM_CALCULATION:-when_required}
    export AWS_RESPONSE_CHECKSUM_VALIDATION=${AWS_RESPONSE_CHECKSUM_VALIDATION:-when_required}
  fi
  # What split hands its filter to.
  export SHELL=/bin/sh
}

# Takes a name that nobody has, and a directory of that name for what is unfinished.
begin() {
  local directory="$BACKUP_DIR/$BACKUP_KIND" stamp
  mkdir -p -- "$directory" || fail "cannot create '$directory'." "Make BACKUP_DIR writable."
  while :; do
    stamp=$(date -u +%Y%m%d_%H%M%S)
    if [ ! -e "$directory/backup_$stamp.manifest.json" ] && mkdir -- "$directory/.partial_$stamp" 2>/dev/null; then
      break
    fi
    [ -d "$directory/.partial_$stamp" ] || [ -e "$directory/backup_$stamp.manifest.json" ] ||
      fail "cannot create '$directory/.partial_$stamp'." "Make BACKUP_DIR writable; look for a full volume (df)."
    run /dev/null sleep 1
  done
  work="$directory/.partial_$stamp"
  backup_id="$BACKUP_KIND/backup_$stamp"
  key="dumps/$backup_id"
}

# ---------------------------------------------------------------- the session that holds the snapshot

# Every TABLE DATA entry of a dump of the whole database: ordinary tables and the leaves of partitioned ones; of an
# extension's tables only those that it declares as configuration, with the condition that it declared. As selected by
# pg_dump.c: selectDumpableTable, makeTableDataInfo, processExtensionTables. Unlogged tables are empty on a standby.
readonly DUMPED_TABLES="
  SELECT n.nspname, c.relname, coalesce(config.condition, '') AS condition
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN (SELECT unnest(e.extconfig) AS oid, unnest(e.extcondition) AS condition
             FROM pg_catalog.pg_extension e WHERE e.oid >= 16384) config ON config.oid = c.oid
  WHERE c.relkind = 'r'
    AND (c.relpersistence = 'p' OR c.relpersistence = 'u' AND NOT pg_catalog.pg_is_in_recovery())
    AND (config.oid IS NOT NULL
         OR n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
            AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                            WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
                              AND d.objsubid = 0 AND d.deptype = 'e'))
  ORDER BY 1, 2"

open_session() {
  session_errors=$(mktemp) || fail "cannot create a temporary file." "Give the pod a writable /tmp, or set TMPDIR."
  coproc SESSION { exec psql -X -w -q -A -t -v ON_ERROR_STOP=1 2>"$session_errors"; }
  # shellcheck disable=SC2153 # bash sets it
  session_pid=$SESSION_PID
  to_session=${SESSION[1]}
  from_session=${SESSION[0]}
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

session_failed() {
  fail "the session that holds the snapshot ended: $(complaint "$session_errors")" \
    "Look at PostgreSQL's log; check PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE."
}

# What earlier runs left behind when they were killed. Whoever runs holds a shared lock on the volume's directory, so that
# nobody's unfinished files are taken for left-overs; backups of other databases and servers share the volume, but no lock of
# PostgreSQL's. The programs that a run starts hold it with the run: one that outlived it may still be writing.
remove_left_overs() {
  local path base problem code=0
  exec {volume_lock}<"$BACKUP_DIR"
  problem=$(flock --nonblock --exclusive "$volume_lock" 2>&1) || code=$?
  case $code in
    0)
      for path in "$BACKUP_DIR"/{daily,recent}/.partial_*; do
        if [ -d "$path" ]; then rm -rf -- "$path"; fi
      done
      for path in "$BACKUP_DIR"/{daily,recent}/$NAME_PATTERN.{dump,globals.sql}; do
        base=${path%.dump}
        base=${base%.globals.sql}
        if [ -f "$path" ] && [ ! -f "$base.manifest.json" ]; then rm -f -- "$path"; fi
      done
      ;;
    1) ;;
    *)
      printf "WARNING: what earlier runs may have left in '%s' stays: %s HINT: Use a file system that knows flock.\n" \
        "$BACKUP_DIR" "$problem" >&2
      return
      ;;
  esac
  run /dev/null flock --shared "$volume_lock" || fail "cannot lock '$BACKUP_DIR'." "Look at the volume (df '$BACKUP_DIR')."
}

take_snapshot() {
  ask "SET client_encoding = 'UTF8';" "SET search_path = '';" "SET row_security = off;" \
    "SET standard_conforming_strings = on;" "SELECT pg_catalog.set_config(name, '0', false) FROM pg_catalog.pg_settings
       WHERE name IN ('statement_timeout', 'transaction_timeout', 'idle_session_timeout',
                      'idle_in_transaction_session_timeout');" "SET lock_timeout = '${BACKUP_LOCK_WAIT_SECONDS}s';"
  ask 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;' \
    "SELECT pg_catalog.pg_export_snapshot();" \
    "SELECT CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()
            ELSE pg_catalog.pg_current_wal_lsn() END;" \
    "SELECT pg_catalog.to_char(pg_catalog.clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"');" \
    "SELECT pg_catalog.split_part(pg_catalog.current_setting('server_version'), ' ', 1);" \
    "SELECT pg_catalog.to_json(pg_catalog.current_database()::text);" "SHOW server_encoding;"
  snapshot=${answer[0]} snapshot_lsn=${answer[1]} snapshot_at=${answer[2]} server_version=${answer[3]}
  database_json=${answer[4]} encoding=${answer[5]}
  ask "SELECT pg_catalog.format('LOCK TABLE ONLY %I.%I IN ACCESS SHARE MODE', nspname, relname)
       FROM ($DUMPED_TABLES) t \\gexec"
}

# Leaves [{"schema":...,"name":...,"rows":...},...] in tables_json. PostgreSQL writes the strings.
count_rows() {
  ask "SELECT pg_catalog.format('SELECT %L || pg_catalog.count(*) || ''}'' FROM ONLY %I.%I %s',
         pg_catalog.format('{\"schema\":%s,\"name\":%s,\"rows\":', pg_catalog.to_json(nspname::text),
                           pg_catalog.to_json(relname::text)),
         nspname, relname, condition)
       FROM ($DUMPED_TABLES) t \\gexec"
  table_count=${#answer[@]}
  row_count=0
  local line rows separator=''
  tables_json='['
  for line in "${answer[@]}"; do
    rows=${line##*\"rows\":}
    rows=${rows%\}}
    [[ $rows =~ ^[0-9]+$ ]] || fail "the count of a table is '$line', not a number." "Report this as a defect."
    row_count=$((row_count + rows))
    tables_json+="$separator"$'\n'"$line"
    separator=,
  done
  tables_json+=']'
}

# ---------------------------------------------------------------- dump, roles

dump_and_count() {
  pg_dump_version=$(pg_dump --version) || fail "pg_dump does not run." "Install PostgreSQL's client programs."
  pg_dump_version=$(cut -d ' ' -f 3 <<<"$pg_dump_version")
  # To a file, not a pipe: only then does the archive hold the offsets of its data.
  pg_dump --no-password --format=custom --snapshot="$snapshot" --encoding="$encoding" \
    --lock-wait-timeout="${BACKUP_LOCK_WAIT_SECONDS}s" --file="$work/dump" 2>"$work/pg_dump.err" &
  children=($!)
  count_rows
  local code=0
  wait "${children[0]}" || code=$?
  children=()
  if [ "$code" -ne 0 ]; then
    fail "pg_dump ended with $code: $(complaint "$work/pg_dump.err")" \
      "Look for a full volume (df '$BACKUP_DIR'), a lock, or PostgreSQL's log."
  fi
  [ "$(head -c 5 -- "$work/dump")" = PGDMP ] ||
    fail "pg_dump ended with 0, but its file does not begin with PGDMP." "Look for a full volume (df '$BACKUP_DIR')."
  ask 'COMMIT;'
}

dump_roles() {
  run "$work/pg_dumpall.err" pg_dumpall --no-password --globals-only --encoding=UTF8 --database="$PGDATABASE" --file="$work/globals.sql" ||
    fail "pg_dumpall ended with $?: $(complaint "$work/pg_dumpall.err")" "The roles need a superuser; check PGUSER."
  # It says so when, and only when, it came to its end.
  [[ $(tail -n 8 -- "$work/globals.sql") == *'PostgreSQL database cluster dump complete'* ]] ||
    fail "pg_dumpall ended with 0, but its file has no end." "Look for a full volume (df '$BACKUP_DIR')."
}

# ---------------------------------------------------------------- the namespace's configuration

# From the lists of ConfigMaps, Secrets, Deployments, StatefulSets and CronJobs, in this order, to ConfigBackup of libs/contract. What a
# cluster makes itself is not in it, nor what it gives an object; an item of a list does not say its kind. What kubectl applied last is
# the object once more, with values that may have been changed since.
# shellcheck disable=SC2016 # jq's variables
readonly CONFIG_OF_LISTS='
  def items: if (.items | type) == "array" then .items[] else error("no list") end
    | select(.metadata.deletionTimestamp == null);
  def object($kind):
    {apiVersion: "v1", kind: $kind}
    + del(.status, .apiVersion, .kind, .metadata.managedFields, .metadata.resourceVersion, .metadata.uid,
          .metadata.creationTimestamp, .metadata.ownerReferences, .metadata.generation, .metadata.selfLink,
          .metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]);
  def workload($kind; $pod):
    {kind: $kind, name: .metadata.name}
    + (if $kind == "CronJob" then {} else {replicas: (if .spec.replicas == null then 1 else .spec.replicas end)} end)
    + {containers: ([(($pod.initContainers // []) + $pod.containers)[] | {key: .name, value: .image}] | from_entries)};
  . as [$configmaps, $secrets, $deployments, $statefulsets, $cronjobs]
  | {version: 1, namespace: $namespace, takenAt: $taken_at,
     objects: (
       [$configmaps | items | select(.metadata.name != "kube-root-ca.crt") | object("ConfigMap")]
       + [$secrets | items | select(.type != "kubernetes.io/service-account-token" and .type != "helm.sh/release.v1")
          | object("Secret")]),
     workloads: (
       [$deployments | items | workload("Deployment"; .spec.template.spec)]
       + [$statefulsets | items | workload("StatefulSet"; .spec.template.spec)]
       + [$cronjobs | items | workload("CronJob"; .spec.jobTemplate.spec.template.spec)])}'

# Leaves the configuration in $private/config.json. A database without it is worth more than no backup: whatever fails here leaves
# config_problem, and nothing that Kubernetes or jq said of the objects, since that could be a value.
read_config() {
  config_problem=''
  if [ -z "${BACKUP_KUBERNETES_ACCOUNT:-}" ]; then return; fi
  local account=$BACKUP_KUBERNETES_ACCOUNT name host namespace taken_at list lists=()
  for name in curl jq; do
    command -v "$name" >/dev/null || { config_problem="program $name is not on PATH" && return; }
  done
  for name in token ca.crt namespace; do
    [ -s "$account/$name" ] || { config_problem="$account/$name is missing or empty" && return; }
  done
  for name in KUBERNETES_SERVICE_HOST KUBERNETES_SERVICE_PORT; do
    [ -n "${!name:-}" ] || { config_problem="$name is missing: this is no pod" && return; }
  done
  private=$(mktemp -d) || fail "cannot create a temporary directory." "Give the pod a writable /tmp, or set TMPDIR."
  host=$KUBERNETES_SERVICE_HOST
  if [[ $host == *:* ]]; then host="[$host]"; fi
  namespace=$(<"$account/namespace")
  taken_at=$(date -u +%Y-%m-%dT%H:%M:%S.%3NZ)
  # In a file: everybody on the node sees arguments.
  { printf 'Authorization: Bearer ' && cat -- "$account/token"; } >"$private/header"
  for list in api/v1:configmaps api/v1:secrets apis/apps/v1:deployments apis/apps/v1:statefulsets apis/batch/v1:cronjobs; do
    name=${list#*:}
    run "$private/curl.err" curl --silent --show-error --fail --noproxy '*' --connect-timeout 10 --max-time 60 \
      --retry 2 --retry-delay 1 --retry-connrefused --cacert "$account/ca.crt" --header "@$private/header" \
      --header 'Accept: application/json' --output "$private/$name.json" \
      "https://$host:$KUBERNETES_SERVICE_PORT/${list%:*}/namespaces/$namespace/$name" ||
      { config_problem="cannot list the $name of namespace $namespace: $(complaint "$private/curl.err")" && return; }
    lists+=("$private/$name.json")
  done
  run /dev/null jq --compact-output --slurp --arg namespace "$namespace" --arg taken_at "$taken_at" "$CONFIG_OF_LISTS" \
    "${lists[@]}" >"$private/config.json" ||
    { config_problem="jq ended with $?: what Kubernetes answered is not what is expected of it" && return; }
  local size
  size=$(stat --format=%s -- "$private/config.json")
  if [ "$size" -gt "$LARGEST_CONFIG" ]; then
    config_problem="the configuration has $size bytes, expected at most $LARGEST_CONFIG"
    return
  fi
  measure "$private/config.json"
  facts_config=$measured
}

# ---------------------------------------------------------------- checksums

# measure PATH: leaves the size and both kinds of SHA-256 of the file in measured, as members of a JSON object; one pass.
measure() {
  local path=$1 pid code=0 size whole parts
  rm -f -- "$work/whole.pipe" "$work/parts.pipe"
  mkfifo -- "$work/whole.pipe" "$work/parts.pipe"
  sha256sum <"$work/whole.pipe" >"$work/whole.sha256" 2>>"$work/measure.err" &
  children=($!)
  split --bytes="$PART_SIZE" --filter='exec sha256sum' - <"$work/parts.pipe" >"$work/parts.sha256" 2>>"$work/measure.err" &
  children+=($!)
  tee -- "$work/parts.pipe" <"$path" 2>>"$work/measure.err" >"$work/whole.pipe" &
  children+=($!)
  for pid in "${children[@]}"; do
    wait "$pid" || code=$?
  done
  children=()
  size=$(stat --format=%s -- "$path")
  whole=$(cut -c 1-64 "$work/whole.sha256")
  parts=$(cut -c 1-64 "$work/parts.sha256" | json_list)
  local expected=$(((size + PART_SIZE - 1) / PART_SIZE))
  if [ "$code" -ne 0 ] || [ "$size" -eq 0 ] || [[ ! $whole =~ ^[0-9a-f]{64}$ ]] ||
    [ "$(wc -l <"$work/parts.sha256")" -ne "$expected" ]; then
    fail "the checksums of '$(basename -- "$path")' ($size bytes) could not be taken: $(complaint "$work/measure.err")" \
      "Look for a full or failing volume (df '$BACKUP_DIR'; dmesg)."
  fi
  measured_size=$size
  measured="\"size\":$size,\"sha256\":\"$whole\",\"partSize\":$PART_SIZE,\"parts\":$parts"
}

# Lines to a JSON array of strings; for what needs no escapes.
json_list() {
  local line list=''
  while IFS= read -r line; do list+=",\"$line\""; done
  printf '[%s]' "${list:1}"
}

# ---------------------------------------------------------------- upload

storage_failed() {
  fail "$1: $(complaint "$work/aws.err")" \
    "Check BACKUP_BUCKET, the KMS key and the credentials of this pod (role of service account postgres-backup)."
}

# encryption KEY ALGORITHM_OPTION KEY_OPTION: leaves the options in encryption. Without a key there are none, and the bucket's
# default encryption and key hold: aws:kms alone would mean the account's aws/s3 key, which the bucket's readers may not use.
encryption() {
  encryption=()
  if [ "$BACKUP_SSE" = AES256 ]; then
    encryption=("$2" AES256)
  elif [ -n "$1" ]; then
    encryption=("$2" aws:kms "$3" "$1")
  fi
}

# Leaves the JSON of the version in version_json: a bucket without versions has none.
version_to_json() {
  if [[ $1 =~ ^[A-Za-z0-9._~+/=-]+$ ]] && [ "$1" != None ] && [ "$1" != null ]; then
    version_json="\"$1\""
  else
    version_json=null
  fi
}

upload_dump() {
  encryption "${KMS_KEY_ID:-}" --sse --sse-kms-key-id
  # Several parts at once, each tried again by itself; put-object would stop at 5 GiB.
  run "$work/aws.err" "${aws[@]}" s3 cp --only-show-errors "${encryption[@]}" \
    "$work/dump" "s3://$BACKUP_BUCKET/$key.dump" >/dev/null ||
    storage_failed "uploading s3://$BACKUP_BUCKET/$key.dump ended with $?"
  run "$work/aws.err" "${aws[@]}" s3api head-object --bucket "$BACKUP_BUCKET" --key "$key.dump" \
    --query '[ContentLength, VersionId]' --output text >"$work/aws.out" ||
    storage_failed "looking at s3://$BACKUP_BUCKET/$key.dump ended with $?"
  local size version
  read -r size version <"$work/aws.out" || true
  [ "$size" = "$size_dump" ] ||
    fail "s3://$BACKUP_BUCKET/$key.dump has ${size:-no} bytes, expected $size_dump." "Run the backup again."
  version_to_json "$version"
  version_dump=$version_json
}

# upload_secret PATH SUFFIX: what is not for everybody who reads dumps; leaves the JSON of the version in version_json.
upload_secret() {
  encryption "${GLOBALS_KMS_KEY_ID:-}" --server-side-encryption --ssekms-key-id
  run "$work/aws.err" "${aws[@]}" s3api put-object --bucket "$BACKUP_BUCKET" --key "$key.$2" \
    --body "$1" "${encryption[@]}" --query VersionId --output text >"$work/aws.out" ||
    storage_failed "uploading s3://$BACKUP_BUCKET/$key.$2 ended with $?"
  version_to_json "$(<"$work/aws.out")"
}

upload_globals() {
  upload_secret "$work/globals.sql" globals.sql
  version_globals=$version_json
}

# Leaves what the manifest says of the configuration in config_json.
upload_config() {
  config_json='"config":null'
  if [ -n "$facts_config" ]; then
    upload_secret "$private/config.json" config.json
    config_json="\"config\":{\"key\":\"$key.config.json\",\"versionId\":$version_json,$facts_config}"
  elif [ -n "$config_problem" ]; then
    printf "WARNING: backup %s of database '%s' has no configuration: %s. HINT: %s\n" "$backup_id" "$PGDATABASE" "$config_problem" \
      "The dump is whole. Look at the API server, and at Role lifeboat-backup (k8s/rbac.yaml); see docs/runbooks/backup-failed.md." >&2
    # Nothing that JSON would need an escape for.
    local said=${config_problem//[^A-Za-z0-9 .,:;()\/_=-]/?}
    config_json+=$',\n'"\"configProblem\":\"${said:0:300}\""
  fi
}

write_manifest() {
  {
    printf '{"version":1,\n"backupId":"%s",\n"kind":"%s",\n' "$backup_id" "$BACKUP_KIND"
    printf '"database":%s,\n"serverVersion":"%s",\n"pgDumpVersion":"%s",\n' \
      "$database_json" "$server_version" "$pg_dump_version"
    printf '"snapshotLsn":"%s",\n"snapshotAt":"%s",\n' "$snapshot_lsn" "$snapshot_at"
    printf '"startedAt":"%s",\n"finishedAt":"%s",\n' "$started_at" "$(date -u +%Y-%m-%dT%H:%M:%S.%3NZ)"
    printf '"dump":{"key":"%s","versionId":%s,%s},\n' "$key.dump" "$version_dump" "$facts_dump"
    printf '"globals":{"key":"%s","versionId":%s,%s},\n' "$key.globals.sql" "$version_globals" "$facts_globals"
    printf '%s,\n"tables":%s}\n' "$config_json" "$tables_json"
  } >"$work/manifest.json" || fail "cannot write the manifest." "Look for a full volume (df '$BACKUP_DIR')."
}

put_manifest() {
  run "$work/aws.err" "${aws[@]}" s3api put-object --bucket "$BACKUP_BUCKET" --key "$key.manifest.json" \
    --body "$work/manifest.json" --content-type application/json "${encryption[@]}" "$@" >/dev/null
}

# Commits the backup, and never overwrites another one's manifest.
commit() {
  encryption "${KMS_KEY_ID:-}" --server-side-encryption --ssekms-key-id
  local code=0
  committed=unknown
  put_manifest --if-none-match '*' || code=$?
  if [ "$code" -eq 0 ]; then
    committed=yes
    return
  fi
  if aws_said 'Unknown options'; then
    # An AWS client from before conditional writes: look first. The name is ours to the second.
    if run "$work/head.err" "${aws[@]}" s3api head-object --bucket "$BACKUP_BUCKET" --key "$key.manifest.json" >/dev/null; then
      fail "s3://$BACKUP_BUCKET/$key.manifest.json exists already." "Another backup has this name; run it again."
    fi
    put_manifest || storage_failed "uploading s3://$BACKUP_BUCKET/$key.manifest.json ended with $?"
  elif aws_said PreconditionFailed; then
    # A first try whose answer was lost may have written it: then it is ours.
    run "$work/aws.err" "${aws[@]}" s3api get-object --bucket "$BACKUP_BUCKET" --key "$key.manifest.json" \
      "$work/there.json" >/dev/null || storage_failed "reading s3://$BACKUP_BUCKET/$key.manifest.json ended with $?"
    [ "$(sha256sum <"$work/there.json")" = "$(sha256sum <"$work/manifest.json")" ] ||
      fail "s3://$BACKUP_BUCKET/$key.manifest.json exists already." "Another backup has this name; run it again."
  else
    storage_failed "uploading s3://$BACKUP_BUCKET/$key.manifest.json ended with $code"
  fi
  committed=yes
}

aws_said() { [[ $(<"$work/aws.err") == *"$1"* ]]; }

# ---------------------------------------------------------------- the local copy

# Before the commit, since it can fail; without its manifest it does not count.
keep_local_copy() {
  local base="$BACKUP_DIR/$backup_id"
  local_files=("$base.dump" "$base.globals.sql" "$base.manifest.json")
  if ! mv -- "$work/dump" "$base.dump" || ! mv -- "$work/globals.sql" "$base.globals.sql" ||
    ! sync -- "$base.globals.sql"; then
    fail "cannot move the files to '$base.*'." "Look at the volume (df '$BACKUP_DIR')."
  fi
}

commit_local_copy() {
  run "$work/mv.err" mv -- "$work/manifest.json" "$BACKUP_DIR/$backup_id.manifest.json" ||
    fail "its manifest cannot be moved to '$BACKUP_DIR/$backup_id.manifest.json': $(complaint "$work/mv.err")." \
      "It is whole in s3://$BACKUP_BUCKET/$key.* and counts, but has no local copy; look at the volume (df '$BACKUP_DIR')."
  local_files=()
  sync -- "$BACKUP_DIR/$BACKUP_KIND" || true
}

# weigh MANIFEST: leaves the rows and the bytes of the dump in rows and bytes.
weigh() {
  local number
  rows=0 bytes=0
  while IFS= read -r number; do rows=$((rows + ${number#*:})); done < <(grep -o '"rows":[0-9]\+' -- "$1")
  if [[ $(grep '^"dump":' -- "$1") =~ \"size\":([0-9]+) ]]; then bytes=${BASH_REMATCH[1]}; fi
}

# The newest BACKUP_KEEP of this database stay, of whichever kind. A database that was lost and made anew is backed up too,
# and must not push the last good copies out: one that holds no rows, or less than half of the rows or bytes of the one
# before it, counts for nothing (backup-verifier would call it suspicious). Of those the newest stays.
remove_old_copies() {
  local good=() doubtful=() path rows bytes good_rows=0 good_bytes=0
  while IFS= read -r path; do
    weigh "$path"
    if [ "$rows" -eq 0 ] ||
      { [ "$good_rows" -ge "$LEAST_ROWS" ] && { [ $((rows * 2)) -lt "$good_rows" ] || [ $((bytes * 2)) -lt "$good_bytes" ]; }; }; then
      doubtful+=("$path")
    else
      good+=("$path") good_rows=$rows good_bytes=$bytes
    fi
  done < <(own_copies)
  if [ ${#good[@]} -gt 0 ] && [ ${#doubtful[@]} -gt 0 ] && [ "${doubtful[-1]}" = "$BACKUP_DIR/$backup_id.manifest.json" ]; then
    printf "WARNING: backup %s of database '%s' has %s rows and %s bytes, and the one before it on the volume, '%s', %s and %s: it pushes no older copy out. HINT: %s\n" \
      "$backup_id" "$PGDATABASE" "$row_count" "$size_dump" "${good[-1]}" "$good_rows" "$good_bytes" \
      "Is this the right database, and whole? If so, remove the copies before it (docs/runbooks/backup-failed.md)." >&2
  fi
  remove_all_but "$BACKUP_KEEP" "${good[@]}"
  remove_all_but 1 "${doubtful[@]}"
}

# The manifests of this database's copies, oldest first.
own_copies() {
  local path
  for path in "$BACKUP_DIR"/{daily,recent}/$NAME_PATTERN.manifest.json; do
    if [ -f "$path" ] && grep -qxF "\"database\":$database_json," -- "$path"; then
      printf '%s %s\n' "$(basename -- "$path")" "$path"
    fi
  done | sort | cut -d ' ' -f 2-
}

# remove_all_but COUNT MANIFEST...: the last COUNT stay.
remove_all_but() {
  local count=$1 path
  shift
  while [ $# -gt "$count" ]; do
    path=$1
    rm -f -- "$path" "${path%.manifest.json}.dump" "${path%.manifest.json}.globals.sql" ||
      printf 'WARNING: cannot remove the old local copy %s\n' "$path" >&2
    shift
  done
}

main() {
  case ${1:-} in
    --help | -h)
      usage
      return
      ;;
    '') ;;
    *) fail "unknown argument '$1'." "Everything is set by the environment; see backup-postgres.sh --help." ;;
  esac
  trap clean_up EXIT
  trap 'stopped TERM 15' TERM
  trap 'stopped INT 2' INT
  trap 'stopped HUP 1' HUP
  trap : PIPE
  check_settings
  prepare_environment
  started_at=$(date -u +%Y-%m-%dT%H:%M:%S.%3NZ)
  open_session
  remove_left_overs
  begin
  take_snapshot
  dump_and_count
  dump_roles
  read_config
  measure "$work/dump"
  size_dump=$measured_size facts_dump=$measured
  measure "$work/globals.sql"
  facts_globals=$measured
  upload_dump
  upload_globals
  upload_config
  keep_local_copy
  write_manifest
  commit
  commit_local_copy
  remove_old_copies
  printf 'backup %s of database %s: %s tables, %s rows, %s bytes, snapshot %s at %s\n' \
    "$backup_id" "'$PGDATABASE'" "$table_count" "$row_count" "$size_dump" "$snapshot_lsn" "$snapshot_at"
}

main "$@"
