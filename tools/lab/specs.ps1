# Runs spec files with Pester and writes the results as NUnit XML: specs.ps1 RESULT EXCLUDED_TAG FILE...
param([string]$Result, [string]$ExcludeTag, [Parameter(ValueFromRemainingArguments)] [string[]]$File)
$ErrorActionPreference = 'Stop'
Import-Module Pester
Import-Module (Join-Path $PSScriptRoot '../../ComposeLab.psd1')
$configuration = New-PesterConfiguration
$configuration.Run.Path = $File
$configuration.Run.PassThru = $true
if ($ExcludeTag) {
    $configuration.Filter.ExcludeTag = $ExcludeTag
}
$configuration.TestResult.Enabled = $true
$configuration.TestResult.OutputPath = $Result
$run = Invoke-Pester -Configuration $configuration

# A file without executed tests is an error.
foreach ($empty in $run.Containers | Where-Object { $_.TotalCount -eq 0 -or $_.TotalCount -eq $_.NotRunCount }) {
    Write-Host "No test ran in $($empty.Item)."
    $run.Result = 'Failed'
}
exit [int]($run.Result -ne 'Passed')
