# shellcheck shell=sh disable=SC2154
# Shared by all parts of ./lab: messages to the user, and PowerShell. Sourced, never run.

say() {
    printf 'lab: %s\n' "$1" >&2
}

# die WHAT [COMMAND]: prints what was expected and found, and the command that fixes it; changes nothing.
die() {
    say "$1"
    [ $# -lt 2 ] || printf '     Type: %s\n' "$2" >&2
    exit 1
}

# An installed pwsh is used if it is 7.4 or later.
has_installed_pwsh() {
    command -v pwsh >/dev/null 2>&1 || return 1
    pwsh_version=$(pwsh --version 2>/dev/null | sed -n 's/^PowerShell \([0-9]*\)\.\([0-9]*\).*/\1 \2/p')
    [ -n "$pwsh_version" ] || return 1
    [ "${pwsh_version% *}" -gt 7 ] || { [ "${pwsh_version% *}" -eq 7 ] && [ "${pwsh_version#* }" -ge 4 ]; }
}

# tool_pwsh: sets pwsh_dll to PowerShell of the tool manifest, precompiled if that was done; empty if it is not in a package cache.
tool_pwsh() {
    tool_version=$(sed -n '/"powershell"/,/}/s/.*"version": *"\([^"]*\)".*/\1/p' "$root/.config/dotnet-tools.json")
    pwsh_in "${NUGET_PACKAGES:-${HOME:-}/.nuget/packages}" && return 0
    pwsh_in "$(cd "$root" && "$dotnet" nuget locals global-packages --list 2>/dev/null | sed -n 's/^global-packages: *//p')" || true
}

pwsh_in() {
    for pwsh_dll in "${1%/}/powershell/$tool_version"/tools/*/any/unix/pwsh.dll; do
        [ -f "$pwsh_dll" ] || continue
        [ ! -f "$root/artifacts/powershell/$tool_version/pwsh.dll" ] || pwsh_dll=$root/artifacts/powershell/$tool_version/pwsh.dll
        return 0
    done
    pwsh_dll=
    return 1
}

# find_pwsh: sets pwsh_program and pwsh_dll: the installed PowerShell, or the one of the tool manifest, which is kept in the package cache.
find_pwsh() {
    [ -z "${pwsh_program:-}" ] || return 0
    if has_installed_pwsh; then
        pwsh_program=$(command -v pwsh)
        pwsh_dll=
        return 0
    fi
    find_dotnet
    tool_pwsh
    if [ -z "$pwsh_dll" ]; then
        say "fetching PowerShell (dotnet tool restore) ..."
        tool_said=$(cd "$root" && "$dotnet" tool restore 2>&1) || true
        tool_pwsh
    fi
    if [ -z "$pwsh_dll" ]; then
        printf '%s\n' "$tool_said" >&2
        die "PowerShell 7.4 or later was not found on PATH, and 'dotnet tool restore' did not provide it." "dotnet tool install --global PowerShell"
    fi
    pwsh_program=$dotnet
}

# run_pwsh ARGS: runs PowerShell.
run_pwsh() {
    find_pwsh
    POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off "$pwsh_program" ${pwsh_dll:+"$pwsh_dll"} -NoLogo "$@"
}

# run_script FILE [ARGS]: runs a script with the module loaded; returns the script's exit code.
run_script() {
    run_pwsh -NoProfile -File "$lib/run.ps1" "$@"
}

open_prompt() {
    find_pwsh
    # shellcheck disable=SC2016
    COMPOSELAB_MODULE=$module POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off \
        exec "$pwsh_program" ${pwsh_dll:+"$pwsh_dll"} -NoLogo -NoExit -Command 'Import-Module $env:COMPOSELAB_MODULE'
}
