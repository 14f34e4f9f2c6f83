# Says what is missing where an import failed because the module's binaries are not there. Only the bare engine is assumed here:
# no Join-Path, no Test-Path.

$bin = [IO.Path]::Combine($PSScriptRoot, 'bin')
foreach ($path in [IO.Path]::Combine($bin, 'ComposeLab.Loader.dll'), [IO.Path]::Combine($bin, 'lib', 'ComposeLab.Cmdlets.dll')) {
    if (-not [IO.File]::Exists($path)) {
        $root = [IO.Path]::GetDirectoryName($PSScriptRoot)
        $fault = [Management.Automation.ErrorRecord]::new(
            [IO.FileNotFoundException]::new("Expected the module's binaries in '$bin', found no '$path'. They are made by a build.", $path),
            'ModuleNotBuilt', 'ObjectNotFound', $path)
        $fault.ErrorDetails = [Management.Automation.ErrorDetails]::new($fault.Exception.Message)
        $fault.ErrorDetails.RecommendedAction = "Build them: $([IO.Path]::Combine($root, 'lab')) build (in PowerShell: $([IO.Path]::Combine($root, 'build.ps1')) build)"
        $fault.ErrorDetails = [Management.Automation.ErrorDetails]::new("$($fault.ErrorDetails.Message) $($fault.ErrorDetails.RecommendedAction)")
        throw $fault
    }
}
