# Runs the test projects and the spec files in parallel and adds up their results. ./lab and build.ps1 call it after building
# everything. Tests that need an engine are marked: in xunit with the trait Needs=Engine, in a spec with the tag Engine. Tests that start or stop
# their own engine (Needs=OwnEngine) run one after the other.
param(
    [string]$Dotnet = 'dotnet',
    # Only tests that need no engine.
    [switch]$Quick,
    # Many more random files and killed starts.
    [switch]$Long,
    # Only tests that need an engine, except those of the scripts.
    [switch]$EngineOnly,
    # Only tests that need a swarm of three nodes.
    [switch]$Swarm,
    # Write the golden files instead of comparing with them; implies -Quick, because none of them needs an engine.
    [switch]$Accept,
    [switch]$SpecsOnly,
    # Only the specs with this text in their file name.
    [string]$Name = ''
)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$root = Convert-Path "$PSScriptRoot/../.."
$results = Join-Path $root 'artifacts/test-results'
$tools = Join-Path $root 'artifacts/test-tools'
$Quick = $Quick -or $Accept

Remove-Item $results -Recurse -Force -ErrorAction Ignore
$null = New-Item $results -ItemType Directory -Force

# Pester and the other packages of tools/TestPackages come from the package registry and are kept below artifacts.
$stamp = Join-Path $tools 'packages.txt'
$versions = ([xml](Get-Content "$root/Directory.Packages.props" -Raw)).Project.PropertyGroup | ForEach-Object { $_.PesterVersion, $_.OtherYamlDotNetVersion, $_.OtherNpgsqlVersion }
if (-not (Test-Path $stamp) -or (Get-Content $stamp -Raw) -ne "$versions") {
    Write-Host 'lab: fetching Pester ...'
    & $Dotnet restore "$root/tools/TestPackages" --nologo -v quiet
    & $Dotnet msbuild "$root/tools/TestPackages" -t:Stage "-p:Folder=$tools" -nologo -v:quiet
    if ($LASTEXITCODE -ne 0) {
        Write-Host 'lab: The packages of tools/TestPackages could not be restored from the package registry.'
        Write-Host "     Type: dotnet restore '$root/tools/TestPackages'"
        exit 1
    }
    Set-Content $stamp "$versions" -NoNewline
}

# This PowerShell again; one that is installed as a .NET tool is a process of dotnet.
$shell = @([Environment]::ProcessPath)
if ((Split-Path $shell[0] -LeafBase) -eq 'dotnet') {
    $shell += Join-Path $PSHOME 'pwsh.dll'
}

# Every test project is a program. It runs the tests without the traits of -Skip, or only those with the trait of -Only.
function New-ProjectPart {
    param([string]$Title, [string]$Project, [string[]]$Skip, [string]$Only)

    $filter = @($Skip | Where-Object { $_ } | ForEach-Object { '-trait-'; "Needs=$_" }; if ($Only) { '-trait'; "Needs=$Only" })
    @{
        Title   = $Title
        Result  = "$results/$Title.xml"
        Command = @($Dotnet; 'exec'; "$root/tests/$Project/bin/Release/net10.0/$Project.dll"; $filter; '-noLogo'; '-noColor'; '-result-xml'; "$results/$Title.xml")
    }
}

function New-SpecPart {
    param([string]$Title, [IO.FileInfo[]]$File)

    @{
        Title   = $Title
        Result  = "$results/$Title.xml"
        Command = @($shell; '-NoLogo'; '-NoProfile'; '-File'; "$PSScriptRoot/specs.ps1"; "$results/$Title.xml"; $Quick ? 'Engine' : ''; $File.FullName)
    }
}

# Name, Seconds, Result and Message of every test of a part.
function Read-Result {
    param([string]$File)

    if (-not (Test-Path $File)) {
        return
    }
    $xml = [xml](Get-Content $File -Raw)
    foreach ($test in $xml.SelectNodes('/assemblies/assembly/collection/test')) {
        [pscustomobject]@{ Name = $test.name; Seconds = [double]$test.time; Result = $test.result; Message = $test.SelectSingleNode('failure/message').InnerText }
    }
    # A failure outside of a test, such as the removal of a stack that several tests share.
    foreach ($fault in $xml.SelectNodes('/assemblies/assembly/errors/error')) {
        [pscustomobject]@{ Name = "$($fault.type) $($fault.name)"; Seconds = 0; Result = 'Error'; Message = $fault.SelectSingleNode('failure').InnerText }
    }
    foreach ($test in $xml.SelectNodes('//test-case')) {
        [pscustomobject]@{ Name = $test.name; Seconds = [double]$test.time; Result = $test.result; Message = $test.SelectSingleNode('failure/message').InnerText }
    }
}

