# shellcheck shell=sh disable=SC2154
# Prepares what the tests need and starts tools/lab/test.ps1, which runs them. Sourced by ./lab.

# shellcheck source=tools/lab/test-tools.sh
. "$lib/test-tools.sh"

# tests_are_built: whether every test program is here, and neither a source nor an output has changed since the build that wrote the stamp.
tests_are_built() {
    [ -f "$tests_stamp" ] && [ "$(cat "$tests_stamp")" = "$tests_now" ] || return 1
    for folder in "$root"/tests/ComposeLab.*.Tests; do
        [ -f "$folder/bin/Release/net10.0/${folder##*/}.dll" ] || return 1
    done
    [ -z "$(find "$root"/src/*/bin/Release "$root"/tests/*/bin/Release -name '*.dll' -newer "$tests_stamp" 2>/dev/null | head -n 1)" ]
}

# build_tests: builds the module and the tests if needed. A build without a change takes some seconds, too. Everything at once keeps all cores busy; the
# module, staged afterwards, is then compiled already.
build_tests() {
    tests_stamp=$root/artifacts/tests.inputs
    tests_now=$(fingerprint src tests tools/HelpBuilder bench ComposeLab.slnx .editorconfig)
    ! tests_are_built || return 0
    say "building the module and the tests ..."
    compile build ComposeLab.slnx -clp:ErrorsOnly -p:RunTestAnalyzers=false || build_failed "the tests"
    printf '%s\n' "$tests_now" >"$tests_stamp"
}

# run_db_cases NAME: tests the diagnosis of Test-LabDb with every project of tests/db-cases, or those with a name like NAME.
run_db_cases() {
    find_dotnet
    stage
    ensure_engine
    run_script "$lib/env.ps1"
    ensure_images
    run_pwsh -NoProfile -NonInteractive -File "$lib/db-cases.ps1" -Name "$1"
}

# The first process of the engine's process namespace ignores other signals.
end_release() {
    for release_process in $release_network $release_pid; do
        kill -9 "$release_process" 2>/dev/null || true
        wait "$release_process" 2>/dev/null || true
    done
    rm -rf "$release_folder"
}

