# Writes a health report as one HTML file. Exit code 0 when every service is well and the rules found no error, else 1, so that a
# scheduler notices.
param([string]$Path, [string]$ProjectName, [string]$LabProfile = 'Prod', [string]$Report = 'report.html')
$ErrorActionPreference = 'Stop'
$project = $PSBoundParameters
[void]$project.Remove('LabProfile')
[void]$project.Remove('Report')
$reported = @{}
if ($Path) { $reported.ProjectPath = $Path }
if ($ProjectName) { $reported.ProjectName = $ProjectName }

Export-LabReport -Path $Report -Profile $LabProfile @reported

$unwell = @(Get-LabService @project -Profile $LabProfile | Where-Object { $_.State -ne 'Running' -or $_.Health -eq 'Unhealthy' })
$errors = @(Test-LabConfig @project -Profile $LabProfile -Severity Error)
exit [int]($unwell.Count + $errors.Count -gt 0)
