# Starts the lab, shows its services and the check of its database; exit code 1 if the check fails.
param([string]$LabProfile = 'Dev')
$ErrorActionPreference = 'Stop'

function Stop-Lab {
    param([string]$Message, [string]$Type)

    Write-Host "lab: $Message"
    Write-Host "     Type at the prompt of ./lab shell: $Type"
    exit 1
}

if ($LabProfile -eq 'Swarm') {
    # A swarm changes the network of the machine, so only the user creates it.
    try {
        $nodes = @(Get-LabNode)
    }
    catch {
        if ($_.FullyQualifiedErrorId -notlike 'SwarmManagerRequired,*') {
            throw
        }
        Stop-Lab 'The profile Swarm needs a swarm, and this engine is not a manager of one.' 'Initialize-LabSwarm -AdvertiseAddress 127.0.0.1 -ListenAddress 127.0.0.1'
    }
    if (-not ($nodes | Where-Object { $_.Labels['composelab.db'] -eq 'true' })) {
        # The database stays on the node that has the label. With several nodes, the administrator chooses.
        if ($nodes.Count -gt 1) {
            Stop-Lab "No node has the label of the database. Nodes: $($nodes -join ', ')" "Set-LabNode $($nodes[0]) -Label @{ 'composelab.db' = 'true' }"
        }
        Set-LabNode $nodes[0].NodeId -Label @{ 'composelab.db' = 'true' }
    }
    $null = Build-LabImage -BundledLab -Profile Swarm
    Deploy-LabStack -BundledLab -Profile Swarm | Out-Default
    Get-LabTask -ProjectName (Get-LabStackPlan -BundledLab -Profile Swarm -For Deploy).ProjectName | Format-Table Service, Slot, Node, State, Ports | Out-Default
}
else {
    Start-LabStack -BundledLab -Profile $LabProfile | Out-Default
}
$check = Test-LabDb -BundledLab -Profile $LabProfile
$check | Out-Default
if (-not $check.Ok) {
    Write-Host 'lab: type that at the prompt of ./lab shell'
    exit 1
}
