# Starts the lab, shows its services and the check of its database; exit code 1 if the check fails.
param([string]$LabProfile = 'Dev')
$ErrorActionPreference = 'Stop'
Start-LabStack -BundledLab -Profile $LabProfile | Out-Default
$check = Test-LabDb -BundledLab -Profile $LabProfile
$check | Out-Default
if (-not $check.Ok) {
    Write-Host 'lab: type that at the prompt of ./lab shell'
    exit 1
}