# A separate PowerShell process takes as long as the tests of a spec. Specs that build the lab take long and run alone; those with small stacks share
# a few processes, and those without an engine share one.
$groups = 3
$specs = Get-ChildItem "$root/tests/pester" -Filter "*$Name*.Tests.ps1"
$engineSpecs, $plainSpecs = $specs.Where({ Select-String -Path $_ -Pattern '^Describe .*-Tag Engine' -Quiet }, 'Split')
if ($EngineOnly) {
    $plainSpecs = @()
}
if ($Quick) {
    $plainSpecs = @($specs | Where-Object { Select-String -Path $_ -Pattern '^Describe (?!.*-Tag Engine)' -Quiet })
    $engineSpecs = @()
}
$labSpecs, $stackSpecs = $engineSpecs.Where({ Select-String -Path $_ -Pattern 'New-LabCopy' -Quiet }, 'Split')
if ($SpecsOnly -and -not $specs) {
    Write-Host "lab: No spec with '$Name' in its file name found."
    Write-Host '     Type: ls tests/pester'
    exit 1
}

$parts = @(
    if (-not $SpecsOnly) {
        $projects = @('ComposeLab.Engine.Tests', 'ComposeLab.Cmdlets.Tests', 'ComposeLab.Api.Tests', 'ComposeLab.LabScript.Tests')
        $projects += (Get-ChildItem "$root/tests" -Directory -Filter 'ComposeLab.*.Tests').Name | Where-Object { $_ -notin $projects }
        if ($EngineOnly) {
            $projects = $projects[0..2]
        }
        foreach ($project in $projects) {
            New-ProjectPart $project $project -Skip ($Quick ? @('Engine', 'OwnEngine', 'Swarm') : $EngineOnly ? @() : @('OwnEngine', 'Swarm')) -Only ($EngineOnly ? 'Engine' : '')
            if (-not $Quick -and $project -eq $projects[0]) {
                @{
                    Title   = 'Database cases'
                    Result  = "$results/db-cases.xml"
                    Command = @($shell; '-NoLogo'; '-NoProfile'; '-NonInteractive'; '-File'; "$PSScriptRoot/db-cases.ps1"; '-Quick'; '-Parallel'; '4'; '-Results'; "$results/db-cases.xml")
                }
                if ($EngineOnly) {
                    continue
                }
                $own = New-ProjectPart 'Own engine' 'ComposeLab.Engine.Tests' -Only OwnEngine
                $own.Next = New-ProjectPart 'Own engine of the script' 'ComposeLab.LabScript.Tests' -Only OwnEngine
                $own
            }
        }
    }
    foreach ($spec in $labSpecs) {
        New-SpecPart ($spec.Name -replace '\.Tests\.ps1$') $spec
    }
    foreach ($group in 0..($groups - 1)) {
        $files = @(for ($index = $group; $index -lt $stackSpecs.Count; $index += $groups) { $stackSpecs[$index] })
        if ($files) {
            New-SpecPart ($files.Count -eq 1 ? $files[0].Name -replace '\.Tests\.ps1$' : "Specs with an engine, $($group + 1) of $groups") $files
        }
    }
    if ($plainSpecs) {
        New-SpecPart ($plainSpecs.Count -eq 1 ? $plainSpecs[0].Name -replace '\.Tests\.ps1$' : 'Specs without an engine') $plainSpecs
    }
)

if ($Swarm) {
    $parts = @(
        New-ProjectPart 'Three nodes' 'ComposeLab.Engine.Tests' -Only Swarm
        New-SpecPart 'Cmdlets on three nodes' (Get-Item "$root/tests/swarm/*.Tests.ps1")
    )
}

# Longest first, so that no long part begins when all others are over.
$parts = @($parts | Sort-Object -Stable {
    switch -Wildcard ($_.Title) {
        'ComposeLab.Engine.Tests' { 0 }
        'Database cases' { 0 }
        'Specs with an engine*' { 1 }
        'ComposeLab.Cmdlets.Tests' { 1 }
        'ComposeLab.Api.Tests' { 1 }
        'ComposeLab.Help.Tests' { 3 }
        'ComposeLab.Repository.Tests' { 3 }
        'Specs without an engine' { 1 }
        default { 2 }
    }
})

