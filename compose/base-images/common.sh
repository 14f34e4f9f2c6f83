# shellcheck shell=sh disable=SC2154
# Shared by the builders of the substitutes: messages to the user, Debian packages, and root file systems of this machine's own files. Sourced.

say() {
    printf 'lab: %s\n' "$1" >&2
}

# die WHAT COMMAND: prints what was expected and found, and the command that fixes it.
die() {
    say "$1"
    printf '     Type: %s\n' "$2" >&2
    exit 1
}

# install_missing PACKAGE...: installs the missing Debian packages.
install_missing() {
    for package; do
        shift
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || set -- "$@" "$package"
    done
    [ $# -gt 0 ] || return 0
    say "installing $* with apt-get ..."
    apt_log=$work/apt.log
    # One unreachable source is not an error if another one provides the packages.
    DEBIAN_FRONTEND=noninteractive apt-get update -qq >"$apt_log" 2>&1 || true
    if ! DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >>"$apt_log" 2>&1; then
        tail -n 5 "$apt_log" >&2
        die "The substitute images need $*, and their installation failed." "apt-get update && apt-get install $*"
    fi
}

# copy_program ROOT FILE [PLACE]: copies a program or library, and every shared library that it needs, into a root file system.
copy_program() {
    copy_file "$1" "$2" "${3:-$2}"
    { ldd "$2" 2>/dev/null || true; } | sed -n 's/.*=> \(\/[^ ]*\) (.*/\1/p; s/^[[:space:]]*\(\/[^ ]*\) (.*/\1/p' | while read -r library; do
        copy_file "$1" "$library" "$library"
    done
}

copy_file() {
    mkdir -p "$1${3%/*}"
    [ -e "$1$3" ] || cp -L --preserve=mode,timestamps "$2" "$1$3"
}

# copy_library ROOT NAME...: the same for libraries that programs load by name only.
copy_library() {
    library_root=$1
    shift
    for name; do
        library_file=$(ldconfig -p | sed -n "s,^[[:space:]]*$name (.*) => ,,p" | head -n 1)
        [ -n "$library_file" ] || die "The library $name was not found on this machine." "ldconfig -p | grep $name"
        copy_program "$library_root" "$library_file"
    done
}

# minimal_root ROOT: what every image needs: the C library, names, certificates, and users; no shell and no program.
minimal_root() {
    rm -rf "$1"
    mkdir -p "$1/etc/ssl/certs" "$1/tmp" "$1/run" "$1/var" "$1/usr/bin" "$1/usr/lib/locale" "$1/root" "$1/home/app" "$1/proc" "$1/sys" "$1/dev"
    chmod 1777 "$1/tmp"
    chmod 700 "$1/root"
    # Like on Debian: one folder under /usr, so that both forms of a path lead there.
    for folder in bin sbin lib lib64; do
        mkdir -p "$1/usr/$folder"
        ln -s "usr/$folder" "$1/$folder"
    done
    ln -s ../run "$1/var/run"
    copy_library "$1" libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 libresolv.so.2 libgcc_s.so.1 libstdc++.so.6
    cp -a /usr/lib/locale/C.utf8 "$1/usr/lib/locale/"
    # This machine's own certificates: behind a signing proxy, nothing else is trusted.
    cp -L /etc/ssl/certs/ca-certificates.crt "$1/etc/ssl/certs/"
    cat >"$1/etc/passwd" <<'PASSWD'
root:x:0:0:root:/root:/bin/sh
nobody:x:65534:65534:nobody:/:/bin/false
app:x:1654:1654:app:/home/app:/bin/false
PASSWD
    cat >"$1/etc/group" <<'GROUP'
root:x:0:
nogroup:x:65534:
app:x:1654:
GROUP
    printf 'hosts: files dns\n' >"$1/etc/nsswitch.conf"
    printf 'PRETTY_NAME="ComposeLab stand-in"\nID=composelab\n' >"$1/etc/os-release"
    chown 1654:1654 "$1/home/app"
}

# add_shell ROOT: busybox as the shell and every usual tool.
add_shell() {
    cp /bin/busybox "$1/usr/bin/busybox"
    /bin/busybox --list | while read -r applet; do
        [ "$applet" = busybox ] || ln -s busybox "$1/usr/bin/$applet"
    done
}

# import_root ROOT TAG CHANGE...: creates an image from a root file system; a CHANGE is a Dockerfile instruction.
import_root() {
    import_from=$1
    import_tag=$2
    shift 2
    for change; do
        shift
        set -- "$@" --change "$change"
    done
    tar --numeric-owner -c -C "$import_from" . | docker import "$@" --change "LABEL $recipe_label=$(recipe_of "$import_tag")" - "$import_tag" >/dev/null ||
        die "The image $import_tag could not be created." "docker info"
}
