# Shows one healthy and one unhealthy service in their view, and again after the session has disabled colors.
$well, $unwell = 'Healthy', 'Unhealthy' | ForEach-Object {
    $service = [Activator]::CreateInstance('ComposeLab.LabService' -as [type])
    $service.ProjectName = 'colors'
    $service.Service = $_ -eq 'Healthy' ? 'service-1' : 'service-2'
    $service.Health = $_
    $service
}
$well, $unwell | Out-Default
$PSStyle.OutputRendering = 'PlainText'
'plain:'
$well, $unwell | Out-Default
