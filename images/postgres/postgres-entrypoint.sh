#!/usr/bin/env bash
# Starts PostgreSQL in its pod: initialises an empty cluster when there is none, then becomes postgres.
#
# What was lost is not this script's business: it brings up a server that Lifeboat can restore into. The cluster is
# made in a directory beside PGDATA and moved there when it is whole, so that a death half-way leaves nothing that
# looks like a database.
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
  if [ ${#problems[@]} -gt 0 ]; then
    local list
    list=$(printf '; %s' "${problems[@]}")
    fail "${list:2}." "See postgres-entrypoint.sh --help; k8s/postgres-statefulset.yaml has every setting."
  fi
  PGDATA=${PGDATA%/}
}

# The directory of initdb and postgres: Debian keeps them out of PATH.
find_programs() {
  local candidate
  for candidate in "${PG_BIN:-}" "$(dirname "$(command -v initdb || echo /)")" \
    $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV); do
    if [ -n "$candidate" ] && [ -x "$candidate/initdb" ] && [ -x "$candidate/postgres" ]; then
      PG_BIN=$candidate
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

prepare_data_directory() {
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
  check_settings
  find_programs
  prepare_data_directory
  local listen=${LISTEN_ADDRESS:-${POD_IP:-*}} sockets
  sockets=$(socket_directory)
  # Not for the server's environment, where every superuser could read them.
  unset POSTGRES_PASSWORD PGPASSWORD
  exec "$PG_BIN/postgres" -D "$PGDATA" -c "listen_addresses=$listen" -c "port=$PGPORT" \
    -c "unix_socket_directories=$sockets" "$@"
}

main "$@"