$environment = @{
    POWERSHELL_TELEMETRY_OPTOUT = '1'
    DOTNET_NOLOGO               = '1'
    # Processes that live for seconds gain nothing from optimizing the code that runs often. Without it, they need up to a sixth less processor time.
    DOTNET_TieredPGO            = '0'
    DOTNET_TC_CallCounting      = '0'
    # Nor do they gain from collecting garbage often: 96 MiB between two collections save a tenth of the processor time.
    DOTNET_GCgen0size           = '0x6000000'
    DOTNET_gcConcurrent         = '0'
    COMPOSELAB_ACCEPT           = $Accept ? '1' : $null
    PSModulePath                = Join-Path $tools 'modules'
}
if ($Quick) {
    # A test that uses an engine without the mark fails here, on every machine. The inner loop tries fewer random inputs.
    $environment.DOCKER_HOST = 'tcp://127.0.0.1:1'
    $environment.COMPOSELAB_FUZZ_COUNT = '800'
}
if ($Long) {
    $environment.COMPOSELAB_FUZZ_COUNT = '300000'
    $environment.COMPOSELAB_KILLS = '100'
}
foreach ($variable in $environment.GetEnumerator()) {
    [Environment]::SetEnvironmentVariable($variable.Key, $variable.Value ?? [NullString]::Value)
}

# Two tests write golden parts of the same document, so those run in turn. With containerd's store, the removal of an image by one part can take the build
# cache of another. Tests with an engine load the machine with containers, too: with one more part, a machine that is already slow exceeds the time limits of
# health checks and commands.
$limit = $Accept -or $EngineOnly -or $Swarm ? 1 : [Environment]::ProcessorCount
# A hanging part must not block the run.
$partLimit = [timespan]::FromMinutes(30)
$passed = $failed = $skipped = 0
$tests = [Collections.Generic.List[object]]::new()
$faults = [Collections.Generic.List[string]]::new()
$clock = [Diagnostics.Stopwatch]::StartNew()
$parts | ForEach-Object -ThrottleLimit $limit -Parallel {
    for ($part = $_; $part; $part = $part.Next) {
        $program, $arguments = $part.Command
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $start = [Diagnostics.ProcessStartInfo]::new($program, [string[]]$arguments)
        $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $process = [Diagnostics.Process]::Start($start)
        $texts = $process.StandardOutput.ReadToEndAsync(), $process.StandardError.ReadToEndAsync()
        $ended = $process.WaitForExit($using:PartLimit)
        if (-not $ended) {
            $process.Kill($true)
            $process.WaitForExit()
        }
        # A process that a test left running can keep the pipe open.
        $null = [Threading.Tasks.Task]::WaitAll($texts, 5000)
        $said = -join $texts.Where({ $_.IsCompletedSuccessfully }).ForEach({ $_.Result })
        if (-not $ended) {
            $said += "`nlab: stopped after {0:0} s, the limit of a part" -f $using:PartLimit.TotalSeconds
        }
        @{ Title = $part.Title; Result = $part.Result; ExitCode = $process.ExitCode; Output = $said; Seconds = $clock.Elapsed.TotalSeconds }
    }
} | ForEach-Object {
    $ran = @(Read-Result $_.Result)
    $good = @($ran | Where-Object Result -In 'Pass', 'Success').Count
    $bad = @($ran | Where-Object Result -In 'Fail', 'Failure', 'Error').Count
    $left = $ran.Count - $good - $bad
    "=== $($_.Title): $good passed, $bad failed, $left skipped, {0:0} s" -f $_.Seconds
    $_.Output.Trim()
    ''
    if ($ran.Count -eq 0) {
        $faults.Add("lab: no test ran in $($_.Title)")
        $bad = 1
    }
    elseif ($_.ExitCode -ne 0 -and $bad -eq 0) {
        $faults.Add("lab: $($_.Title) ended with exit code $($_.ExitCode); its last lines:")
        $faults.AddRange([string[]]@($_.Output.Trim() -split "`n" | Select-Object -Last 20))
        $bad = 1
    }
    $passed += $good
    $failed += $bad
    $skipped += $left
    $tests.AddRange($ran)
}

"=== The ten slowest tests of $($tests.Count), {0:0} s in all" -f $clock.Elapsed.TotalSeconds
$tests | Sort-Object Seconds -Descending | Select-Object -First 10 | ForEach-Object { '{0,7:0.0} s  {1}' -f $_.Seconds, $_.Name }
# Repeated here, because a log is read from its end.
foreach ($test in $tests | Where-Object Result -NotIn 'Pass', 'Success') {
    ''
    "=== $($test.Result): $($test.Name)"
    ("$($test.Message)".Trim() -split "`n" | Select-Object -First 12) -join "`n"
}
$faults
''
"$passed passed, $failed failed, $skipped skipped"
exit [int]($failed -gt 0)
