# shellcheck shell=sh disable=SC2154
# Finds a Docker engine that answers; on Debian and Ubuntu, as root, it installs and starts one. Sourced by ./lab.

# COMPOSELAB_ENGINE_ROOT puts an engine that ./lab starts below another folder, so that a test can start one in addition to the
# machine's own.
engine_root=${COMPOSELAB_ENGINE_ROOT:-}
engine_run=${engine_root:-}/var/run
engine_log=${engine_root:-}/var/log/composelab-dockerd.log
engine_wait=60

# Without the docker CLI, the module's own client is used, which must work anyway.
engine_answers() {
    if command -v docker >/dev/null 2>&1; then
        timeout 10 docker version --format '{{.Server.Version}}' >/dev/null 2>&1
    else
        run_script "$lib/probe.ps1" >/dev/null 2>&1
    fi
}

is_debian() {
    [ -r /etc/os-release ] && grep -Eq '^ID(_LIKE)?=.*(debian|ubuntu)' /etc/os-release
}

# An engine chosen by the user is never started: ./lab starts only the machine's default engine.
chosen_engine() {
    if [ -n "${DOCKER_HOST:-}" ]; then
        echo "DOCKER_HOST ($DOCKER_HOST)"
    elif [ -n "${DOCKER_CONTEXT:-}" ] && [ "$DOCKER_CONTEXT" != default ]; then
        echo "the docker context '$DOCKER_CONTEXT'"
    else
        config=${DOCKER_CONFIG:-${HOME:-}/.docker}/config.json
        [ -r "$config" ] || return 0
        context=$(sed -n 's/.*"currentContext"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/\1/p' "$config")
        [ -z "$context" ] || [ "$context" = default ] || echo "the docker context '$context'"
    fi
}

ensure_engine() {
    if [ -n "$engine_root" ]; then
        export DOCKER_HOST="unix://$engine_run/docker.sock"
    fi
    ! engine_answers || return 0

    chosen=$(chosen_engine)
    if [ -n "$chosen" ] && [ -z "$engine_root" ]; then
        die "The Docker engine of $chosen does not answer." "docker version"
    fi
    if [ "$(uname -s)" != Linux ] || ! is_debian; then
        die "No Docker engine answers, and ./lab installs one on Debian and Ubuntu only." "docker version"
    fi
    if [ "$(id -u)" -ne 0 ]; then
        if [ -S "$engine_run/docker.sock" ] && [ ! -w "$engine_run/docker.sock" ]; then
            die "The Docker engine's socket $engine_run/docker.sock is not accessible for this user." \
                "sudo usermod -aG docker $(id -un), and log in again"
        fi
        if command -v dockerd >/dev/null 2>&1; then
            die "No Docker engine answers for this user; to start one, root is needed." "sudo $root/lab up"
        fi
        die "No Docker engine is installed; to install one, root is needed." "sudo apt-get install docker.io"
    fi

    install_engine
    ! engine_answers || return 0
    start_engine
}

install_engine() {
    ! command -v dockerd >/dev/null 2>&1 || return 0
    say "no Docker engine found: installing docker.io with apt-get ..."
    export DEBIAN_FRONTEND=noninteractive
    mkdir -p "$root/artifacts"
    if ! { apt-get update -qq && apt-get install -y -qq docker.io; } >"$root/artifacts/apt.log" 2>&1; then
        tail -n 5 "$root/artifacts/apt.log" >&2
        die "The installation of docker.io failed." "apt-get update && apt-get install docker.io"
    fi
}

# name_of PID: the program that runs under a process id; empty if none does. A zombie keeps its name but runs nothing.
name_of() {
    grep -q '^State:[[:space:]]*Z' "/proc/$1/status" 2>/dev/null || cat "/proc/$1/comm" 2>/dev/null || true
}

# containerd exits with the dockerd that started it, but a moment later. A new engine that still finds it would wait forever.
await_death() {
    [ -f "$1" ] || return 0
    dying_pid=$(cat "$1")
    dying_waited=0
    while [ -n "$dying_pid" ] && [ "$(name_of "$dying_pid")" = "$2" ] && [ "$dying_waited" -lt 20 ]; do
        sleep 0.1
        dying_waited=$((dying_waited + 1))
    done
}

# After a hard kill, a pid file can contain the process id of another program, and the engine would never start.
drop_stale_pid() {
    [ -f "$1" ] || return 0
    stale_pid=$(cat "$1")
    if [ -z "$stale_pid" ] || [ "$(name_of "$stale_pid")" != "$2" ]; then
        say "removing $1: its process has exited"
        rm -f "$1"
    fi
}

running_containerd() {
    for comm in /proc/[0-9]*/comm; do
        [ "$(cat "$comm" 2>/dev/null)" != containerd ] || return 0
    done
    return 1
}

clear_leftovers() {
    drop_stale_pid "$engine_run/docker.pid" dockerd
    [ -f "$engine_run/docker.pid" ] || await_death "$engine_run/docker/containerd/containerd.pid" containerd
    drop_stale_pid "$engine_run/docker/containerd/containerd.pid" containerd
    # dockerd would treat the machine's containerd as running because its socket exists, and wait forever.
    if [ -z "$engine_root" ] && [ -S /run/containerd/containerd.sock ] && ! running_containerd; then
        rm -f /run/containerd/containerd.sock
    fi
}

start_engine() {
    if [ -z "$engine_root" ] && [ -d /run/systemd/system ]; then
        say "starting the Docker engine (systemctl start docker) ..."
        systemctl start docker || die "The Docker engine did not start." "journalctl -u docker"
        wait_for_engine ""
        return 0
    fi

    clear_leftovers
    if [ -f "$engine_run/docker.pid" ]; then
        # It is already running and only slow to answer.
        wait_for_engine "$(cat "$engine_run/docker.pid")"
        return 0
    fi

    say "starting the Docker engine (dockerd; its log: $engine_log) ..."
    mkdir -p "$engine_run" "${engine_log%/*}"
    set --
    if [ -n "$engine_root" ]; then
        set -- --host "unix://$engine_run/docker.sock" --pidfile "$engine_run/docker.pid" --exec-root "$engine_run/docker" \
            --data-root "$engine_root/var/lib/docker"
    fi
    # In a separate session, so that neither Ctrl-C here nor closing this terminal stops it.
    setsid nohup dockerd "$@" >>"$engine_log" 2>&1 </dev/null &
    wait_for_engine $!
}

# wait_for_engine PID: waits until it answers; gives up after a minute, or immediately if the process has exited.
wait_for_engine() {
    waited=0
    while ! engine_answers; do
        if [ "$waited" -ge "$engine_wait" ] || { [ -n "$1" ] && ! kill -0 "$1" 2>/dev/null; }; then
            [ ! -r "$engine_log" ] || tail -n 5 "$engine_log" >&2
            die "The Docker engine did not start within $engine_wait seconds." "tail $engine_log"
        fi
        sleep 1
        waited=$((waited + 1))
    done
}

# Images that no registry can provide are built by the lab itself; the script prints what it did.
ensure_images() {
    if [ -x "$root/compose/base-images/ensure.sh" ]; then
        "$root/compose/base-images/ensure.sh" "$@" || die "The lab's base images are missing." "$root/compose/base-images/ensure.sh"
    fi
}
