# shellcheck shell=sh disable=SC2154
# The tests that need a swarm of three nodes. Sourced by test.sh.

# The engines of a swarm are the children of one process.
end_swarm() {
    kill -9 "$swarm_pid" 2>/dev/null || true
    wait "$swarm_pid" 2>/dev/null || true
    rm -rf "$swarm_folder"
}

# run_on_swarm: runs the tests that need a swarm, with three engines that are started for them (see swarm-engines.sh).
run_on_swarm() {
    [ "$(id -u)" -eq 0 ] || die "The engines of a swarm need root." "sudo $root/lab test --swarm"
    find_dotnet
    say "building the module and the tests ..."
    compile build ComposeLab.slnx -clp:ErrorsOnly -p:RunTestAnalyzers=false || build_failed "the tests"
    stage
    end_compiler
    ensure_engine
    run_script "$lib/env.ps1"
    ensure_images tests
    ensure_test_tools
    # The path of a socket must be short.
    swarm_folder=$(mktemp -d)
    "$lib/swarm-engines.sh" "$swarm_folder" &
    swarm_pid=$!
    trap end_swarm EXIT
    swarm_waited=0
    until [ -f "$swarm_folder/ready" ]; do
        if [ "$swarm_waited" -ge 120 ] || ! kill -0 "$swarm_pid" 2>/dev/null; then
            die "The engines of the swarm did not start."
        fi
        sleep 1
        swarm_waited=$((swarm_waited + 1))
    done
    find_pwsh
    # The ports that a node publishes are in its network.
    COMPOSELAB_SWARM=$swarm_folder POWERSHELL_TELEMETRY_OPTOUT=1 nsenter --net="/proc/$(pgrep -o -f "dockerd --data-root $swarm_folder/n1/")/ns/net" \
        "$pwsh_program" ${pwsh_dll:+"$pwsh_dll"} -NoLogo -NoProfile -File "$lib/test.ps1" -Dotnet "$dotnet" -Swarm
}
