# Makes the lab's .env where it is missing; an existing one is the user's.
$ErrorActionPreference = 'Stop'
$compose = [IO.Path]::Combine($PSScriptRoot, '..', '..', 'compose')
if (-not [IO.File]::Exists([IO.Path]::Combine($compose, '.env')) -and [IO.File]::Exists([IO.Path]::Combine($compose, '.env.example'))) {
    $file = New-LabEnvFile
    Write-Host "lab: made $($file.FullName) with a new password"
}
