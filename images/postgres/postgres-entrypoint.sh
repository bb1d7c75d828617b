#!/usr/bin/env bash
# Starts PostgreSQL in its pod: initialises an empty cluster when there is none, or takes a step of a point-in-time
# recovery when the environment asks for one, then becomes postgres.
#
# A cluster is made in a directory beside PGDATA and moved there when it is whole, so that a death half-way leaves
# nothing that looks like a database. A step's number lies in the directory that it made, and comes into place with it.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: postgres-entrypoint.sh [argument of postgres]...

Initialises PGDATA when it is missing or empty, then runs postgres in the foreground in this very process.
Runs as any user but root. Stop it with SIGINT (fast shutdown); SIGTERM waits for every client to leave.

Environment:
  PGDATA             the data directory (required; below the volume's mount, not the mount itself)
  POSTGRES_USER      the superuser that a new cluster gets (required)
  POSTGRES_PASSWORD  its password, kept as SCRAM-SHA-256 (required for a new cluster)
  POSTGRES_DB        the empty database that a new cluster gets (default: the superuser's name)
  POSTGRES_LOCALE    the locale of a new cluster (default: C.UTF-8)
  PGPORT             the port (default: 5432)
  POD_IP             the address to listen on, from the downward API
  LISTEN_ADDRESS     the addresses to listen on (default: POD_IP, or * without it)
  SOCKET_DIR         where the Unix socket goes (default: /var/run/postgresql)
  PG_BIN             where PostgreSQL's programs are (default: found on PATH, then the newest in /usr/lib/postgresql)
  ARCHIVE_MODE       on or off, in place of what the arguments say (default: as they say)
  QUARANTINED_BY     the incident in which another instance took this one's place: it does not start any more

A step of a point-in-time recovery, from pgBackRest's repository (its own settings: /etc/pgbackrest/pgbackrest.conf and
PGBACKREST_*). PostgreSQL stays in recovery in the end, whatever the step but kept: pg_promote() ends that.
  RESTORE_STEP       a number that grows; a step that was taken is not taken again, however often the pod starts
  RESTORE_FROM       backup: the base backup, restored beside PGDATA; delta: the same, in PGDATA itself, copying only
                     what differs; current: PGDATA as it is goes forward; good: what RESTORE_SAVE has kept; kept: what
                     RESTORE_KEEP has kept comes back, and is in no recovery (default: backup)
  RESTORE_KEEP       a name: what is in PGDATA is kept as PGDATA.NAME before a delta changes it, unless that is there
                     already; the way back is RESTORE_FROM=kept, which leaves what it finds as PGDATA.NAME.STEP
  RESTORE_ARCHIVE_MODE  in place of ARCHIVE_MODE, as long as there is a step
  RESTORE_SAVE       true: what is in PGDATA is kept as PGDATA.good before it goes forward (default: false)
  RESTORE_SET        the base backup's label (default: latest)
  RESTORE_TYPE       where replay stops: latest, time, lsn, name, xid or immediate (default: latest, which is the end
                     of the archive: replay waits there for more)
  RESTORE_TARGET     the time, LSN, restore point or transaction
  RESTORE_TARGET_INCLUSIVE  false: stops right before the target (default: true)
  RESTORE_TARGET_TIMELINE   a number, or latest (default: latest)
  LIST_COMMITS       FROM,TO: two LSNs; the commits between them are written to PGDATA/lifeboat.commits, one a line:
                     transaction, LSN and time with tabs between
USAGE
}

say() { printf 'postgres-entrypoint: %s\n' "$*" >&2; }

fail() {
  printf 'ERROR: postgres-entrypoint: %s HINT: %s\n' "$1" "$2" >&2
  exit 1
}

