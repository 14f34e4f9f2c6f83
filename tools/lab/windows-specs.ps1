# Runs spec files with Pester under Wine, where Pester cannot write its own results: windows-specs.ps1 RESULT FILE... The result has a line for each test that
# failed; the counts are its last line.
param([string]$Result, [Parameter(ValueFromRemainingArguments)] [string[]]$File)
$ErrorActionPreference = 'Stop'
Import-Module Pester
$configuration = New-PesterConfiguration
$configuration.Run.Path = $File
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'None'
$run = Invoke-Pester -Configuration $configuration
$faults = @($run.Containers + $run.FailedBlocks + $run.Tests | Where-Object { $_.ErrorRecord -and $_.Result -ne 'Skipped' } | ForEach-Object {
        $lines = @("$($_.ErrorRecord)" -split "`n" | ForEach-Object Trim | Where-Object { $_ } | Select-Object -First 6)
        "failed $($_.ExpandedPath ?? $_.Item): $($lines -join ' | ')"
    })
$failed = $run.FailedCount + $run.FailedContainersCount + $run.FailedBlocksCount
Set-Content $Result @($faults; "$($run.PassedCount) passed, $failed failed, $($run.SkippedCount) skipped")
exit [int]($failed -gt 0)
