BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Projects.ps1"
    . "$PSScriptRoot/support/Waiting.ps1"
}

Describe 'Restart-LabStack and Wait-LabStack' -Tag Engine {
    BeforeAll {
        $project = New-SpecProject @'
services:
  web: { image: IMAGE, network_mode: host, SLEEP, depends_on: [ db ] }
  db:
    image: IMAGE
    network_mode: host
    SLEEP
    healthcheck: { test: ["CMD", "test", "!", "-e", "/tmp/sick"], interval: 1s, retries: 1 }
'@
        $null = Start-LabStack -Path $project.Path

        # How often the program of a service has begun.
        function Get-Beginning {
            param([string]$Service)

            @(Get-LabLog $Service -ProjectName $project.Name | Where-Object Text -EQ 'up').Count
        }
    }

    AfterAll {
        Remove-SpecProject $project
    }

    It 'restarts nothing with -WhatIf' {
        $before = Get-Beginning web

        Restart-LabStack -ProjectName $project.Name -WhatIf | Should -BeNullOrEmpty
        Get-Beginning web | Should -Be $before
    }

    It 'starts the same container again and no other' {
        $web = Get-Beginning web
        $db = Get-Beginning db
        $id = (Get-LabService web -ProjectName $project.Name).ContainerId

        Restart-LabStack web -ProjectName $project.Name | Should -BeNullOrEmpty

        Wait-Until { (Get-Beginning web) -eq $web + 1 }
        Get-Beginning db | Should -Be $db
        (Get-LabService web -ProjectName $project.Name).ContainerId | Should -Be $id
    }

    It 'writes with -PassThru each service when it is ready' {
        $services = @(Restart-LabStack -ProjectName $project.Name -PassThru)

        $services.Service | Sort-Object | Should -Be @('db', 'web')
        ($services | Where-Object Service -EQ 'db').Health | Should -Be 'Healthy'
    }

    It 'waits until all services are ready' {
        (Wait-LabStack -ProjectName $project.Name).Service | Sort-Object | Should -Be @('db', 'web')
    }

    It 'ends the wait for an unhealthy service with the output of its probe' {
        $null = Invoke-LabCommand db -ProjectName $project.Name -Command touch, /tmp/sick
        Wait-Until { (Get-LabService db -ProjectName $project.Name).Health -eq 'Unhealthy' }

        $fault = try { Wait-LabStack db -ProjectName $project.Name -NoProbe } catch { $_ }

        $fault.FullyQualifiedErrorId | Should -Be 'ServiceUnhealthy,ComposeLab.Commands.WaitLabStackCommand'
        $fault.TargetObject.Container | Should -Be "$($project.Name)-db-1"
        $fault.ErrorDetails.RecommendedAction | Should -Be "Read its log: Get-LabLog db -Tail 50 -ProjectName $($project.Name)"
    }

    It 'reports that a stack does not exist: <command>' -ForEach @(
        @{ Command = 'Restart-LabStack' }
        @{ Command = 'Wait-LabStack' }
        @{ Command = 'Get-LabLog' }
    ) {
        $fault = try { & $command -ProjectName 'no-such-stack' } catch { $_ }

        $fault.FullyQualifiedErrorId | Should -BeLike 'StackNotRunning,*'
    }
}
