# Restores a backup into a development stack: beside its database, with personal data masked before anybody can see it, and then exchanged. Exit code 0 if it succeeds, otherwise 1.
param([string]$Path, [string]$ProjectName, [Parameter(Mandatory)] [string]$BackupFile, [Parameter(Mandatory)] [string]$MaskFile, [Parameter(Mandatory)] [string]$Database)
$ErrorActionPreference = 'Stop'
$project = @{ Profile = 'Dev' }
foreach ($name in 'Path', 'ProjectName') { if ($PSBoundParameters[$name]) { $project[$name] = $PSBoundParameters[$name] } }

$draft = "$($Database)_unmasked"
$null = Restore-LabDb $BackupFile @project -Into $draft -NoOwner -Force -DiscardOld

# The SQL of MaskFile replaces names, addresses and the like, for example: UPDATE customers SET email = 'user' || id || '@example.com';
Invoke-LabQuery -InputFile $MaskFile @project -Database $draft -TimeoutSec 3600

# The masked database becomes a backup, which replaces the one that the services use.
$folder = New-Item (Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid())) -ItemType Directory
try {
    $masked = Backup-LabDb $draft @project -OutFile (Join-Path $folder masked.dump)
    Restore-LabDb $masked.BackupFile @project -Into $Database -NoOwner -Force -DiscardOld | Out-Default
}
finally {
    Remove-Item $folder -Recurse -Force
    Invoke-LabQuery "DROP DATABASE IF EXISTS `"$draft`" WITH (FORCE)" @project -Database postgres
}
