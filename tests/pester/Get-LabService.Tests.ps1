BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Ports.ps1"
    . "$PSScriptRoot/support/Projects.ps1"
    . "$PSScriptRoot/support/Waiting.ps1"
}

Describe 'Get-LabService' -Tag Engine {
    BeforeAll {
        $port = Get-FreePort
        $project = New-SpecProject @"
services:
  web: { image: IMAGE, SLEEP, ports: [ "127.0.0.1:${port}:80" ], scale: 1 }
  db:
    image: IMAGE
    SLEEP
    healthcheck: { test: ["CMD", "true"], interval: 5s }
  once: { image: IMAGE, network_mode: host, entrypoint: ["sh", "-c", "exit 3"] }
"@
        $null = Start-LabStack web, db -Path $project.Path
        $null = Start-LabStack once -Path $project.Path -NoWait
        Wait-Until { (Get-LabService db -ProjectName $project.Name).Health -eq 'Healthy' }
        Wait-Until { (Get-LabService once -ProjectName $project.Name).State -eq 'Exited' }
    }

    AfterAll {
        Remove-SpecProject $project
    }

    It 'shows each container with state, health and ports' {
        $services = @(Get-LabService -Path $project.Path)

        $services | Should -BeOfType ComposeLab.LabService
        $services.Service | Should -Be @('db', 'once', 'web')
        $web = $services | Where-Object Service -EQ 'web'
        $web.State | Should -Be 'Running'
        "$($web.Ports | Where-Object IsPublished)" | Should -Be "127.0.0.1:${port}->80/tcp"
        $web.CreatedAt | Should -BeOfType DateTimeOffset
        $web.ContainerId | Should -Match '^[0-9a-f]{64}$'
        ($services | Where-Object Service -EQ 'db').Health | Should -Be 'Healthy'
    }

    It 'shows image, networks, start and uptime of each container' {
        $web = Get-LabService web -ProjectName $project.Name

        $web.ImageId | Should -Match '^sha256:[0-9a-f]{64}$'
        "$($web.Image)" | Should -Match ":$($web.ImageTag)$"
        "$($web.Networks)" | Should -Be "$($project.Name)_default"
        $web.StartedAt | Should -BeGreaterOrEqual $web.CreatedAt
        $web.Uptime | Should -BeGreaterThan ([timespan]::Zero)
        $web.RestartCount | Should -Be 0
        $web.Engine | Should -Match '^\w+://'
        (Get-LabService once -ProjectName $project.Name).Uptime | Should -BeNullOrEmpty
    }

    It 'keeps ports as text in CSV' {
        $row = Get-LabService web -ProjectName $project.Name | ConvertTo-Csv | ConvertFrom-Csv

        $row.Ports | Should -Match ([regex]::Escape("127.0.0.1:${port}->80/tcp"))
        $row.Networks | Should -Be "$($project.Name)_default"
    }

    It 'shows how a container exited' {
        $once = Get-LabService once -ProjectName $project.Name

        $once.State | Should -Be 'Exited'
        $once.ExitCode | Should -Be 3
    }

    It 'accepts patterns, and stacks from the pipeline' {
        (Get-LabService 'w*', 'd*' -ProjectName $project.Name).Service | Should -Be @('db', 'web')
        (Get-LabStack $project.Name | Get-LabService web).Service | Should -Be 'web'
    }

    It 'queries services from the pipeline again' {
        (Get-LabService web -ProjectName $project.Name | Get-LabService).Service | Should -Be 'web'
    }

    It 'needs only the name, not the variables or the rest of the files' {
        $file = Join-Path $project.Path 'unset.yaml'
        Set-Content $file "name: $($project.Name)`nservices: { web: { image: '`${SPEC_NOT_SET:?needed}' } }`n" -NoNewline

        (Get-LabService web -File $file).Service | Should -Be 'web'
    }

    It 'lists the existing services if one is unknown' {
        $null = Get-LabService nosuch -ProjectName $project.Name -ErrorAction SilentlyContinue -ErrorVariable fault

        $fault[0].FullyQualifiedErrorId | Should -Be 'ServiceNotFound,ComposeLab.Commands.GetLabServiceCommand'
        $fault[0].Exception.Message | Should -Match 'db, once, web'
    }

    It 'reports a stack that does not exist, with the stacks that do: <command>' -ForEach @(
        @{ Command = 'Get-LabService' }
        @{ Command = 'Stop-LabStack' }
        @{ Command = 'Remove-LabStack' }
    ) {
        & $command -ProjectName 'no-such-stack' -ErrorAction SilentlyContinue -ErrorVariable fault | Should -BeNullOrEmpty

        $fault[0].FullyQualifiedErrorId | Should -BeLike 'StackNotRunning,*'
        $fault[0].Exception.Message | Should -Match $project.Name
    }

    It 'uses the stack of a pipeline object' {
        (Get-LabStack $project.Name | Show-MergedConfig -AsObject).name | Should -Be $project.Name
        (Get-LabService web -ProjectName $project.Name | Get-LabStackPlan -ForceRecreate).Operations.ResourceName | Should -Be "$($project.Name)-web-1"
    }

    It 'fits into eighty columns' {
        $line = (Get-LabService web -ProjectName $project.Name | Out-String -Width 80) -split "`n" -match '^web'

        $line | Should -Match "Running\s+\d+ s\s+127\.0\.0\.1:${port}->80 "
    }
}
