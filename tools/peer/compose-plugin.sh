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

# The machine's own Debian source, whichever way it is written, names the mirror to ask.
mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
    sed -n -e 's/^URIs:[[:space:]]*\([^[:space:]]*\).*/\1/p' -e 's/^deb[[:space:]]\(\[[^]]*\][[:space:]]*\)\{0,1\}\([^[:space:]]*\).*/\2/p' |
    grep '/debian/*$' | head -n 1)
[ -n "$mirror" ] || fail "no Debian source found in /etc/apt"

mkdir -p "$cache/lists/partial" "$cache/archives/partial" "$cache/root"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$cache/sources.list"
: >"$cache/status"
apt() {
    apt-get -qq -o Dir::Etc::SourceList="$cache/sources.list" -o Dir::Etc::SourceParts=/dev/null -o Dir::State::Lists="$cache/lists" \
        -o Dir::State::Status="$cache/status" -o Dir::Cache="$cache" -o Dir::Cache::Archives="$cache/archives" -o APT::Sandbox::User=root \
        -o Acquire::Languages=none "$@" >&2
}

apt update || fail "the lists of '$suite' cannot be had from the machine's mirror"
(cd "$cache" && apt download docker-compose) || fail "'$suite' provides no docker-compose"
dpkg -x "$cache"/docker-compose_*.deb "$cache/root"
rm -rf "$cache/lists" "$cache/archives" "$cache"/*.deb "$cache"/*.bin
[ -x "$plugin" ] || fail "the package of '$suite' contains no plugin at ${plugin#"$cache/root"}"
echo "$plugin"
