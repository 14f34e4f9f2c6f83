# Restores a backup into Dev: beside its database, with personal data masked before a service can see it, and then exchanged. Exit code 0 if it succeeds, otherwise 1.
param(
    [string]$Path, [string]$ProjectName, [string]$Service,
    [Parameter(Mandatory)] [string]$BackupFile, [Parameter(Mandatory)] [string]$MaskFile, [Parameter(Mandatory)] [string]$Database)
$ErrorActionPreference = 'Stop'
$project = $PSBoundParameters
foreach ($own in 'BackupFile', 'MaskFile', 'Database') { [void]$project.Remove($own) }
$project.Profile = 'Dev'

$draft = "$($Database)_unmasked"
$null = Restore-LabDb $BackupFile @project -Into $draft -NoOwner -Force -DiscardOld
$folder = New-Item (Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid())) -ItemType Directory
try {
    # The SQL in MaskFile replaces names, addresses and the like: UPDATE customers SET email = 'user' || id || '@example.com';
    Invoke-LabQuery -InputFile $MaskFile @project -Database $draft -TimeoutSec 3600

    # The masked database becomes a backup, which replaces the one that the services use.
    $masked = Backup-LabDb $draft @project -OutFile (Join-Path $folder masked.dump)
    Restore-LabDb $masked.BackupFile @project -Into $Database -NoOwner -Force -DiscardOld | Out-Default
}
finally {
    Remove-Item $folder -Recurse -Force
    Invoke-LabQuery "DROP DATABASE IF EXISTS `"$draft`" WITH (FORCE)" @project -Database postgres
}
exit 0
