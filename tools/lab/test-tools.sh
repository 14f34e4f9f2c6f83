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

ensure_test_tools() {
    PATH=$PATH:$test_tools/usr/bin:$test_tools/bin:$test_tools/usr/sbin
    export PATH
    ensure_test_tool docker-registry docker-registry
    ensure_test_tool busybox busybox-static
    ensure_test_tool ssh openssh-client
    ensure_test_tool sshd openssh-server libwrap0
}
