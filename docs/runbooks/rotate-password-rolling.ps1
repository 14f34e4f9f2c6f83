# Gives the clients of a database a new password without downtime: creates a second role with the rights of the current one, switches the clients to it, and disables the first.
# Until the end, both roles can log in, so clients that are not restarted yet continue to work. The roles take turns: shop, then shop_b, shop_a, shop_b ...; 'shop' still owns
# everything. Exit code 0 if every client works with the new role; otherwise 1, and the old role still works.
param(
    [string]$Path,
    [string]$ProjectName,
    [string]$LabProfile,
    # The variables of .env that give the clients their user and password.
    [string]$UserVariable = 'DB_USER',
    [string]$PasswordVariable = 'DB_PASSWORD'
)
$ErrorActionPreference = 'Stop'
$project = @{}
if ($Path) { $project.Path = $Path }
if ($LabProfile) { $project.Profile = $LabProfile }
$files = $project.Clone()
if ($ProjectName) { $project.ProjectName = $ProjectName }

$variable = Get-LabVariable $UserVariable @files
$envFile = $variable.Origin.File
if (-not $envFile) { throw "Expected $UserVariable in a .env file, but no file contains it." }
$old = $variable.Value
$owner = $old -replace '_[ab]$'
$new = $owner + ($old -like '*_b' ? '_a' : '_b')

function ConvertTo-SqlName([string]$Name) { '"' + $Name.Replace('"', '""') + '"' }

$role = Invoke-LabQuery 'SELECT rolsuper FROM pg_roles WHERE rolname = @name' -Parameter @{ name = $old } @project
if (-not $role) { throw "The server has no role '$old', which is the value of $UserVariable." }
if ($role.rolsuper) { throw "'$old' is a superuser. Create a separate role for the clients first." }

# The second role acts as the owner, so the owner also owns what it creates. A role from an earlier run is reused.
if (-not (Invoke-LabQuery 'SELECT 1 AS one FROM pg_roles WHERE rolname = @name' -Parameter @{ name = $new } @project)) {
    Invoke-LabQuery "CREATE ROLE $(ConvertTo-SqlName $new) LOGIN IN ROLE $(ConvertTo-SqlName $owner); ALTER ROLE $(ConvertTo-SqlName $new) SET role = '$($owner.Replace("'", "''"))'" @project
}

$password = [Security.Cryptography.RandomNumberGenerator]::GetString('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 32)
$null = New-LabEnvFile -Path $envFile -Destination $envFile -Variable @{ $UserVariable = $new; $PasswordVariable = $password } -Force

# The role gets the new password from the files, then the clients get the role and the password.
$null = Reset-LabDbPassword @project -Role $new
Start-LabStack @project | Out-Default

$check = Test-LabDb @project
$check | Out-Default
if (-not $check.Ok) { exit 1 }

# The owner is kept without a login; a role used only for logins is removed.
if ($old -eq $owner) {
    Invoke-LabQuery "ALTER ROLE $(ConvertTo-SqlName $old) NOLOGIN PASSWORD NULL" @project
}
else {
    Invoke-LabQuery "DROP ROLE $(ConvertTo-SqlName $old)" @project
}
exit 0
