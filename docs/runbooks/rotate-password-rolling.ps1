# Gives the clients of a database a new password without downtime: creates a second role with the rights of the present one, switches the clients to it, and closes the first.
# Until the end both roles can log in, so clients that are not restarted yet go on working. The roles take turns: shop, then shop_b, shop_a, shop_b ...; 'shop' keeps owning
# everything. Exit code 0 when every client works with the new role, else 1: then the old role still works.
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
if (-not $envFile) { throw "Expected $UserVariable in a .env file, found it in none." }
$old = $variable.Value
$owner = $old -replace '_[ab]$'
$new = $owner + ($old -like '*_b' ? '_a' : '_b')

function ConvertTo-SqlName([string]$Name) { '"' + $Name.Replace('"', '""') + '"' }

$role = Invoke-LabQuery 'SELECT rolsuper FROM pg_roles WHERE rolname = @name' -Parameter @{ name = $old } @project
if (-not $role) { throw "The server has no role '$old', which $UserVariable names." }
if ($role.rolsuper) { throw "'$old' is a superuser. Give the clients a role of their own first." }

# The second role acts as the owner: what it creates belongs to the owner, too. One that an earlier run left is used again.
if (-not (Invoke-LabQuery 'SELECT 1 AS one FROM pg_roles WHERE rolname = @name' -Parameter @{ name = $new } @project)) {
    Invoke-LabQuery "CREATE ROLE $(ConvertTo-SqlName $new) LOGIN IN ROLE $(ConvertTo-SqlName $owner); ALTER ROLE $(ConvertTo-SqlName $new) SET role = '$($owner.Replace("'", "''"))'" @project
}

$password = [Security.Cryptography.RandomNumberGenerator]::GetString('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 32)
$null = New-LabEnvFile -Path $envFile -Destination $envFile -Variable @{ $UserVariable = $new; $PasswordVariable = $password } -Force

# The role gets the password that the files now give the clients; then the clients get both.
$null = Reset-LabDbPassword @project -Role $new
Start-LabStack @project | Out-Default

$check = Test-LabDb @project
$check | Out-Default
if (-not $check.Ok) { exit 1 }

# The owner stays, without a login; a role that only logged in goes.
if ($old -eq $owner) {
    Invoke-LabQuery "ALTER ROLE $(ConvertTo-SqlName $old) NOLOGIN PASSWORD NULL" @project
}
else {
    Invoke-LabQuery "DROP ROLE $(ConvertTo-SqlName $old)" @project
}
exit 0
