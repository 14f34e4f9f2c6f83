# Gives the database a new password, without losing data: in .env, in the secret file, in the database, in the running API.
# Exit code 0 when the database answers afterwards, else 1.
param([string]$Path, [string]$ProjectName, [string]$LabProfile = 'Prod')
$ErrorActionPreference = 'Stop'
$project = $PSBoundParameters
[void]$project.Remove('LabProfile')

$files = @{}
if ($Path) { $files.Path = $Path }
$envFile = (Get-LabVariable POSTGRES_PASSWORD @files).Origin.File
if (-not $envFile) { throw 'Expected POSTGRES_PASSWORD in a .env, found it in none. New-LabEnvFile makes one.' }

# The .env is its own template: everything but the password stays as it is. The secret file that it names gets the same password.
$password = [Security.Cryptography.RandomNumberGenerator]::GetString('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 32)
$null = New-LabEnvFile -Path $envFile -Destination $envFile -Variable @{ POSTGRES_PASSWORD = $password } -Force

# The data volume keeps its old password until it is told; should anything fail from here on, a second run mends it.
$null = Reset-LabDbPassword @project -Profile $LabProfile

# What carries the password in its environment is made anew, what reads it from the secret file has to start again.
Start-LabStack @project -Profile $LabProfile | Out-Default
Restart-LabStack @project -Profile $LabProfile -Service api | Out-Default

$check = Test-LabDb @project -Profile $LabProfile
$check | Out-Default
exit [int](-not $check.Ok)
