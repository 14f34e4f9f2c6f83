# Finds out why /db-check fails, and shows the fix. Exit code 0 if nothing is wrong, otherwise 1.
param([string]$Path, [string]$ProjectName, [string]$LabProfile = 'Dev')
$ErrorActionPreference = 'Stop'
$project = $PSBoundParameters
[void]$project.Remove('LabProfile')

$check = Test-LabDb @project -Profile $LabProfile
if ($check.Ok) {
    $check.Message
    exit 0
}

"$($check.Cause): $($check.Message)"
"Type: $($check.Recommendation)"

# The completed checks, and the last output of the containers.
$check.Checks | Out-Default
Get-LabLog @project -Profile $LabProfile -Tail 10 | Out-Default
exit 1
