# Makes the lab's .env where it is missing; an existing one is the user's.
$ErrorActionPreference = 'Stop'
$compose = Join-Path $PSScriptRoot '../../compose'
if (-not (Test-Path "$compose/.env") -and (Test-Path "$compose/.env.example")) {
    $file = New-LabEnvFile -BundledLab
    Write-Host "lab: made $($file.FullName) with a new password"
}
