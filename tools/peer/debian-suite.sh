# shellcheck shell=sh
# Reads packages of another Debian release from the machine's own mirror. Nothing is installed. Sourced.

# suite_open SUITE FOLDER: prepares FOLDER for the calls below; fails if the release cannot be reached.
suite_open() {
    suite_folder=$2
    # The machine's own Debian source, whichever way it is written, names the mirror to ask.
    suite_mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
        sed -n -e 's/^URIs:[[:space:]]*\([^[:space:]]*\).*/\1/p' -e 's/^deb[[:space:]]\(\[[^]]*\][[:space:]]*\)\{0,1\}\([^[:space:]]*\).*/\2/p' |
        grep '/debian/*$' | head -n 1)
    [ -n "$suite_mirror" ] || return 1
    mkdir -p "$suite_folder/lists/partial" "$suite_folder/archives/partial"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $suite_mirror $1 main" >"$suite_folder/sources.list"
    : >"$suite_folder/status"
    suite_apt update
}

# suite_apt ARGS: apt-get, for that release alone.
suite_apt() {
    apt-get -qq -o Dir::Etc::SourceList="$suite_folder/sources.list" -o Dir::Etc::SourceParts=/dev/null -o Dir::State::Lists="$suite_folder/lists" \
        -o Dir::State::Status="$suite_folder/status" -o Dir::Cache="$suite_folder" -o Dir::Cache::Archives="$suite_folder/archives" \
        -o APT::Sandbox::User=root -o Acquire::Languages=none "$@" >&2
}

# suite_unpack ROOT PACKAGE...: unpacks packages below ROOT, with everything they depend on.
suite_unpack() {
    suite_root=$1
    shift
    suite_apt install -y --download-only --no-install-recommends "$@" || return 1
    suite_unpacked
}

# suite_unpack_alone ROOT PACKAGE...: unpacks packages below ROOT, without what they depend on.
suite_unpack_alone() {
    suite_root=$1
    shift
    (cd "$suite_folder/archives" && suite_apt download "$@") || return 1
    suite_unpacked
}

suite_unpacked() {
    mkdir -p "$suite_root"
    for suite_package in "$suite_folder"/archives/*.deb; do
        dpkg -x "$suite_package" "$suite_root" || return 1
    done
}

# suite_close: removes what was downloaded.
suite_close() {
    rm -rf "$suite_folder/lists" "$suite_folder/archives" "$suite_folder"/*.deb "$suite_folder"/*.bin "$suite_folder/sources.list" "$suite_folder/status"
}
