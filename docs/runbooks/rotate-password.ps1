# Sets a new database password, without losing data: in .env, in the secret file, in the database, in the running API.
# Exit code 0 if the database answers afterwards, otherwise 1.
param([string]$Path, [string]$ProjectName, [string]$LabProfile = 'Prod')
$ErrorActionPreference = 'Stop'
$project = $PSBoundParameters
[void]$project.Remove('LabProfile')

$files = @{}
if ($Path) { $files.Path = $Path }
$envFile = (Get-LabVariable POSTGRES_PASSWORD @files).Origin.File
if (-not $envFile) { throw 'POSTGRES_PASSWORD was not found in any .env. Create one with New-LabEnvFile.' }

# The .env is its own template: everything except the password is kept. Its secret file gets the same password.
$password = [Security.Cryptography.RandomNumberGenerator]::GetString('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 32)
$null = New-LabEnvFile -Path $envFile -Destination $envFile -Variable @{ POSTGRES_PASSWORD = $password } -Force

# The data volume keeps its old password until it is changed. If anything fails from here on, a second run fixes it.
$null = Reset-LabDbPassword @project -Profile $LabProfile

# Containers with the password in their environment are recreated; containers that read the secret file must be restarted.
Start-LabStack @project -Profile $LabProfile | Out-Default
Restart-LabStack @project -Profile $LabProfile -Service api | Out-Default

$check = Test-LabDb @project -Profile $LabProfile
$check | Out-Default
exit [int](-not $check.Ok)
