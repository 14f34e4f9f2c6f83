# Creates the lab's .env if it is missing; an existing one is kept.
$ErrorActionPreference = 'Stop'
$compose = Join-Path $PSScriptRoot '../../compose'
if (-not (Test-Path "$compose/.env") -and (Test-Path "$compose/.env.example")) {
    $file = New-LabEnvFile -BundledLab
    Write-Host "lab: created $($file.FullName) with a new password"
}
