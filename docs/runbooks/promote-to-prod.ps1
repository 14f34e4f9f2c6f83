# Turns the running stack into Prod, behind the policy gate. Without -Yes it shows what would happen and changes nothing.
# Exit code 0 if Prod is running or would be allowed, otherwise 1.
param([string]$Path, [string]$ProjectName, [switch]$Yes)
$ErrorActionPreference = 'Stop'
$project = $PSBoundParameters
[void]$project.Remove('Yes')

# The gate: stop if there is an error in the merged configuration. Start-LabStack would fail too.
$errors = @(Test-LabConfig @project -Profile Prod -Severity Error)
if ($errors) {
    $errors | Out-Default
    exit 1
}

if (-not $Yes) {
    Start-LabStack @project -Profile Prod -WhatIf | Out-Default
    exit 0
}

# Images first, to keep the downtime short.
Build-LabImage @project -Profile Prod | Out-Default
Start-LabStack @project -Profile Prod -RemoveOrphans | Out-Default

$check = Test-LabDb @project -Profile Prod
$check | Out-Default
exit [int](-not $check.Ok)
