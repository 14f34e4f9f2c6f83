#!/bin/sh
# Run in a separate network namespace with COMPOSELAB_ENGINE_ROOT set: kills the engine that ./lab starts there, in two ways.
set -eu
lab=$(dirname -- "$0")/../../lab
run=$COMPOSELAB_ENGINE_ROOT/var/run
containerd=$run/docker/containerd/containerd.pid

# Everything below the root ends with this script, also where a step fails.
end() {
    kill -9 "$(cat "$run/docker.pid")" "$(cat "$containerd")" 2>/dev/null || true
    pgrep -f "containerd-shim.*$COMPOSELAB_ENGINE_ROOT" | xargs -r kill -9 2>/dev/null || true
    grep -o " $COMPOSELAB_ENGINE_ROOT/[^ ]*" /proc/self/mounts | sort -r | xargs -r -n 1 umount -l 2>/dev/null || true
}
trap end EXIT

"$lab" engine
echo "started"

export DOCKER_HOST="unix://$run/docker.sock"
mkdir -p "$COMPOSELAB_ENGINE_ROOT/image/bin"
cp "$(command -v busybox)" "$COMPOSELAB_ENGINE_ROOT/image/bin/sleep"
tar -C "$COMPOSELAB_ENGINE_ROOT/image" -c . | docker import - lab-test:1 >/dev/null
docker run --detach --name survivor --network none lab-test:1 sleep 600 >/dev/null
unset DOCKER_HOST

kill -9 "$(cat "$run/docker.pid")"
"$lab" engine
echo "started again"

# A pid file that names a living process of another program is the hardest of the leftovers.
kill -9 "$(cat "$run/docker.pid")" "$(cat "$containerd")"
echo $$ >"$run/docker.pid"
"$lab" engine
echo "started once more"

export DOCKER_HOST="unix://$run/docker.sock"
docker start survivor >/dev/null
[ "$(docker inspect --format '{{.State.Running}}' survivor)" = true ]
echo "its container runs"
