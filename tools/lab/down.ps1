# Removes the lab's containers and network; the volume with the data is kept.
$ErrorActionPreference = 'Stop'
Remove-LabStack -BundledLab -Confirm:$false