check_settings() {
  local problems=()
  [ -n "${PGDATA:-}" ] || problems+=("PGDATA is missing")
  [ -n "${POSTGRES_USER:-}" ] || problems+=("POSTGRES_USER is missing")
  [[ ${PGPORT:=5432} =~ ^[0-9]+$ ]] || problems+=("PGPORT is '$PGPORT', expected a number")
  [ "$(id -u)" -ne 0 ] || problems+=("PostgreSQL does not run as root")
  check_restore_settings
  if [ ${#problems[@]} -gt 0 ]; then
    local list
    list=$(printf '; %s' "${problems[@]}")
    fail "${list:2}." "See postgres-entrypoint.sh --help; k8s/postgres-statefulset.yaml has every setting."
  fi
  PGDATA=${PGDATA%/}
}

# Adds to the problems of check_settings.
check_restore_settings() {
  if [ -n "${RESTORE_ARCHIVE_MODE:-}" ]; then ARCHIVE_MODE=$RESTORE_ARCHIVE_MODE; fi
  [[ ${ARCHIVE_MODE:-on} =~ ^(on|off)$ ]] || problems+=("ARCHIVE_MODE is '$ARCHIVE_MODE', expected on or off")
  if [ -z "${RESTORE_STEP:-}" ]; then return; fi
  [[ $RESTORE_STEP =~ ^[1-9][0-9]{0,17}$ ]] || problems+=("RESTORE_STEP is '$RESTORE_STEP', expected a number of 1 or more")
  [[ ${RESTORE_FROM:=backup} =~ ^(backup|delta|current|good|kept)$ ]] ||
    problems+=("RESTORE_FROM is '$RESTORE_FROM', expected backup, delta, current, good or kept")
  [[ ${RESTORE_KEEP:-name} =~ ^[a-z0-9][a-z0-9-]{0,99}$ ]] ||
    problems+=("RESTORE_KEEP is '$RESTORE_KEEP', expected at most 100 small letters, digits and hyphens")
  if [ "$RESTORE_FROM" = kept ] && [ -z "${RESTORE_KEEP:-}" ]; then
    problems+=("RESTORE_KEEP is missing, and RESTORE_FROM is kept")
  fi
  [[ ${RESTORE_SAVE:=false} =~ ^(true|false)$ ]] || problems+=("RESTORE_SAVE is '$RESTORE_SAVE', expected true or false")
  if [ "$RESTORE_SAVE" = true ] && [[ $RESTORE_FROM =~ ^(backup|good)$ ]]; then
    problems+=("RESTORE_SAVE is true, and RESTORE_FROM=$RESTORE_FROM does not go forward from what PGDATA holds")
  fi
  [[ ${RESTORE_TYPE:=latest} =~ ^(latest|time|lsn|name|xid|immediate)$ ]] ||
    problems+=("RESTORE_TYPE is '$RESTORE_TYPE', expected latest, time, lsn, name, xid or immediate")
  case $RESTORE_TYPE in
    latest | immediate) ;;
    *) [ -n "${RESTORE_TARGET:-}" ] || problems+=("RESTORE_TARGET is missing, and RESTORE_TYPE is $RESTORE_TYPE") ;;
  esac
  [[ ${RESTORE_TARGET_INCLUSIVE:=true} =~ ^(true|false)$ ]] ||
    problems+=("RESTORE_TARGET_INCLUSIVE is '$RESTORE_TARGET_INCLUSIVE', expected true or false")
  [[ ${RESTORE_TARGET_TIMELINE:=latest} =~ ^(latest|[1-9][0-9]*)$ ]] ||
    problems+=("RESTORE_TARGET_TIMELINE is '$RESTORE_TARGET_TIMELINE', expected latest or a number")
  [[ ${LIST_COMMITS:-0/0,0/0} =~ ^[0-9A-F]{1,8}/[0-9A-F]{1,8},[0-9A-F]{1,8}/[0-9A-F]{1,8}$ ]] ||
    problems+=("LIST_COMMITS is '$LIST_COMMITS', expected two LSNs such as 0/3000060,0/5000000")
}

