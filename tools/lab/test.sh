# shellcheck shell=sh disable=SC2154
# Prepares what the tests need and starts tools/lab/test.ps1, which runs them. Sourced by ./lab.

# shellcheck source=tools/lab/test-tools.sh
. "$lib/test-tools.sh"

# run_db_cases NAME: tests the diagnosis of Test-LabDb with every project of tests/db-cases, or those with a name like NAME.
run_db_cases() {
    find_dotnet
    stage
    ensure_engine
    run_script "$lib/env.ps1"
    ensure_images
    run_pwsh -NoProfile -NonInteractive -File "$lib/db-cases.ps1" -Name "$1"
}

# run_tests [--quick | --long | --accept | --pester [NAME] | --db-cases [NAME]]
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
    *) die "Expected --quick, --long, --accept, --pester, --db-cases or nothing, found: $*" "./lab test" ;;
    esac

    find_dotnet
    # Everything at once keeps all cores busy; the module, staged afterwards, is then compiled already.
    if [ "$mode" != --pester ]; then
        say "building the module and the tests ..."
        compile build ComposeLab.slnx -clp:ErrorsOnly || build_failed "the tests"
    fi
    stage
    end_compiler
    if [ "$mode" != --quick ] && [ "$mode" != --accept ]; then
        ensure_engine
        run_script "$lib/env.ps1"
        ensure_images tests
        ensure_test_tools
    fi
    run_pwsh -NoProfile -File "$lib/test.ps1" -Dotnet "$dotnet" "$@"
}
