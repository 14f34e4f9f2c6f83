# Succeeds if a Docker engine answers the module's own client.
$ErrorActionPreference = 'Stop'
$null = Get-LabStack
