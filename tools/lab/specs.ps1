# Runs spec files under pwsh with Pester 5 and ends with the same last line as the embedded runner.
$ErrorActionPreference = 'Stop'
Import-Module Pester -MinimumVersion 5.5 -MaximumVersion 5.99
Import-Module (Join-Path $PSScriptRoot '../../ComposeLab.psd1')
$configuration = New-PesterConfiguration
$configuration.Run.Path = $args
$configuration.Run.PassThru = $true
$run = Invoke-Pester -Configuration $configuration
$empty = @($run.Containers | Where-Object TotalCount -EQ 0)
$outside = if ($run.FailedCount -eq 0) { $run.FailedBlocksCount + $run.FailedContainersCount + $empty.Count } else { 0 }
"$($run.PassedCount) passed, $($run.FailedCount + $outside) failed, $($run.SkippedCount + $run.InconclusiveCount) skipped"
exit [int]($run.Result -ne 'Passed' -or $empty.Count -gt 0)
