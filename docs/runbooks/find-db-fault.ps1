# Finds why /db-check fails, and says what to type next. Exit code 0 when nothing is wrong, else 1.
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

# How far it came, and what the containers said last.
$check.Checks | Out-Default
Get-LabLog @project -Profile $LabProfile -Tail 10 | Out-Default
exit 1
