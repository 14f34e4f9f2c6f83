# The steps of a user of the package; prints a line for each passed check.
param([string]$Name)
$ErrorActionPreference = 'Stop'

function Get-FreePort {
    $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $listener.LocalEndpoint.Port
    $listener.Stop()
}

# With an engine that does not answer, any accidental use would fail.
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
