# The module's root: imports the cmdlet assembly through the loader, so that its dependencies stay in a load context of
# their own. It only calls commands, because whatever else a script says is bound at run time.

try {
    Import-Module "$PSScriptRoot/bin/ComposeLab.Loader.dll" -ErrorAction Stop
    Import-LabBinary "$PSScriptRoot/bin/lib/ComposeLab.Cmdlets.dll"
}
catch {
    . "$PSScriptRoot/ImportFault.ps1"
    throw
}

Export-ModuleMember -Cmdlet *
