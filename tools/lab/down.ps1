# Removes the lab's containers and networks, and its stack on a swarm; the volumes with the data are kept.
$ErrorActionPreference = 'Stop'
$name = (Get-LabStackPlan -BundledLab -For Remove -Orchestrator Compose).ProjectName
Remove-LabStack -BundledLab -Orchestrator Compose -Confirm:$false
if (Get-LabStack $name -ErrorAction Ignore | Where-Object Orchestrator -EQ Swarm) {
    Remove-LabStack -BundledLab -Orchestrator Swarm -Confirm:$false
}
