# Explains why an import failed, if the user can fix the reason.

function New-ImportFault {
    param([Exception]$Exception, [string]$Id, [Management.Automation.ErrorCategory]$Category, [object]$Target, [string]$Action)

    $fault = [Management.Automation.ErrorRecord]::new($Exception, $Id, $Category, $Target)
    $fault.ErrorDetails = [Management.Automation.ErrorDetails]::new("$($Exception.Message) $Action")
    $fault.ErrorDetails.RecommendedAction = $Action
    $fault
}

$cause = $_
$bin = Join-Path $PSScriptRoot 'bin'
$root = Split-Path $PSScriptRoot
$build = "Build it: $(Join-Path $root 'lab') build (in PowerShell: $(Join-Path $root 'build.ps1') build)"
$loader = Join-Path $bin 'ComposeLab.Loader.dll'
foreach ($path in $loader, (Join-Path $bin 'lib/ComposeLab.Cmdlets.dll')) {
    if (-not (Test-Path -LiteralPath $path)) {
        throw New-ImportFault ([IO.FileNotFoundException]::new("The module is not built: '$path' does not exist.", $path)) `
            ModuleNotBuilt ObjectNotFound $path $build
    }
}

$loaded = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'ComposeLab.Loader' -and $_.Location -and $_.Location -ne $loader }
$outdated = $cause.Exception -is [Management.Automation.CommandNotFoundException] -and $cause.TargetObject -in 'Open-LabAssembly', 'Export-LabCommand'
if ($loaded -and -not ($outdated -and $loaded[0].GetType('ComposeLab.Loader.OpenAssemblyCommand'))) {
    throw New-ImportFault ([InvalidOperationException]::new("Another build of ComposeLab is loaded in this process, from '$(Split-Path $loaded[0].Location)'. A process cannot load two.")) `
        ModuleOfOtherBuildLoaded ResourceExists $loader 'Start a new PowerShell session and import the module there.'
}

if ($outdated) {
    throw New-ImportFault ([InvalidOperationException]::new("The binaries in '$bin' are from an earlier version of the module.", $cause.Exception)) `
        ModuleOutOfDate InvalidData $loader $build
}
