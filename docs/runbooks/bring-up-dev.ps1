# Brings up Dev and checks its database. Exit code 0 if it answers, otherwise 1.
param([string]$Path, [string]$ProjectName)
$ErrorActionPreference = 'Stop'
$project = $PSBoundParameters

Start-LabStack @project -Profile Dev | Out-Default

$check = Test-LabDb @project -Profile Dev
$check | Out-Default
exit [int](-not $check.Ok)