# The directory of initdb and postgres: Debian keeps them out of PATH.
find_programs() {
  local candidate
  for candidate in "${PG_BIN:-}" "$(dirname "$(command -v initdb || echo /)")" \
    $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV); do
    if [ -n "$candidate" ] && [ -x "$candidate/initdb" ] && [ -x "$candidate/postgres" ]; then
      # A directory on PATH may hold links to some of the programs alone.
      PG_BIN=$(dirname "$(readlink -f -- "$candidate/initdb")")
      return
    fi
  done
  fail "initdb and postgres are neither in PG_BIN, on PATH nor in /usr/lib/postgresql/*/bin." \
    "Install PostgreSQL's server package, or set PG_BIN."
}

# initdb wants a name for the user that it runs as, and a cluster may run a pod as any number.
name_this_user() {
  if getent passwd "$(id -u)" >/dev/null; then return; fi
  local wrapper
  for wrapper in /usr/lib/*/libnss_wrapper.so /usr/lib/libnss_wrapper.so; do
    [ -s "$wrapper" ] || continue
    NSS_WRAPPER_PASSWD=$(mktemp)
    NSS_WRAPPER_GROUP=$(mktemp)
    printf 'postgres:x:%s:%s:PostgreSQL:/:/bin/false\n' "$(id -u)" "$(id -g)" >"$NSS_WRAPPER_PASSWD"
    printf 'postgres:x:%s:\n' "$(id -g)" >"$NSS_WRAPPER_GROUP"
    export LD_PRELOAD=$wrapper NSS_WRAPPER_PASSWD NSS_WRAPPER_GROUP
    return
  done
  fail "user $(id -u) has no name, and initdb needs one." "Run as a user of /etc/passwd, or install libnss-wrapper."
}

# Quotes an identifier for SQL.
identifier() { printf '"%s"' "${1//\"/\"\"}"; }

initialise() {
  [ -n "${POSTGRES_PASSWORD:-}" ] ||
    fail "POSTGRES_PASSWORD is missing, and '$PGDATA' holds no cluster yet." "Set it from the Secret, as in k8s/."
  name_this_user
  local new="$PGDATA.initialising" database=${POSTGRES_DB:-$POSTGRES_USER}
  rm -rf -- "$new"
  mkdir -p -- "$(dirname "$PGDATA")"
  say "'$PGDATA' is empty: making a new cluster for '$POSTGRES_USER'"
  "$PG_BIN/initdb" --pgdata="$new" --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") \
    --encoding=UTF8 --locale="${POSTGRES_LOCALE:-C.UTF-8}" --data-checksums \
    --auth-local=scram-sha-256 --auth-host=scram-sha-256 >&2
  printf '\n# Pods come from anywhere in the cluster; a recovery comes from the VPC.\nhost all all all scram-sha-256\n' \
    >>"$new/pg_hba.conf"
  if [ "$database" != postgres ]; then
    # Single-user mode: nobody else can connect before the cluster is whole.
    printf 'CREATE DATABASE %s\n' "$(identifier "$database")" |
      "$PG_BIN/postgres" --single -D "$new" -c log_min_messages=error -c exit_on_error=on postgres >/dev/null
  fi
  if [ -d "$PGDATA" ]; then rmdir -- "$PGDATA"; fi
  mv -T -- "$new" "$PGDATA"
  sync -- "$(dirname "$PGDATA")"
  say "the cluster is made; database '$database' is empty"
}

# What pgBackRest calls the database; --pg1-path follows where it is not PGDATA.
backrest() { pgbackrest --stanza="${PGBACKREST_STANZA:-lifeboat}" "$@"; }

# For postgres, which runs it by a shell in PGDATA.
restore_command() {
  printf 'pgbackrest --stanza=%q --pg1-path=%q archive-get %%f "%%p"' "${PGBACKREST_STANZA:-lifeboat}" "$PGDATA"
}

# The number of the last step that was taken to the end; 0 before the first.
step_taken() {
  local taken=0
  if [ -s "$1/lifeboat.step" ]; then read -r taken <"$1/lifeboat.step" || true; fi
  [[ $taken =~ ^[0-9]+$ ]] || taken=0
  printf '%s' "$taken"
}

note_step() {
  printf '%s\n' "$RESTORE_STEP" >"$1/lifeboat.step.new"
  sync -- "$1/lifeboat.step.new"
  mv -- "$1/lifeboat.step.new" "$1/lifeboat.step"
  sync -- "$1"
}

# Puts the whole directory of $1 in the place of PGDATA, whatever was there.
put_in_place() {
  rm -f -- "$1/postmaster.pid"
  note_step "$1"
  rm -rf -- "$PGDATA"
  mv -T -- "$1" "$PGDATA"
  sync -- "$(dirname "$PGDATA")"
}

# Where the file system can, without copying a block.
copy_of() {
  rm -rf -- "$2"
  cp -a --reflink=auto -- "$1" "$2"
  rm -f -- "$2/postmaster.pid"
}

save_good() {
  say "keeping '$PGDATA' as '$PGDATA.good'"
  copy_of "$PGDATA" "$PGDATA.saving"
  sync -- "$PGDATA.saving"
  rm -rf -- "$PGDATA.good"
  mv -T -- "$PGDATA.saving" "$PGDATA.good"
}

# Once: what is in PGDATA when this is called again is half of it.
keep_old() {
  local kept="$PGDATA.$RESTORE_KEEP"
  if [ -e "$kept" ] || [ ! -s "$PGDATA/PG_VERSION" ]; then return; fi
  say "keeping '$PGDATA' as '$kept'"
  copy_of "$PGDATA" "$kept.copying"
  sync -- "$kept.copying"
  mv -T -- "$kept.copying" "$kept"
  sync -- "$(dirname "$PGDATA")"
}

# Two renames: between them there is no PGDATA, and the second comes when this is called again.
bring_back_kept() {
  local kept="$PGDATA.$RESTORE_KEEP"
  rm -rf -- "$kept.copying"
  if [ ! -e "$kept" ]; then
    say "nothing was kept as '$kept', so nothing was changed"
    if [ -s "$PGDATA/PG_VERSION" ]; then note_step "$PGDATA"; fi
    return
  fi
  note_step "$kept"
  if [ -e "$PGDATA" ]; then mv -T -- "$PGDATA" "$kept.$RESTORE_STEP"; fi
  mv -T -- "$kept" "$PGDATA"
  sync -- "$(dirname "$PGDATA")"
}

restore_backup() {
  local into=$1
  shift
  local set=(--set="${RESTORE_SET:-latest}")
  if [ "${RESTORE_SET:-latest}" = latest ]; then set=(); fi
  (umask 077 && mkdir -p -- "$into")
  # The target is not pgBackRest's business: it changes from step to step, and comes with postgres' own arguments.
  backrest --pg1-path="$into" "${set[@]}" --type=standby --recovery-option="restore_command=$(restore_command)" \
    "$@" restore >&2 ||
    fail "pgbackrest restored no base backup into '$into' (exit code $?)." \
      "Read the lines above; 'pgbackrest info' lists what the repository holds."
}

# One step forward, or from the base backup on. Called again after a death half-way it comes to the same.
take_step() {
  say "step $RESTORE_STEP: from $RESTORE_FROM to $RESTORE_TYPE ${RESTORE_TARGET:-}"
  if [ "$RESTORE_SAVE" = true ]; then
    [ -s "$PGDATA/PG_VERSION" ] || fail "There is nothing to keep: '$PGDATA' holds no cluster." "Restore a backup first."
    save_good
  fi
  case $RESTORE_FROM in
    backup)
      rm -rf -- "$PGDATA.restoring"
      restore_backup "$PGDATA.restoring"
      put_in_place "$PGDATA.restoring"
      ;;
    delta)
      if [ -n "${RESTORE_KEEP:-}" ]; then keep_old; fi
      rm -f -- "$PGDATA/postmaster.pid"
      restore_backup "$PGDATA" --delta
      note_step "$PGDATA"
      ;;
    good)
      [ -s "$PGDATA.good/PG_VERSION" ] ||
        fail "There is no '$PGDATA.good' to go back to." "Set RESTORE_SAVE=true in an earlier step, or RESTORE_FROM=backup."
      copy_of "$PGDATA.good" "$PGDATA.restoring"
      put_in_place "$PGDATA.restoring"
      ;;
    current)
      [ -e "$PGDATA/standby.signal" ] || [ -e "$PGDATA/recovery.signal" ] ||
        fail "'$PGDATA' is in no recovery any more, so it does not go forward in one." "Set RESTORE_FROM=backup."
      note_step "$PGDATA"
      ;;
    kept) bring_back_kept ;;
  esac
  say "step $RESTORE_STEP is prepared"
}

# Standby mode waits at the end of the archive, and recovery would end there by itself; with a target it must not wait for
# WAL that never comes, but say that the target was not reached.
set_signal() {
  if [ "$RESTORE_FROM" = kept ]; then return; fi
  local wanted=recovery other=standby
  if [ "$RESTORE_TYPE" = latest ]; then wanted=standby other=recovery; fi
  touch -- "$PGDATA/$wanted.signal"
  rm -f -- "$PGDATA/$other.signal"
}

# The arguments of postgres that say where replay stops, into array recovery.
recovery_arguments() {
  recovery=(-c "restore_command=$(restore_command)" -c "recovery_target_timeline=$RESTORE_TARGET_TIMELINE"
    -c recovery_target_action=pause)
  case $RESTORE_TYPE in
    latest) ;;
    immediate) recovery+=(-c recovery_target=immediate) ;;
    *)
      recovery+=(-c "recovery_target_$RESTORE_TYPE=$RESTORE_TARGET"
        -c "recovery_target_inclusive=$RESTORE_TARGET_INCLUSIVE")
      ;;
  esac
}

control_data() {
  LC_ALL=C "$PG_BIN/pg_controldata" -D "$PGDATA" | sed -n "s/^$1: *//p"
}

