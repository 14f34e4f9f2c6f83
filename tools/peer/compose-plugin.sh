#!/bin/sh
# Prints the path of a docker compose plugin to measure against: the installed one, or the one of a newer Debian release, unpacked
# into a cache folder. Nothing is installed. `compose-plugin.sh [SUITE]`; the suite with the reference dialect is sid.
set -eu

suite=${1:-sid}
cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/composelab/peer/$suite

fail() {
    printf 'compose-plugin: %s\n' "$1" >&2
    exit 1
}

for installed in /usr/libexec/docker/cli-plugins /usr/lib/docker/cli-plugins /usr/local/lib/docker/cli-plugins "${HOME:-}/.docker/cli-plugins"; do
    if [ $# -eq 0 ] && [ -x "$installed/docker-compose" ]; then
        echo "$installed/docker-compose"
        exit 0
    fi
done

plugin=$cache/root/usr/libexec/docker/cli-plugins/docker-compose
if [ -x "$plugin" ]; then
    echo "$plugin"
    exit 0
fi

command -v apt-get >/dev/null 2>&1 || fail "apt-get not found; install the compose plugin manually"

# shellcheck source=tools/peer/debian-suite.sh
. "$(dirname -- "$0")/debian-suite.sh"
mkdir -p "$cache/root"
suite_open "$suite" "$cache" || fail "the lists of '$suite' cannot be had from the machine's mirror"
(cd "$cache" && suite_apt download docker-compose) || fail "'$suite' provides no docker-compose"
dpkg -x "$cache"/docker-compose_*.deb "$cache/root"
suite_close
[ -x "$plugin" ] || fail "the package of '$suite' contains no plugin at ${plugin#"$cache/root"}"
echo "$plugin"
