# Says why an import failed, where the reason is one that a user can mend. Only the bare engine is assumed here: no Join-Path, no
# Test-Path.

function New-ImportFault {
    param([Exception]$Exception, [string]$Id, [Management.Automation.ErrorCategory]$Category, [object]$Target, [string]$Action)

    $fault = [Management.Automation.ErrorRecord]::new($Exception, $Id, $Category, $Target)
    $fault.ErrorDetails = [Management.Automation.ErrorDetails]::new("$($Exception.Message) $Action")
    $fault.ErrorDetails.RecommendedAction = $Action
    $fault
}

$cause = $_
$bin = [IO.Path]::Combine($PSScriptRoot, 'bin')
$root = [IO.Path]::GetDirectoryName($PSScriptRoot)
$build = "Build them: $([IO.Path]::Combine($root, 'lab')) build (in PowerShell: $([IO.Path]::Combine($root, 'build.ps1')) build)"
$loader = [IO.Path]::Combine($bin, 'ComposeLab.Loader.dll')
foreach ($path in $loader, [IO.Path]::Combine($bin, 'lib', 'ComposeLab.Cmdlets.dll')) {
    if (-not [IO.File]::Exists($path)) {
        throw New-ImportFault ([IO.FileNotFoundException]::new("Expected the module's binaries in '$bin', found no '$path'. They are made by a build.", $path)) `
            ModuleNotBuilt ObjectNotFound $path $build
    }
}

$loaded = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'ComposeLab.Loader' -and $_.Location -and $_.Location -ne $loader }
$outdated = $cause.Exception -is [Management.Automation.CommandNotFoundException] -and $cause.TargetObject -eq 'Import-LabBinary'
if ($loaded -and -not ($outdated -and $loaded[0].GetType('ComposeLab.Loader.ImportBinaryCommand'))) {
    throw New-ImportFault ([InvalidOperationException]::new("Another build of ComposeLab is loaded in this process, from '$([IO.Path]::GetDirectoryName($loaded[0].Location))'; a process cannot hold two.")) `
        ModuleOfOtherBuildLoaded ResourceExists $loader 'Start a new PowerShell and import the module there.'
}

if ($outdated) {
    throw New-ImportFault ([InvalidOperationException]::new("Expected the binaries of this state of the module in '$bin', found those of an earlier one.", $cause.Exception)) `
        ModuleOutOfDate InvalidData $loader $build
}