# FROM, or where the first segment after it begins in which there is a record: behind the last one of a segment that was switched early there is
# none, and pg_waldump does not look any further.
first_record() { # first_record FROM TO SEGMENT-SIZE PG_WALDUMP-OPTIONS...
  local from=$1 to=$2 size=$3
  shift 3
  local at=$((0x${from%/*} << 32 | 0x${from#*/})) end=$((0x${to%/*} << 32 | 0x${to#*/}))
  while [ "$at" -lt "$end" ] && ! "$PG_BIN/pg_waldump" --quiet --start="$from" --limit=1 "$@" >/dev/null 2>&1; do
    at=$(((at / size + 1) * size))
    from=$(printf '%X/%X' $((at >> 32)) $((at & 0xFFFFFFFF)))
  done
  echo "$from"
}

# The commits of LIST_COMMITS, read from the repository's WAL.
list_commits() {
  local timeline=$RESTORE_TARGET_TIMELINE size from=${LIST_COMMITS%,*} to=${LIST_COMMITS#*,} wal="$PGDATA.wal"
  size=$(control_data 'Bytes per WAL segment')
  if [ "$timeline" = latest ]; then timeline=$(control_data "Latest checkpoint's TimeLineID"); fi
  local first=$(((0x${from%/*} << 32 | 0x${from#*/}) / size)) last=$(((0x${to%/*} << 32 | 0x${to#*/}) / size))
  if [ $((last - first)) -ge 256 ] || [ "$first" -gt "$last" ]; then
    fail "LIST_COMMITS=$LIST_COMMITS names $((last - first + 1)) WAL segments, expected 1 to 256." "Narrow the LSNs down first."
  fi
  rm -rf -- "$wal"
  (umask 077 && mkdir -p -- "$wal")
  local number name per=$((0x100000000 / size))
  for ((number = first; number <= last; number++)); do
    name=$(printf '%08X%08X%08X' "$timeline" $((number / per)) $((number % per)))
    backrest --pg1-path="$PGDATA" archive-get "$name" "$wal/$name" >&2 ||
      fail "WAL segment $name is not in the repository, and LIST_COMMITS=$LIST_COMMITS asks for it (exit code $?)." \
        "'pgbackrest info' says how far the archive goes."
  done
  from=$(first_record "$from" "$to" "$size" --path="$wal" --timeline="$timeline")
  # It ends with an error where the last segment does: what comes before is whole all the same.
  { "$PG_BIN/pg_waldump" --path="$wal" --timeline="$timeline" --start="$from" --end="$to" --rmgr=Transaction || true; } |
    sed -nE 's/^.*, tx: +([0-9]+), lsn: ([0-9A-F]+\/[0-9A-F]+), .* desc: COMMIT(_PREPARED)? ([^;]*).*$/\1\t\2\t\4/p' \
      >"$PGDATA/lifeboat.commits.new"
  mv -- "$PGDATA/lifeboat.commits.new" "$PGDATA/lifeboat.commits"
  rm -rf -- "$wal"
  say "$(wc -l <"$PGDATA/lifeboat.commits") commits are listed in '$PGDATA/lifeboat.commits'"
}

prepare_data_directory() {
  if [ -n "${RESTORE_STEP:-}" ]; then
    name_this_user
    local taken
    taken=$(step_taken "$PGDATA")
    if [ "$taken" -lt "$RESTORE_STEP" ]; then
      take_step
      set_signal
    else
      say "step $RESTORE_STEP was taken before"
    fi
    if [ -e "$PGDATA/standby.signal" ] || [ -e "$PGDATA/recovery.signal" ]; then
      recovery_arguments
      if [ -n "${LIST_COMMITS:-}" ]; then list_commits; fi
    fi
    # A volume that is new since a way back has no cluster.
    if [ "$RESTORE_FROM" != kept ]; then return; fi
  fi
  if [ -s "$PGDATA/PG_VERSION" ]; then return; fi
  if [ -d "$PGDATA" ] && [ -n "$(ls -A -- "$PGDATA")" ]; then
    fail "'$PGDATA' is not empty, but holds no PG_VERSION: it is no cluster, or what is left of one." \
      "Look at it; move it away (do not delete it) to start with an empty cluster."
  fi
  initialise
}

# A Unix socket's path is limited to 107 bytes; without a usable directory the server is reached by TCP alone.
socket_directory() {
  local directory=${SOCKET_DIR-/var/run/postgresql}
  if [ -z "$directory" ]; then return; fi
  if [ "$(printf '%s/.s.PGSQL.%s' "$directory" "$PGPORT" | wc -c)" -gt 107 ]; then
    say "no Unix socket: '$directory' is too long a path for one"
  elif ! mkdir -p -- "$directory" 2>/dev/null || [ ! -w "$directory" ]; then
    say "no Unix socket: '$directory' is not writable"
  else
    printf '%s' "$directory"
  fi
}

main() {
  if [ "${1:-}" = --help ]; then
    usage
    return
  fi
  if [ -n "${QUARANTINED_BY:-}" ]; then
    fail "This instance was replaced in incident $QUARANTINED_BY, and is kept as it was then." \
      "The Service's selector says which one is live; docs/runbooks/point-in-time.md says how to go back to this one."
  fi
  check_settings
  find_programs
  recovery=()
  prepare_data_directory
  local listen=${LISTEN_ADDRESS:-${POD_IP:-*}} sockets
  sockets=$(socket_directory)
  # Not for the server's environment, where every superuser could read them.
  unset POSTGRES_PASSWORD PGPASSWORD
  # Last: the last word of an argument counts.
  if [ -n "${ARCHIVE_MODE:-}" ]; then recovery+=(-c "archive_mode=$ARCHIVE_MODE"); fi
  exec "$PG_BIN/postgres" -D "$PGDATA" -c "listen_addresses=$listen" -c "port=$PGPORT" \
    -c "unix_socket_directories=$sockets" "$@" "${recovery[@]}"
}

main "$@"
