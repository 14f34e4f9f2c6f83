#!/bin/sh
# Runs a Docker engine of another release next to the machine's own, in namespaces of its own: `release-engine.sh RELEASE FOLDER`. RELEASE is 28 (the image
# store of containerd), 28-overlay2 (the classic image store) or 26. Its socket is FOLDER/run/docker.sock. It ends with this process, with all of its
# containers. The packages of a newer Debian release are unpacked into a cache folder; nothing is installed. Needs root.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
release=$1
folder=$2

fail() {
    printf 'lab: %s\n' "$1" >&2
    exit 1
}

case $release in
28) suite=sid snapshotter=true ;;
28-overlay2) suite=sid snapshotter=false ;;
26) suite=trixie snapshotter=false ;;
*) fail "Expected release 28, 28-overlay2 or 26, found '$release'." ;;
esac

cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/composelab/engine/$suite
root=$cache/root

unpack() {
    # shellcheck source=tools/peer/debian-suite.sh
    . "$here/../peer/debian-suite.sh"
    rm -rf "$cache"
    mkdir -p "$cache"
    suite_open "$suite" "$cache" || fail "The packages of Debian's '$suite' cannot be reached."
    suite_unpack "$root.new" docker.io docker-buildx iptables libc6 ca-certificates busybox-static procps || fail "The packages of docker.io of '$suite' cannot be fetched."
    suite_close
    cd "$root.new"
    for link in lib lib64 bin sbin; do
        [ -e "$link" ] || ln -s "usr/$link" "$link"
    done
    for program in iptables ip6tables iptables-save iptables-restore ip6tables-save ip6tables-restore; do
        ln -sf xtables-legacy-multi "usr/sbin/$program"
    done
    for program in sh mount umount; do
        [ -e "usr/bin/$program" ] || ln -s busybox "usr/bin/$program"
    done
    cp /etc/passwd /etc/group /etc/hosts /etc/nsswitch.conf /etc/resolv.conf etc/
    mkdir -p proc sys dev run tmp var/lib/docker before
    mv "$root.new" "$root"
}

if [ "${3:-}" != inside ]; then
    [ -x "$root/usr/sbin/dockerd" ] || unpack
    mkdir -p "$folder/run" "$folder/data"
    printf '{"features":{"containerd-snapshotter":%s}}\n' "$snapshotter" >"$folder/run/daemon.json"
    # The first process of the process namespace takes everything with it.
    exec unshare --net --mount --pid --fork --kill-child --propagation private "$here/release-engine.sh" "$release" "$folder" inside
fi

ip link set lo up
echo 1 >/proc/sys/net/ipv4/ip_forward
cd "$cache"
# With chroot alone, containers would see the files of the machine.
mount --bind root root
mount --rbind /dev root/dev
mount --rbind /sys root/sys
mount -t proc proc root/proc
mount --bind "$folder/run" root/run
mount --bind "$folder/data" root/var/lib/docker
# What tests mount into containers: temporary files and the checkout.
for shared in /tmp "$(CDPATH='' cd -- "$here/../.." && pwd -P)"; do
    mkdir -p "root$shared"
    mount --bind "$shared" "root$shared"
done
cd root
pivot_root . before
cd /
export PATH=/usr/sbin:/usr/bin
exec /usr/bin/busybox sh -c '
    umount -l /before
    # The first process also collects those whose parents have ended.
    dockerd --config-file /run/daemon.json --data-root /var/lib/docker --exec-root /run/docker --pidfile /run/docker.pid --host unix:///run/docker.sock >/run/dockerd.log 2>&1 &
    wait $!'
