#!/bin/sh
# Runs three Docker engines on one machine, each in namespaces of its own, connected by a network that exists nowhere else: `swarm-engines.sh FOLDER`. Their sockets are
# FOLDER/n1/s to FOLDER/n3/s, their addresses 10.99.0.1 to 10.99.0.3; the machine itself is not reachable from them. FOLDER/ready appears when all of them answer.
# Commands are read from the pipe FOLDER/control: `kill 3 TOKEN` ends an engine with its containers, as a power failure does, `start 3 TOKEN` starts it again; then the file
# FOLDER/TOKEN appears. Everything ends with this process. Needs root.
set -eu

folder=$1
me=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)/${0##*/}

if [ "${2:-}" != inside ]; then
    mkdir -p "$folder"
    rm -f "$folder/control" "$folder/ready"
    mkfifo "$folder/control"
    # The first process of the process namespace takes everything with it.
    exec unshare --net --mount --pid --fork --kill-child --mount-proc --propagation private "$me" "$folder" inside
fi

# Engines would find and use containerd of the machine.
mount -t tmpfs none /run
ip link set lo up
ip link add br0 type bridge
ip link set br0 up
ip addr add 10.99.0.254/24 dev br0

start() {
    rm -f "$folder/n$1/pid" "$folder/n$1/s"
    mkdir -p "$folder/n$1"
    unshare --net --mount --pid --uts --fork --kill-child --mount-proc --propagation private sh -c '
        hostname "node$2"
        mount -t tmpfs none /run
        # Names of registries are unknown at once, instead of after ten seconds.
        echo nameserver 127.0.0.1 >/run/resolv.conf
        mount --bind /run/resolv.conf /etc/resolv.conf
        ip link set lo up
        until ip link set ve up 2>/dev/null; do sleep 0.05; done
        ip addr add "10.99.0.$2/24" dev ve
        ip route add default via 10.99.0.254
        echo 1 >/proc/sys/net/ipv4/ip_forward
        dockerd --data-root "$1/data" --exec-root "/run/x" -p "$1/pid" -H "unix://$1/s" --default-address-pool "base=10.20$2.0.0/16,size=24" --bip "10.10$2.0.1/24" >>"$1/log" 2>&1 &
        wait $!' node "$folder/n$1" "$1" 3>&- &
    eval "engine$1=$!"
    # The namespace exists a moment after the process.
    while [ "$(readlink "/proc/$!/ns/net")" = "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done
    ip link del "vp$1" 2>/dev/null || true
    ip link add ve netns "$!" type veth peer name "vp$1"
    ip link set "vp$1" master br0 up
    waited=0
    until docker -H "unix://$folder/n$1/s" version >/dev/null 2>&1; do
        waited=$((waited + 1))
        [ "$waited" -lt 300 ] || {
            tail -n 5 "$folder/n$1/log" >&2
            exit 1
        }
        sleep 0.1
    done
}

stop() {
    eval "kill -9 \$engine$1 2>/dev/null || true; wait \$engine$1 2>/dev/null || true"
}

for node in 1 2 3; do start "$node"; done
touch "$folder/ready"
while :; do
    while read -r command node token; do
        case $command in
        kill) stop "$node" ;;
        start) start "$node" ;;
        esac
        touch "$folder/$token"
    done <"$folder/control"
done
