# shellcheck shell=sh disable=SC2154
# Additional programs for the tests: a registry to pull from, and busybox to create small images. Sourced by test.sh.

test_tools=$root/artifacts/test-tools

# ensure_test_tool PROGRAM PACKAGE: on Debian and Ubuntu the package is unpacked next to the build's output. Nothing is installed,
# because the installation of a registry would also start it.
ensure_test_tool() {
    ! command -v "$1" >/dev/null 2>&1 || return 0
    is_debian || die "The tests need the program '$1', and ./lab fetches it on Debian and Ubuntu only." "$1 --version"
    say "fetching $1 for the tests (package $2) ..."
    mkdir -p "$test_tools"
    if ! (cd "$test_tools" && { apt-get download -qq "$2" || { apt-get update -qq && apt-get download -qq "$2"; }; } &&
        dpkg -x "$2"_*.deb .) >"$root/artifacts/test-tools.log" 2>&1; then
        tail -n 5 "$root/artifacts/test-tools.log" >&2
        die "The package $2 could not be fetched." "apt-get install $2"
    fi
}

ensure_test_tools() {
    PATH=$PATH:$test_tools/usr/bin:$test_tools/bin
    export PATH
    ensure_test_tool docker-registry docker-registry
    ensure_test_tool busybox busybox-static
}
