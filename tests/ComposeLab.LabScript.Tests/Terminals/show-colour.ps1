# Shows one service that is well and one that is not, as their view draws them; plain asks the session for no color.
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
