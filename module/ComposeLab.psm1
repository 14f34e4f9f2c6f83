# The module's root: imports the cmdlet assembly through the loader, so that its dependencies stay in a load context of
# their own. It is as short as can be, because everything a script says is bound at run time; the rest is in ModuleImport.

try {
    [Reflection.Assembly]::LoadFrom("$PSScriptRoot/bin/ComposeLab.Loader.dll").GetType('ComposeLab.Loader.ModuleImport')::Run($ExecutionContext, "$PSScriptRoot/bin")
}
catch {
    . "$PSScriptRoot/ImportFault.ps1"
    throw
}

Export-ModuleMember -Cmdlet * -Alias *
