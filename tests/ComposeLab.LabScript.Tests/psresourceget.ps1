# The README commands for users of the package; prints a line for each passed check.
param([string]$Repository)
$ErrorActionPreference = 'Stop'

Register-PSResourceRepository -Name Local -Uri $Repository -Trusted
$found = Find-PSResource ComposeLab -Repository Local
"found $($found.Name) for $($found.Tags -contains 'PostgreSQL' ? 'PostgreSQL' : '?'), license $($found.LicenseUri)"
Install-PSResource ComposeLab -Repository Local
"installed $((Get-InstalledPSResource ComposeLab).Name)"

$module = Import-Module ComposeLab -PassThru
"imported from $([IO.Path]::GetRelativePath($HOME, $module.ModuleBase).Replace([string]$module.Version, 'VERSION'))"
"the lab answers: $((Get-LabVariable).Name -contains 'POSTGRES_PASSWORD')"
Uninstall-PSResource ComposeLab
"left $(@(Get-InstalledPSResource ComposeLab -ErrorAction Ignore).Count)"
