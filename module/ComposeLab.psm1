# The module's root: imports the cmdlet assembly through the loader, so that its dependencies are loaded in their
# own load context. It only calls commands, because everything else in a script is bound at run time.

try {
    Import-Module "$PSScriptRoot/bin/ComposeLab.Loader.dll" -ErrorAction Stop
    Import-Module -Assembly (Open-LabAssembly "$PSScriptRoot/bin/lib/ComposeLab.Cmdlets.dll") -Force -PassThru | Export-LabCommand
}
catch {
    . "$PSScriptRoot/ImportFault.ps1"
    throw
}

Export-ModuleMember -Cmdlet *
