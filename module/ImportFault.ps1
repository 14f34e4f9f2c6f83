# Says why an import failed, where the reason is one that a user can mend. Only the bare engine is assumed here: no Join-Path, no
# Test-Path.

function New-ImportFault {
    param([Exception]$Exception, [string]$Id, [Management.Automation.ErrorCategory]$Category, [object]$Target, [string]$Action)

    $fault = [Management.Automation.ErrorRecord]::new($Exception, $Id, $Category, $Target)
    $fault.ErrorDetails = [Management.Automation.ErrorDetails]::new("$($Exception.Message) $Action")
    $fault.ErrorDetails.RecommendedAction = $Action
    $fault
}

$bin = [IO.Path]::Combine($PSScriptRoot, 'bin')
$loader = [IO.Path]::Combine($bin, 'ComposeLab.Loader.dll')
foreach ($path in $loader, [IO.Path]::Combine($bin, 'lib', 'ComposeLab.Cmdlets.dll')) {
    if (-not [IO.File]::Exists($path)) {
        $root = [IO.Path]::GetDirectoryName($PSScriptRoot)
        throw New-ImportFault ([IO.FileNotFoundException]::new("Expected the module's binaries in '$bin', found no '$path'. They are made by a build.", $path)) `
            ModuleNotBuilt ObjectNotFound $path "Build them: $([IO.Path]::Combine($root, 'lab')) build (in PowerShell: $([IO.Path]::Combine($root, 'build.ps1')) build)"
    }
}

$loaded = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'ComposeLab.Loader' -and $_.Location -and $_.Location -ne $loader }
if ($loaded) {
    throw New-ImportFault ([InvalidOperationException]::new("Another build of ComposeLab is loaded in this process, from '$([IO.Path]::GetDirectoryName($loaded[0].Location))'; a process cannot hold two.")) `
        ModuleOfOtherBuildLoaded ResourceExists $loader 'Start a new PowerShell and import the module there.'
}
