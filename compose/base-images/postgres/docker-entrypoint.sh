#!/bin/sh
# The entrypoint of the substitute image. Like the official image, it initializes an empty data directory, then runs the server.
# POSTGRES_PASSWORD, POSTGRES_USER, POSTGRES_DB and POSTGRES_INITDB_ARGS can each be given as NAME_FILE, the path of a file with the value.
set -eu

socket_folder=/var/run/postgresql
# A cluster with the default settings and an empty database, made when the image is built.
prepared_cluster=/usr/local/pgsql/cluster.tar
prepared_database=prepared

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
}

# prepare_cluster: writes the prepared cluster to the output; called when the image is built.
prepare_cluster() {
    {
        make_cluster
        fill_cluster
    } >&2
    tar -c -C "$PGDATA" .
}

# initdb accepts every name and argument and notices the time zone, and scripts need a server with clients.
can_copy() {
    [ -f "$prepared_cluster" ] && [ -n "$POSTGRES_PASSWORD" ] && [ -z "$POSTGRES_INITDB_ARGS${TZ:-}" ] || return 1
    [ -O "$PGDATA" ] && [ -z "$(ls -A "$PGDATA")" ] || return 1
    for name in "$POSTGRES_USER" "$POSTGRES_DB"; do
        case $name in
        pg_* | template* | "$prepared_database" | [!a-z_]* | *[!a-z0-9_]*) return 1 ;;
        esac
        [ "${#name}" -le 63 ] || return 1
    done
    for script in /docker-entrypoint-initdb.d/*; do
        [ ! -e "$script" ] || return 1
    done
}

# Four times as fast as initdb and a server that is started for one statement. Like initdb, it leaves an empty directory if it fails.
copy_cluster() {
    printf 'The files belonging to this database system will be owned by user "%s".\n' "$(id -un)"
    if ! { chmod 700 "$PGDATA" && (umask 077 && tar -x -f "$prepared_cluster" -C "$PGDATA") && rename_cluster; }; then
        (cd "$PGDATA" && rm -rf ./* ./.[!.]*)
        fail "the prepared data directory could not be copied for the user $POSTGRES_USER and the database $POSTGRES_DB"
    fi
}

# A server without clients changes the names and the password, and shows that it has. The log of an error does not show its statement, which can
# contain the password.
rename_cluster() {
    # Like initdb: the first line, without the characters that end it.
    password=$(printf '%s\n' "$POSTGRES_PASSWORD" | sed -n "1{s/$(printf '\r')*\$//;s/'/''/g;p;}")
    if [ "$POSTGRES_DB" = postgres ]; then
        database="DROP DATABASE $prepared_database"
    else
        database="ALTER DATABASE $prepared_database RENAME TO \"$POSTGRES_DB\""
    fi
    printf '%s;\n\n' "UPDATE pg_authid SET rolname = '$POSTGRES_USER' WHERE oid = 10" "ALTER ROLE \"$POSTGRES_USER\" PASSWORD '$password'" "$database" \
        "SELECT 'complete' FROM pg_authid, pg_database WHERE rolname = '$POSTGRES_USER' AND rolpassword IS NOT NULL AND datname = '$POSTGRES_DB'" |
        postgres --single -j -D "$PGDATA" -c allow_system_table_mods=on -c log_min_error_statement=panic postgres | grep '"complete"' >/dev/null
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
}

allow_hosts() {
    printf '\nhost all all all %s\n' "$method" >>"$PGDATA/pg_hba.conf"
}

initialize() {
    check_settings
    if can_copy; then
        copy_cluster
        allow_hosts
    else
        make_cluster
        allow_hosts
        fill_cluster
    fi
    echo 'PostgreSQL init process complete; ready for start up.'
}

case ${1:-} in
'' | -*) set -- postgres "$@" ;;
esac
case $1 in
postgres | prepare-cluster) [ "$(id -u)" -ne 0 ] || become_postgres "$@" ;;
esac
case $1 in
prepare-cluster)
    POSTGRES_USER=postgres POSTGRES_PASSWORD='' POSTGRES_DB=$prepared_database POSTGRES_INITDB_ARGS=''
    prepare_cluster
    exit
    ;;
postgres)
    [ -s "$PGDATA/PG_VERSION" ] || initialize
    unset POSTGRES_PASSWORD
    ;;
esac
exec "$@"
