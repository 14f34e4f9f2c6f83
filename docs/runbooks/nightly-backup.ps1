# Backs up every database of a project to a folder, proves that each backup can be restored, and deletes outdated ones. Exit code 0 if all backups are good, otherwise 1.
param([string]$Path, [string]$ProjectName, [Parameter(Mandatory)] [string]$Folder, [string]$Keep = '7d4w12m')
$ErrorActionPreference = 'Stop'
$project = @{}
foreach ($name in 'Path', 'ProjectName') { if ($PSBoundParameters[$name]) { $project[$name] = $PSBoundParameters[$name] } }

# A backup that fails its test is an error, but the other databases are still backed up.
$backups = @(Backup-LabDb * @project -OutFile "$Folder/" -IncludeGlobal -Verify -Keep $Keep -ErrorAction Continue)
$backups | Out-Default
exit [int]($backups.Count -eq 0 -or $backups.Verified -contains $false)
