# Runs the cases of tests/db-cases: starts each project, runs Test-LabDb, applies its recommendation and tests again. The real state comes from the application
# itself. Cases that change only the application share a stack, and several stacks run in parallel. Ends with the line "N passed, N failed, N skipped", and with exit
# code 1 if a case fails.
#   -Quick     only the subset that covers every cause
#   -Name      only the cases with a name like one of these
#   -Parallel  the number of stacks that run at the same time
#   -Report    writes the observations of every case as JSON to this file
#   -Results   writes name, result and seconds of every case to this file, as the XML that ./lab test adds up
param([switch]$Quick, [string[]]$Name = '*', [ValidateRange(1, 32)][int]$Parallel = 6, [string]$Report, [string]$Results)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
$folder = [IO.Path]::Combine($root, 'tests', 'db-cases')
$module = $env:COMPOSELAB_MODULE ? $env:COMPOSELAB_MODULE : [IO.Path]::Combine($root, 'ComposeLab.psd1')
$functions = [IO.Path]::Combine($PSScriptRoot, 'db-case.ps1')
Import-Module $module

$Name = $Name -split ','
$work = [IO.Path]::Combine([IO.Path]::GetTempPath(), "composelab-db-cases-$PID")

function Get-BaseImage {
    if ($env:POSTGRES_IMAGE) { return $env:POSTGRES_IMAGE }
    $file = [IO.Path]::Combine($root, 'compose', '.env')
    $named = if ([IO.File]::Exists($file)) { [IO.File]::ReadAllLines($file) -match '^POSTGRES_IMAGE=.' }
    if ($named) { @($named)[0].Split('=', 2)[1] } else { 'postgres:16-alpine' }
}

$base = Get-BaseImage
$env:POSTGRES_IMAGE = $base
Build-LabImage -Path ([IO.Path]::Combine($folder, 'images.yaml')) | Out-Null
. $functions
$cases = & ([IO.Path]::Combine($folder, 'cases.ps1')) | Where-Object { -not $Quick -or $_.Quick }
$cases = @($cases | Where-Object { $case = $_; $Name | Where-Object { $case.Name -like $_ } })

# Uses as many shared stacks as there is room for in addition to the others. They take longest, so they start first.
$shared, $alone = $cases.Where({ Test-Shareable $_ }, 'Split')
$lanes = [Math]::Max(1, [int][Math]::Round($Parallel * $shared.Count / [Math]::Max(1, $shared.Count + 2 * $alone.Count)))
$jobs = @(
    for ($lane = 0; $lane -lt [Math]::Min($lanes, $shared.Count); $lane++) {
        @{ Project = "pgc-$PID-shared-$lane"; Cases = @(for ($index = $lane; $index -lt $shared.Count; $index += $lanes) { $shared[$index] }) }
    }
    foreach ($case in $alone) { @{ Project = "pgc-$PID-$($case.Name)"; Cases = @($case) } }
)

$seen = @($jobs | ForEach-Object -ThrottleLimit $Parallel -Parallel {
    $base = $using:base
    Import-Module $using:module
    . $using:functions
    $job = $_
    $path = [IO.Path]::Combine($using:work, $job.Project)
    for ($index = 0; $index -lt $job.Cases.Count; $index++) {
        $one = Test-Case $job.Cases[$index] $job.Project $path -Keep:($index -lt $job.Cases.Count - 1)
        $state = if ($one.Faults) { "FAILED: $($one.Faults -join '; ')" } else { 'ok' }
        [Console]::WriteLine(('{0,-26} {1,5:0.0} s  {2,5:0.0} s  {3,-22} {4}' -f $one.Name, $one.All, $one.Seconds, $one.Cause, $state))
        if ($one.Faults) { [Console]::WriteLine("      $($one.Message)`n      $($one.Recommendation)") }
        $one
    }
})
if ($Report) { $seen | ConvertTo-Json -Depth 5 | Set-Content $Report }
if ($Results) {
    $lines = foreach ($one in $seen) {
        $title = [Security.SecurityElement]::Escape("A database that cannot be used: $($one.Name) is $($one.Wanted)")
        $failure = $one.Faults ? "<failure><message>$([Security.SecurityElement]::Escape(($one.Faults + $one.Message) -join "`n"))</message></failure>" : ''
        '  <test-case name="{0}" time="{1}" result="{2}">{3}</test-case>' -f $title, $one.All.ToString([cultureinfo]::InvariantCulture), ($one.Faults ? 'Failure' : 'Success'), $failure
    }
    Set-Content $Results (@('<test-results>') + $lines + '</test-results>')
}
if ([IO.Directory]::Exists($work)) { [IO.Directory]::Delete($work, $true) }
$failed = @($seen | Where-Object Faults).Count
[Console]::WriteLine("$($seen.Count - $failed) passed, $failed failed, 0 skipped")
exit [int]($failed -gt 0)
