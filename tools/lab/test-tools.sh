# shellcheck shell=sh disable=SC2154
# Additional programs for the tests: a registry to pull from, busybox to create small images, and an ssh server. Sourced by test.sh.

test_tools=$root/artifacts/test-tools

# ensure_test_tool PROGRAM PACKAGE [LIBRARY_PACKAGE]: on Debian and Ubuntu the packages are unpacked next to the build's output. Nothing is
# installed, because the installation of a server would also start it.
ensure_test_tool() {
    tool=$1
    ! command -v "$tool" >/dev/null 2>&1 || return 0
    is_debian || die "The tests need the program '$1', and ./lab fetches it on Debian and Ubuntu only." "$1 --version"
    shift
    say "fetching $tool for the tests (package $1) ..."
    mkdir -p "$test_tools"
    for package in "$@"; do
        if ! (cd "$test_tools" && { apt-get download -qq "$package" || { apt-get update -qq && apt-get download -qq "$package"; }; } &&
            dpkg -x "$package"_*.deb .) >"$root/artifacts/test-tools.log" 2>&1; then
            tail -n 5 "$root/artifacts/test-tools.log" >&2
            die "The package $package could not be fetched." "apt-get install $package"
        fi
    done
}

# ensure_buildx: the docker-buildx plugin. Debian has it from release 13 on: 13 MB are fetched once and kept in the user's cache.
ensure_buildx() {
    for folder in /usr/libexec /usr/lib /usr/local/libexec /usr/local/lib; do
        [ ! -x "$folder/docker/cli-plugins/docker-buildx" ] || return 0
    done
    buildx_cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/composelab/buildx
    PATH=$PATH:$buildx_cache/usr/libexec/docker/cli-plugins
    ! command -v docker-buildx >/dev/null 2>&1 || return 0
    is_debian || die "The tests need the docker-buildx plugin, and ./lab fetches it on Debian and Ubuntu only." "docker buildx version"
    say "fetching docker-buildx for the tests (Debian 13) ..."
    # shellcheck source=tools/peer/debian-suite.sh
    . "$root/tools/peer/debian-suite.sh"
    mkdir -p "$buildx_cache" "$root/artifacts"
    if ! (suite_open trixie "$buildx_cache" && cd "$buildx_cache" && suite_apt download docker-buildx && dpkg -x docker-buildx_*.deb . && suite_close) >"$root/artifacts/test-tools.log" 2>&1; then
        tail -n 5 "$root/artifacts/test-tools.log" >&2
        die "The package docker-buildx of Debian 13 could not be fetched." "apt-get install docker-buildx"
    fi
}

ensure_test_tools() {
    PATH=$PATH:$test_tools/usr/bin:$test_tools/bin:$test_tools/usr/sbin
    export PATH
    ensure_test_tool docker-registry docker-registry
    ensure_test_tool busybox busybox-static
    ensure_test_tool ssh openssh-client
    ensure_test_tool sshd openssh-server libwrap0
    ensure_buildx
}
