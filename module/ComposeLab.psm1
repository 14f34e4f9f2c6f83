# The module's root: imports the cmdlet assembly through the loader, so that its dependencies stay in a load context of
# their own. Only the bare engine is assumed here: no Join-Path, no Test-Path, no Add-Type.

$bin = [IO.Path]::Combine($PSScriptRoot, 'bin')
$loaderPath = [IO.Path]::Combine($bin, 'ComposeLab.Loader.dll')
$cmdletPath = [IO.Path]::Combine($bin, 'lib', 'ComposeLab.Cmdlets.dll')

foreach ($path in $loaderPath, $cmdletPath) {
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

# One load per process; a second import of the same file answers with the assembly that is already there.
$loader = [Reflection.Assembly]::LoadFrom($loaderPath)
$assembly = $loader.GetType('ComposeLab.Loader.ModuleLoader')::Load($cmdletPath)
$inner = Import-Module -Assembly $assembly -Force -PassThru

# The engine remembers an assembly's commands from its first import only. Without these calls, a forced or repeated import
# would leave the outer module with no commands and no aliases.
$outer = $ExecutionContext.SessionState.Module
$nonPublic = [Reflection.BindingFlags]'Instance, NonPublic'
foreach ($list in @{ Method = 'AddExportedCmdlet'; Values = $inner.ExportedCmdlets.Values }, @{ Method = 'AddExportedAlias'; Values = $inner.ExportedAliases.Values }) {
    $add = [Management.Automation.PSModuleInfo].GetMethod($list.Method, $nonPublic)
    foreach ($command in $list.Values) {
        $null = $add.Invoke($outer, @(, $command))
    }
}

Export-ModuleMember -Cmdlet @($inner.ExportedCmdlets.Keys) -Alias @($inner.ExportedAliases.Keys)
