# shellcheck shell=sh disable=SC2154
# PostgreSQL's client programs with their libraries, unpacked from Debian packages without installing them. Sourced by postgres.sh.

# client_packages SUITE MAJOR FOLDER: unpacks the client programs of a newer Debian release than this machine's.
client_packages() {
    uri=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' 2>/dev/null | head -n 1)
    [ -n "$uri" ] || die "The client programs of PostgreSQL $2 come from Debian's packages, and no Debian source is configured." "cat /etc/apt/sources.list.d/*"
    apt=$work/apt
    mkdir -p "$apt/state/lists/partial" "$apt/cache/archives/partial" "$apt/sources" "$3"
    : >"$apt/status"
    printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n' "$uri" "$1" >"$apt/sources/newer.sources"
    # A private state: this machine's own sources and packages are not touched.
    set -- "$@" -qq -y --no-install-recommends -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$apt/sources" -o "Dir::State=$apt/state" \
        -o "Dir::State::status=$apt/status" -o "Dir::Cache=$apt/cache" -o APT::Sandbox::User=root -o Acquire::Languages=none
    suite=$1 major=$2 unpacked=$3
    shift 3
    if ! { apt-get "$@" update && apt-get "$@" --download-only install "postgresql-client-$major"; } >"$work/apt.log" 2>&1; then
        tail -n 5 "$work/apt.log" >&2
        die "The package postgresql-client-$major of Debian $suite could not be fetched." "apt-get update"
    fi
    for file in "$apt"/cache/archives/*.deb; do
        case ${file##*/} in
        # Only scripts need Perl, and none of them is used.
        perl* | libperl* | libdb* | libgdbm* | gcc-* | netbase* | sensible-utils*) ;;
        *) dpkg -x "$file" "$unpacked" ;;
        esac
    done
}

# add_client ROOT FOLDER MAJOR PROGRAM...: copies unpacked programs into a root file system. They are linked with a newer C library, which replaces the older one
# there: every older program runs with it too.
add_client() {
    client_root=$1 unpacked=$2 major=$3
    shift 3
    set -- "$unpacked"/usr/lib/*/ld-linux-*.so.* "$@"
    loader=$1
    shift
    libraries=${loader%/*}
    for program; do
        file=$unpacked/usr/lib/postgresql/$major/bin/$program
        cp -L --preserve=mode,timestamps "$file" "$client_root/usr/local/bin/$program"
        "$loader" --library-path "$libraries" --list "$file" | sed -n "s,.* => \($libraries/[^ ]*\) (.*,\1,p"
    done | sort -u >"$work/client-libraries"
    while read -r library; do
        cp -L --preserve=mode,timestamps "$library" "$client_root${library#"$unpacked"}"
    done <"$work/client-libraries"
    for library in "$client_root/${libraries#"$unpacked"/}"/* "$client_root"/usr/lib64/*; do
        [ ! -e "$libraries/${library##*/}" ] || cp -L --preserve=mode,timestamps "$libraries/${library##*/}" "$library"
    done
}