# run_on_release RELEASE: runs the tests that need an engine with the engine of another release (see release-engine.sh), which is started for them.
run_on_release() {
    find_dotnet
    build_tests
    stage
    precompile_pwsh
    end_compiler
    ensure_test_tools
    ensure_test_tool slirp4netns slirp4netns libslirp0
    release_folder=$root/artifacts/engine-$1
    rm -rf "$release_folder"
    mkdir -p "$release_folder"
    "$lib/release-engine.sh" "$1" "$release_folder" &
    release_pid=$!
    release_network=
    trap end_release EXIT
    export DOCKER_HOST="unix://$release_folder/run/docker.sock"
    release_waited=0
    until engine_answers; do
        if [ "$release_waited" -ge 120 ] || ! kill -0 "$release_pid" 2>/dev/null; then
            [ ! -r "$release_folder/run/dockerd.log" ] || tail -n 5 "$release_folder/run/dockerd.log" >&2
            die "The engine of release $1 did not start."
        fi
        sleep 1
        release_waited=$((release_waited + 1))
    done
    # Builds fetch packages. The firewall of the machine stays as it is.
    LD_LIBRARY_PATH=$(echo "$test_tools"/usr/lib/*-linux-gnu) slirp4netns --configure --mtu=65520 --disable-host-loopback "$release_pid" tap0 >"$release_folder/network.log" 2>&1 &
    release_network=$!
    say "testing with Docker $(docker version --format '{{.Server.Version}}, API {{.Server.APIVersion}}') ..."
    run_script "$lib/env.ps1"
    # Base images that the machine's own engine has are copied, which takes seconds.
    own_images=$(env -u DOCKER_HOST docker image ls --format '{{.Repository}}:{{.Tag}}' 2>/dev/null | grep '^composelab/\(postgres\|sdk\|runtime-deps\):' || true)
    if [ -n "$own_images" ]; then
        # shellcheck disable=SC2086
        env -u DOCKER_HOST docker save $own_images | docker load >/dev/null
    fi
    ensure_images tests
    # The engine publishes its ports in its own network.
    find_pwsh
    POWERSHELL_TELEMETRY_OPTOUT=1 nsenter --net="/proc/$release_pid/ns/net" \
        "$pwsh_program" ${pwsh_dll:+"$pwsh_dll"} -NoLogo -NoProfile -File "$lib/test.ps1" -Dotnet "$dotnet" -EngineOnly
}

# run_on_engines: runs the tests that start three engines, which are too slow for every run.
run_on_engines() {
    find_dotnet
    say "building the tests ..."
    compile build tests/ComposeLab.Cmdlets.Tests -clp:ErrorsOnly || build_failed "the tests"
    end_compiler
    ensure_engine
    ensure_test_tools
    "$dotnet" exec "$root/tests/ComposeLab.Cmdlets.Tests/bin/Release/net10.0/ComposeLab.Cmdlets.Tests.dll" -trait Needs=OwnEngine -noLogo
}

# use_memory SIZE: thousands of small temporary files take a third less time in memory, if there are SIZE KiB of it.
use_memory() {
    memory=/dev/shm
    if [ ! -w "$memory" ] || [ "$(df -Pk "$memory" | awk 'NR == 2 { print $4 }')" -lt "$1" ]; then
        return 0
    fi
    scratch=$(mktemp -d "$memory/composelab-XXXXXX")
    # As /tmp: tests run programs as another user.
    chmod 1777 "$scratch"
    trap 'rm -rf "$scratch"' EXIT
    export TMPDIR="$scratch"
}

# engine_sees FOLDER: an engine in a virtual machine does not have the folders of this one. A container with a folder that is missing is not created.
engine_sees() {
    any_image=$(docker image ls -q | head -n 1)
    [ -n "$any_image" ] && seeing=$(docker create --mount "type=bind,source=$1,target=/scratch" "$any_image" true 2>/dev/null) && docker rm "$seeing" >/dev/null
}

# run_tests [--quick | --long | --accept | --pester [NAME] | --db-cases [NAME] | --engine RELEASE | --engines | --swarm | --windows]
run_tests() {
    mode=${1:-}
    case $mode in
    '') set -- ;;
    --long) [ $# -eq 1 ] || die "Expected no argument after --long, found: $*" "./lab test --long" && set -- -Long ;;
    --quick) [ $# -eq 1 ] || die "Expected no argument after --quick, found: $*" "./lab test --quick" && set -- -Quick ;;
    --accept) [ $# -eq 1 ] || die "Expected no argument after --accept, found: $*" "./lab test --accept" && set -- -Accept ;;
    --pester) [ $# -le 2 ] || die "Expected at most one NAME, found: $*" "./lab test --pester NAME" && set -- -SpecsOnly -Name "${2:-}" ;;
    --db-cases)
        [ $# -le 2 ] || die "Expected at most one NAME, found: $*" "./lab test --db-cases NAME"
        run_db_cases "${2:-*}"
        return
        ;;
    --engine)
        case "$#:${2:-}" in
        2:28 | 2:28-overlay2 | 2:26) ;;
        *) die "Expected one release: 28, 28-overlay2 or 26, found: $*" "./lab test --engine 28" ;;
        esac
        run_on_release "$2"
        return
        ;;
    --engines)
        [ $# -eq 1 ] || die "Expected no argument after --engines, found: $*" "./lab test --engines"
        run_on_engines
        return
        ;;
    --swarm)
        [ $# -eq 1 ] || die "Expected no argument after --swarm, found: $*" "./lab test --swarm"
        # shellcheck source=tools/lab/swarm.sh
        . "$lib/swarm.sh"
        run_on_swarm
        return
        ;;
    --windows)
        [ $# -eq 1 ] || die "Expected no argument after --windows, found: $*" "./lab test --windows"
        # shellcheck source=tools/lab/windows.sh
        . "$lib/windows.sh"
        run_on_windows
        return
        ;;
    *) die "Expected --quick, --long, --accept, --pester, --db-cases, --engine, --engines, --swarm, --windows or nothing, found: $*" "./lab test" ;;
    esac

    find_dotnet
    fetching=
    if [ "$mode" != --quick ] && [ "$mode" != --accept ]; then
        # While the compiler works. What is still missing afterwards is reported.
        mkdir -p "$root/artifacts"
        ensure_test_tools >/dev/null 2>&1 &
        fetching=$!
    fi
    [ "$mode" = --pester ] || build_tests
    stage
    precompile_pwsh
    end_compiler
    if [ -n "$fetching" ]; then
        wait "$fetching" || true
        ensure_engine
        run_script "$lib/env.ps1"
        ensure_images tests
        ensure_test_tools
        if engine_sees /dev/shm; then
            use_memory 4000000
        fi
    else
        use_memory 2000000
    fi
    # It mostly waits; optimizing its code would take seconds of processor time from the tests.
    DOTNET_TC_CallCounting=0 run_pwsh -NoProfile -File "$lib/test.ps1" -Dotnet "$dotnet" "$@"
}
