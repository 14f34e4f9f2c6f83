# Gives the database a new password, without losing data: in the database, in .env, in the secret file, in the running API.
param([string]$Path, [string]$ProjectName, [string]$LabProfile = 'Prod')
$ErrorActionPreference = 'Stop'
$project = $PSBoundParameters
[void]$project.Remove('LabProfile')

$files = @{}
if ($Path) { $files.Path = $Path }
$user = (Get-LabVariable POSTGRES_USER @files).Value
$envFile = (Get-LabVariable POSTGRES_PASSWORD @files).Origin.File
$password = [Security.Cryptography.RandomNumberGenerator]::GetString('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 32)

# The database first: should anything fail later, the new password is already the one that counts, and a second run mends the rest.
Invoke-LabQuery @project -Profile $LabProfile -Query "ALTER ROLE ""$user"" PASSWORD '$password'"

# The .env is its own template: everything but the password stays as it is. The secret file beside it gets the same password.
$null = New-LabEnvFile -Path $envFile -Destination $envFile -Variable @{ POSTGRES_PASSWORD = $password } -Force

Start-LabStack @project -Profile $LabProfile | Out-Null
Restart-LabStack @project -Profile $LabProfile -Service api | Out-Default

$check = Test-LabDb @project -Profile $LabProfile
$check | Out-Default
exit [int](-not $check.Ok)
