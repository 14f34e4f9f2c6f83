# Runs a script file with the module loaded, under pwsh: run.ps1 FILE [ARGS]. Without a param block, $args records which of
# its words are parameter names. The exit code is the script's own.
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot '../../ComposeLab.psd1')
$ErrorActionPreference = 'Continue'
# PowerShell itself uses colors when it writes to a file or a pipe.
if ([Console]::IsOutputRedirected) {
    $PSStyle.OutputRendering = 'PlainText'
}
$script, $rest = $args[0], @($args | Select-Object -Skip 1)
$global:LASTEXITCODE = 0
# A table is held back until its columns are known, and exit would drop it.
& (Resolve-Path -LiteralPath $script).ProviderPath @rest | Out-Default
if ($?) {
    exit 0
}
exit $(if ($LASTEXITCODE) { $LASTEXITCODE } else { 1 })
