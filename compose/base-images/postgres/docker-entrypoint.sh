#!/bin/sh
# The entrypoint of the substitute image. Like the official image, it initializes an empty data directory, then runs the server.
# POSTGRES_PASSWORD, POSTGRES_USER, POSTGRES_DB and POSTGRES_INITDB_ARGS can each be given as NAME_FILE, the path of a file with the value.
set -eu

socket_folder=/var/run/postgresql

fail() {
    printf 'Error: %s\n' "$1" >&2
    exit 1
}

# from_file NAME [DEFAULT]: sets NAME to its own value, the content of the file NAME_FILE, or the default.
from_file() {
    eval "value=\${$1:-} file=\${$1_FILE:-}"
    [ -z "$value" ] || [ -z "$file" ] || fail "both $1 and $1_FILE are set; set one of them"
    [ -z "$file" ] || value=$(cat "$file")
    export "$1=${value:-${2:-}}"
    unset "$1_FILE"
}

# The volume may be from another container, so the owner of the files is changed; after that, nothing runs as root.
become_postgres() {
    mkdir -p "$PGDATA" "$socket_folder"
    find "$PGDATA" ! -user postgres -exec chown postgres:postgres {} +
    chown postgres:postgres "$PGDATA" "$socket_folder"
    chmod 700 "$PGDATA"
    # With its path, because busybox's own setpriv does not support this.
    exec /usr/local/bin/setpriv --reuid=postgres --regid=postgres --clear-groups "$0" "$@"
}

check_settings() {
    from_file POSTGRES_PASSWORD
    from_file POSTGRES_USER postgres
    from_file POSTGRES_DB "$POSTGRES_USER"
    from_file POSTGRES_INITDB_ARGS
    method=${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}
    [ -n "$POSTGRES_PASSWORD" ] || [ "$method" = trust ] ||
        fail "the data directory is empty and no superuser password is given; set POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE"
}

make_cluster() {
    set -- --pgdata="$PGDATA" --username="$POSTGRES_USER" --encoding=UTF8 --locale=C.UTF-8 --auth=trust \
        --set=listen_addresses='*' --set=unix_socket_directories="$socket_folder"
    if [ -n "$POSTGRES_PASSWORD" ]; then
        # shellcheck disable=SC2086
        printf '%s\n' "$POSTGRES_PASSWORD" | initdb "$@" --pwfile=/dev/stdin $POSTGRES_INITDB_ARGS
    else
        # shellcheck disable=SC2086
        initdb "$@" $POSTGRES_INITDB_ARGS
    fi
    printf '\nhost all all all %s\n' "$method" >>"$PGDATA/pg_hba.conf"
}

run_psql() {
    psql --set=ON_ERROR_STOP=1 --no-psqlrc --no-password --quiet --host="$socket_folder" --username="$POSTGRES_USER" "$@"
}

# Only on the socket: clients that wait for the server on the network must not see an incomplete database.
fill_cluster() {
    pg_ctl --pgdata="$PGDATA" --options="-c listen_addresses=''" --wait start
    if [ "$POSTGRES_DB" != postgres ]; then
        printf 'CREATE DATABASE :"db";\n' | run_psql --dbname=postgres --set=db="$POSTGRES_DB"
    fi
    # shellcheck disable=SC1090
    for script in /docker-entrypoint-initdb.d/*; do
        case $script in
        *.sh) if [ -x "$script" ]; then "$script"; else . "$script"; fi ;;
        *.sql) run_psql --dbname="$POSTGRES_DB" --file="$script" ;;
        *.sql.gz) gunzip -c "$script" | run_psql --dbname="$POSTGRES_DB" ;;
        esac
    done
    pg_ctl --pgdata="$PGDATA" --mode=fast --wait stop
    echo 'PostgreSQL init process complete; ready for start up.'
}

case ${1:-} in
'' | -*) set -- postgres "$@" ;;
esac
if [ "$1" = postgres ]; then
    [ "$(id -u)" -ne 0 ] || become_postgres "$@"
    if [ ! -s "$PGDATA/PG_VERSION" ]; then
        check_settings
        make_cluster
        fill_cluster
    fi
    unset POSTGRES_PASSWORD
fi
exec "$@"
