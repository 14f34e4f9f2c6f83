#!/bin/sh
# Runs the checks for Windows in the folder that windows.sh has filled: `windows-run.sh FOLDER PORT`. The engine answers on PORT. Wine has a file system and
# processes of its own, which end with this process. Needs root.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=$(CDPATH='' cd -- "$here/../.." && pwd -P)
folder=$1
port=$2
results=$root/artifacts/windows-results

# A path of this machine as programs for Windows see it.
windows_path() {
    printf 'Z:%s\n' "$1" | tr / '\\'
}

# wine LIMIT PROGRAM [ARGS]: runs a program for Windows for at most LIMIT seconds. Only these variables exist there. The .NET runtime sometimes crashes when it
# suspends threads under Wine, so it collects garbage seldom.
wine() {
    limit=$1
    shift
    timeout --foreground --kill-after=5 "$limit" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin WINEPREFIX="$folder/prefix" WINEDEBUG=-all \
        WINEDLLOVERRIDES="${wine_overrides:-mshtml=d;winemenubuilder.exe=d}" WINESERVER=/usr/lib/wine/wineserver64 \
        DOTNET_gcConcurrent=0 DOTNET_GCgen0size=0x10000000 DOTNET_ROOT="$(windows_path "$folder/dotnet")" DOTNET_NOLOGO=1 DOTNET_TieredPGO=0 \
        POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off NO_COLOR=1 PSModulePath="$(windows_path "$root/artifacts/test-tools/modules")" \
        CHECK_ENGINE_PORT="$port" CHECK_PROJECT="spec-windows-$port" chroot "$folder/wine" "/usr/lib/wine/${wine_program:-wine64}" "$@"
}

case ${3:-} in
wine)
    shift 3
    wine "$@"
    exit
    ;;
inside) ;;
*)
    rm -rf "$results"
    mkdir -p "$results"
    exec unshare --mount --pid --fork --kill-child --propagation private "$here/windows-run.sh" "$folder" "$port" inside
    ;;
esac

mount -t proc proc /proc
mount --rbind /dev "$folder/wine/dev"
mount -t proc proc "$folder/wine/proc"
mount -t tmpfs tmpfs "$folder/wine/tmp"
# Wine's folder has a link to the root of the file system, which programs that read this checkout must not meet.
mkdir -p "$folder/prefix"
mount -t tmpfs tmpfs "$folder/prefix"
mkdir -p "$folder/wine$root"
mount --rbind "$root" "$folder/wine$root"

# shell LIMIT FILE [ARGS]: runs a script in PowerShell for Windows, which does nothing without a terminal. It types what is in the variable keys.
shell() {
    shell_limit=$1
    shift
    words=
    for word in "$(windows_path "$folder/pwsh/pwsh.exe")" -NoLogo -NoProfile -NonInteractive -File "$@"; do
        words="$words '$word'"
    done
    script -qec "stty cols 200 rows 50; '$here/windows-run.sh' '$folder' '$port' wine $shell_limit $words" /dev/null <"$results/keys"
}

# Without .NET only while the folder is made: this can start programs without end, so its time is limited.
wine_overrides='mscoree=d;mshtml=d' wine 120 wineboot -i >"$results/wineboot.log" 2>&1 || {
    echo "lab: Wine could not prepare its folder." >&2
    exit 1
}
# The registry is written when the last program has ended.
wine_program=wineserver64 wine 60 -w

passed=0
failed=0
skipped=0

# count TITLE: adds the counts of a result file, whose last line has them; prints its other lines, which are failures.
count() {
    last=$(tail -n 1 "$results/$1.txt" 2>/dev/null | tr -d '\r' | sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed, \([0-9]*\) skipped$/\1 \2 \3/p')
    if [ -z "$last" ]; then
        tail -n 20 "$results/$1.log"
        last='0 1 0'
    else
        sed '$d' "$results/$1.txt"
    fi
    # shellcheck disable=SC2086
    set -- "$1" $last
    echo "=== $1: $2 passed, $3 failed, $4 skipped"
    passed=$((passed + $2))
    failed=$((failed + $3))
    skipped=$((skipped + $4))
}

# run_specs TITLE FILE...: runs spec files with Pester.
run_specs() {
    title=$1
    shift
    files=
    for file in "$@"; do
        files="$files $(windows_path "$file")"
    done
    printf '%b' "${keys:-}" >"$results/keys"
    for attempt in 1 2 3; do
        # shellcheck disable=SC2086
        shell 120 "$(windows_path "$here/windows-specs.ps1")" "$(windows_path "$results/$title.txt")" $files >"$results/$title.log" 2>&1 || true
        crashed || break
    done
    count "$title"
}

# crashed: whether there is no result because of a crash, which is worth another attempt.
crashed() {
    [ ! -f "$results/$title.txt" ] && grep -q 'Fatal error' "$results/$title.log" || return 1
    echo "=== $title: .NET crashed under Wine, attempt $attempt"
}

# run_units PROJECT: runs the tests of a project that need no engine.
run_units() {
    title=$1
    for attempt in 1 2 3; do
        run_units_once "$1"
        crashed || break
    done
    count "$1"
}

run_units_once() {
    wine 300 "$(windows_path "$folder/check/WindowsCheck.exe")" tests "$(windows_path "$root/tests/$1/bin/Release/net10.0/$1.dll")" \
        "$(windows_path "$results/$1.txt")" "$(windows_path "$root/tests/windows/unix-only.txt")" >"$results/$1.log" 2>&1 || true
}

# The engine's pipe, in front of the port that leads to it.
wine 3000 "$(windows_path "$folder/check/WindowsCheck.exe")" pipe docker_engine "$port" >"$results/relay.log" 2>&1 &

run_specs Files "$root/tests/windows/Files.Tests.ps1"
run_specs Engine "$root/tests/windows/Engine.Tests.ps1"
# In the last line, two keys to the left, delete, and end.
keys="stty size >/tmp/typed\\recho AXC\\033[D\\033[D\\033[3~B\\033[F >>/tmp/typed\\rexit 7\\r"
run_specs Console "$root/tests/windows/Console.Tests.ps1"
keys=
for spec in Compare-LabConfig Get-LabVariable New-LabEnvFile Show-MergedConfig Test-LabConfig; do
    set -- "$@" "$root/tests/pester/$spec.Tests.ps1"
done
shift 3
run_specs Specs "$@"

run_units ComposeLab.Compose.Tests
run_units ComposeLab.Engine.Tests

wine_program=wineserver64 wine 20 -k || true
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
