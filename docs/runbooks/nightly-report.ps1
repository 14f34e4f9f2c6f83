# Writes a health report as one HTML file. Exit code 0 if every service is healthy and the rules found no error, otherwise 1, so that a
# scheduler can detect it.
param([string]$Path, [string]$ProjectName, [string]$LabProfile = 'Prod', [string]$Report = 'report.html')
$ErrorActionPreference = 'Stop'
$project = $PSBoundParameters
[void]$project.Remove('LabProfile')
[void]$project.Remove('Report')
$reported = @{}
if ($Path) { $reported.Path = $Path }
if ($ProjectName) { $reported.ProjectName = $ProjectName }

Export-LabReport -OutFile $Report -Profile $LabProfile @reported

# A service without a container is not listed, so the expected services are read from the files.
$containers = @(Get-LabService @project -Profile $LabProfile)
$unwell = @((Show-MergedConfig @project -Profile $LabProfile -AsObject).services.PSObject.Properties.Name | Where-Object {
        $own = @($containers | Where-Object Service -EQ $_)
        $own.Count -eq 0 -or @($own | Where-Object { $_.State -ne 'Running' -or $_.Health -eq 'Unhealthy' }).Count -gt 0
    })
$errors = @(Test-LabConfig @project -Profile $LabProfile -Severity Error)
exit [int]($unwell.Count + $errors.Count -gt 0)
