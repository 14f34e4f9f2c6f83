# shellcheck shell=sh disable=SC2154
# What every part of ./lab uses: words to the user, and PowerShell wherever it comes from. Sourced, never run.

say() {
    printf 'lab: %s\n' "$1" >&2
}

# die WHAT [COMMAND]: says what was expected and found, and the command to type; changes nothing.
die() {
    say "$1"
    [ $# -lt 2 ] || printf '     Type: %s\n' "$2" >&2
    exit 1
}

# The embedded shell is used where no pwsh of at least 7.4 is installed, or COMPOSELAB_SHELL=embedded asks for it.
has_pwsh() {
    [ "${COMPOSELAB_SHELL:-}" != embedded ] && command -v pwsh >/dev/null 2>&1 || return 1
    pwsh_version=$(pwsh --version 2>/dev/null | sed -n 's/^PowerShell \([0-9]*\)\.\([0-9]*\).*/\1 \2/p')
    [ -n "$pwsh_version" ] || return 1
    pwsh_major=${pwsh_version% *}
    pwsh_minor=${pwsh_version#* }
    [ "$pwsh_major" -gt 7 ] || { [ "$pwsh_major" -eq 7 ] && [ "$pwsh_minor" -ge 4 ]; }
}

# The runtime maps code twice, so that no page can be written and run at once. That guards programs that read what strangers send; a prompt
# that runs what its user typed would pay a twentieth of its start for it.
embedded_shell() {
    DOTNET_EnableWriteXorExecute=0 "$shell_bin" "$@"
}

# run_script FILE [ARGS]: runs a script with the module loaded; returns the script's exit code.
run_script() {
    if has_pwsh; then
        pwsh -NoLogo -NoProfile -File "$lib/run.ps1" "$@"
    else
        embedded_shell --module "$module" run "$@"
    fi
}

open_prompt() {
    if has_pwsh; then
        # shellcheck disable=SC2016
        COMPOSELAB_MODULE=$module exec pwsh -NoLogo -NoExit -Command 'Import-Module $env:COMPOSELAB_MODULE'
    fi
    DOTNET_EnableWriteXorExecute=0 exec "$shell_bin" --module "$module" shell
}
