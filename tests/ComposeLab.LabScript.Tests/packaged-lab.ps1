# What a user of the package does; says a line for each promise that holds.
param([string]$Name)
$ErrorActionPreference = 'Stop'

function Get-FreePort {
    $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $listener.LocalEndpoint.Port
    $listener.Stop()
}

# An engine that does not answer would be asked by whoever touches it.
$engine = $env:DOCKER_HOST
$env:DOCKER_HOST = 'tcp://127.0.0.1:1'
Import-Module ComposeLab
"imported $((Get-Command -Module ComposeLab).Count) cmdlets without an engine"
if ((Get-Help Start-LabStack).Synopsis -eq 'Starts a stack and waits until it is ready.') { 'help is there' }
$env:DOCKER_HOST = $engine

try { Show-MergedConfig | Out-Null } catch { "without .env: $($_.ErrorDetails.RecommendedAction)" }
$file = New-LabEnvFile -Variable @{ API_PORT = Get-FreePort; DB_PORT = Get-FreePort }
".env in $([IO.Path]::GetRelativePath($env:HOME, $file.FullName))"
try {
    Start-LabStack -Profile Prod -ProjectName $Name | ForEach-Object { "$($_.Service) $($_.Health)" }
}
finally {
    Remove-LabStack -ProjectName $Name -Volume -Force
}
