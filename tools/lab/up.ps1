# Starts the lab, shows its services and the check of its database; exit code 1 where the check fails.
param([string]$LabProfile = 'Dev')
$ErrorActionPreference = 'Stop'
Start-LabStack -Profile $LabProfile | Out-Null
Get-LabService | Out-Default
Test-LabDb | Out-Default
if (-not (Test-LabDb -Quiet)) {
    exit 1
}
