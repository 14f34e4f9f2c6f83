# The module's root: imports the cmdlet assembly through the loader, so that its dependencies are loaded in their
# own load context. It only calls commands, because everything else in a script is bound at run time.

try {
    Import-Module "$PSScriptRoot/bin/ComposeLab.Loader.dll" -ErrorAction Stop
    Import-LabBinary "$PSScriptRoot/bin/lib/ComposeLab.Cmdlets.dll"
}
catch {
    . "$PSScriptRoot/ImportFault.ps1"
    throw
}

Export-ModuleMember -Cmdlet *
