# Shows one healthy and one unhealthy service in their view; plain disables colors in the session.
param([string]$Wanted)
if ($Wanted -eq 'plain') { $PSStyle.OutputRendering = 'PlainText' }
$well, $unwell = 'Healthy', 'Unhealthy' | ForEach-Object {
    $service = [Activator]::CreateInstance('ComposeLab.LabService' -as [type])
    $service.ProjectName = 'colors'
    $service.Service = $_ -eq 'Healthy' ? 'service-1' : 'service-2'
    $service.Health = $_
    $service
}
$well, $unwell | Out-Default
