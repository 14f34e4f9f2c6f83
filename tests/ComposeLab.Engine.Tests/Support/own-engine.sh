#!/bin/sh
# Runs a separate engine below COMPOSELAB_ENGINE_ROOT, in the network namespace it was started in. Commands come line by line:
# "start" answers "started", "kill" ends the daemon as a crash would and answers "killed". The end of input ends everything.
set -eu
lab=$1
run=$COMPOSELAB_ENGINE_ROOT/var/run

end() {
    kill -9 "$(cat "$run/docker.pid")" "$(cat "$run/docker/containerd/containerd.pid")" 2>/dev/null || true
    pgrep -f "containerd-shim.*$COMPOSELAB_ENGINE_ROOT" | xargs -r kill -9 2>/dev/null || true
    grep -o " $COMPOSELAB_ENGINE_ROOT/[^ ]*" /proc/self/mounts | sort -r | xargs -r -n 1 umount -l 2>/dev/null || true
}
trap end EXIT

while read -r command; do
    case $command in
        start)
            ip link set lo up
            "$lab" engine >&2
            echo started
            ;;
        kill)
            kill -9 "$(cat "$run/docker.pid")"
            echo killed
            ;;
    esac
done
