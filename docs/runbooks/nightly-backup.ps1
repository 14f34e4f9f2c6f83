# Backs up the databases of a project to a folder, proves that each backup can be restored, and deletes outdated ones. Exit code 0 if all backups are good, otherwise 1.
param([string]$Path, [string]$ProjectName, [string]$Service, [string[]]$Database = '*', [Parameter(Mandatory)] [string]$Folder, [string]$Keep = '7d4w12m')
$ErrorActionPreference = 'Stop'
$project = $PSBoundParameters
foreach ($own in 'Database', 'Folder', 'Keep') { [void]$project.Remove($own) }

# A backup that fails its test is an error, but the other databases are still backed up.
$backups = @(Backup-LabDb $Database @project -OutFile "$Folder/" -IncludeGlobal -Verify -Keep $Keep -ErrorAction Continue)
$backups | Out-Default
exit [int]($backups.Count -eq 0 -or $backups.Verified -contains $false)
