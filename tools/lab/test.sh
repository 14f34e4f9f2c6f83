# shellcheck shell=sh disable=SC2154
# Runs the test projects and the specs, and adds up what they counted. Sourced by ./lab.

# shellcheck source=tools/lab/test-tools.sh
. "$lib/test-tools.sh"

passed=0
failed=0
skipped=0
broken=0

# add PASSED FAILED SKIPPED WHAT: adds a part's numbers; a part in which nothing ran proves nothing, so it fails.
add() {
    passed=$((passed + $1))
    failed=$((failed + $2))
    skipped=$((skipped + $3))
    if [ $(($1 + $2 + $3)) -eq 0 ]; then
        say "no test ran in $4"
        broken=1
    fi
}

# numbers FILE PATTERN: the three numbers in the last line that matches.
numbers() {
    sed -n "s/$2/\\1 \\2 \\3/p" "$1" | tail -n 1
}

run_project() {
    project=${1%/}
    name=${project##*/}
    out=$root/artifacts/$name.log
    code=0
    "$dotnet" test "$project" -c Release --no-build --nologo >"$out" 2>&1 || code=$?
    cat "$out"
    counts=$(numbers "$out" '.*Failed: *\([0-9]*\), Passed: *\([0-9]*\), Skipped: *\([0-9]*\), Total:.*')
    # shellcheck disable=SC2086
    set -- ${counts:-0 0 0}
    add "$2" "$1" "$3" "$name"
    if [ "$code" -ne 0 ] && [ "$1" -eq 0 ]; then
        say "$name ended with exit code $code"
        broken=1
    fi
}

# run_specs WHAT COMMAND...: runs the specs by that command and counts what its last line tells.
run_specs() {
    what=$1
    out=$root/artifacts/specs.log
    code=0
    shift
    "$@" >"$out" 2>&1 || code=$?
    cat "$out"
    counts=$(numbers "$out" '^\([0-9]*\) passed, \([0-9]*\) failed, \([0-9]*\) skipped$')
    # shellcheck disable=SC2086
    set -- ${counts:-0 0 0}
    add "$1" "$2" "$3" "$what"
    if [ "$code" -ne 0 ] && [ "$2" -eq 0 ]; then
        say "$what ended with exit code $code"
        broken=1
    fi
}

specs_of_pwsh() {
    pwsh -NoLogo -NoProfile -File "$lib/specs.ps1" "$@"
}

specs_of_tool() {
    (cd "$root" && PSModulePath=$test_tools/modules POWERSHELL_TELEMETRY_OPTOUT=1 "$dotnet" tool run pwsh -NoLogo -NoProfile -File "$lib/specs.ps1" "$@")
}

specs_of_shell() {
    [ -x "$shell_bin" ] || stage_part "the embedded shell" "$root/artifacts/shell" ComposeLab.Shell.dll build_shell src/ComposeLab.Shell
    embedded_shell --module "$module" spec "$@"
}

has_pester() {
    has_pwsh && pwsh -NoLogo -NoProfile -Command 'exit [int]-not (Get-Module Pester -ListAvailable | Where-Object Version -ge 5.5)'
}

# A quick run asks one shell, the whole run both: what a user's PowerShell does with a spec, and what the embedded one does.
run_all_specs() {
    if has_pester; then
        run_specs "the specs under pwsh" specs_of_pwsh "$@"
    elif [ -z "$only_specs" ]; then
        if ensure_pester; then
            run_specs "the specs under PowerShell" specs_of_tool "$@"
        else
            tail -n 3 "$root/artifacts/test-tools.log" >&2
            say "PowerShell and Pester cannot be had: the specs run on the embedded shell only"
        fi
    fi
    if [ -z "$only_specs" ] || ! has_pester; then
        run_specs "the specs on the embedded shell" specs_of_shell "$@"
    fi
}

# run_tests [--pester [NAME]]
run_tests() {
    pattern=
    only_specs=
    if [ "${1:-}" = --pester ]; then
        only_specs=1
        pattern=${2:-}
    elif [ $# -gt 0 ]; then
        die "Expected --pester or nothing, found: $*" "./lab test"
    fi

    stage
    find_dotnet
    ensure_engine
    run_script "$lib/env.ps1"
    ensure_images
    ensure_test_tools
    export COMPOSELAB_TEST_ENGINE=require

    if [ -z "$only_specs" ]; then
        say "building the tests ..."
        (cd "$root" && "$dotnet" build ComposeLab.slnx -p:RestoreLockedMode=true -c Release --nologo -v quiet -clp:ErrorsOnly -nodeReuse:false) ||
            die "The build of the tests failed." "cd '$root' && $dotnet build ComposeLab.slnx"
        for project in "$root"/tests/ComposeLab.*.Tests/; do
            run_project "$project"
        done
    fi

    set --
    for spec in "$root"/tests/pester/*"$pattern"*.Tests.ps1; do
        [ ! -f "$spec" ] || set -- "$@" "$spec"
    done
    [ $# -gt 0 ] || die "Expected a spec whose file name holds '$pattern', found none." "ls tests/pester"
    run_all_specs "$@"

    echo "$passed passed, $failed failed, $skipped skipped"
    [ $((failed + broken)) -eq 0 ]
}
