# Moves a database to another major version of PostgreSQL, after a backup that is proved. Shows the plan and changes nothing without -Yes. Exit code 0 if it succeeds, otherwise 1.
param([string]$Path, [string]$ProjectName, [string]$Service, [Parameter(Mandatory)] [int]$Version, [Parameter(Mandatory)] [string]$Folder, [switch]$Yes)
$ErrorActionPreference = 'Stop'
$project = $PSBoundParameters
foreach ($own in 'Version', 'Folder', 'Yes') { [void]$project.Remove($own) }

Update-LabDb $Version @project -WhatIf
if (-not $Yes) { exit 0 }

# The old volume is kept, too. The backup survives the loss of the engine.
$backups = @(Backup-LabDb * @project -OutFile "$Folder/" -IncludeGlobal -Verify)
if ($backups.Count -eq 0 -or $backups.Verified -contains $false) { exit 1 }

$update = Update-LabDb $Version @project -Force
$update | Format-List | Out-Default
"To return to PostgreSQL $($update.OldVersion): $($update.Rollback)"
exit 0
