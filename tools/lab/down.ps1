# Removes the lab's containers and network; the volume with the data stays.
$ErrorActionPreference = 'Stop'
Remove-LabStack -Confirm:$false
