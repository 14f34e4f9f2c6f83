BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Ports.ps1"
    . "$PSScriptRoot/support/Projects.ps1"

    $shop = @'
services:
  web:
    image: IMAGE
    SLEEP
    depends_on: { db: { condition: service_healthy } }
    environment: { LOG_LEVEL: info, API_TOKEN: first-secret }
  db:
    image: IMAGE
    SLEEP
    healthcheck: { test: ["CMD", "true"], interval: 5s }
    volumes: [ "data:/data" ]
volumes: { data: {} }
'@
}

Describe 'Start-LabStack' -Tag Engine {
    BeforeAll {
        $project = New-SpecProject $shop
    }

    BeforeEach {
        Set-SpecProject $project $shop
    }

    AfterAll {
        Remove-SpecProject $project
    }

    It 'writes nothing to the pipeline with -WhatIf and changes nothing' {
        Get-LabStack "$($project.Name)*" | Remove-LabStack -RemoveVolume -Force -TimeoutSec 1 -ErrorAction Ignore
        Start-LabStack -Path $project.Path -WhatIf | Should -BeNullOrEmpty

        @(Get-LabStack "$($project.Name)*").Count | Should -Be 0
    }

    It 'writes nothing to the pipeline with the preference for -WhatIf and changes nothing' {
        Get-LabStack "$($project.Name)*" | Remove-LabStack -RemoveVolume -Force -TimeoutSec 1 -ErrorAction Ignore
        $WhatIfPreference = $true

        Start-LabStack -Path $project.Path | Should -BeNullOrEmpty

        @(Get-LabStack "$($project.Name)*").Count | Should -Be 0
    }

    It 'writes each service when it is ready, those it depends on first' {
        $services = @(Start-LabStack -Path $project.Path)

        $services.Service | Should -Be @('db', 'web')
        $services.State | Should -Be @('Running', 'Running')
        $services[0].Health | Should -Be 'Healthy'
        $services[0].HealthSeenBy | Should -BeIn @('engine', 'probe')
        $services[0].Container | Should -Be "$($project.Name)-db-1"
    }

    It 'has nothing to do the second time and still writes the services' {
        $null = Start-LabStack -Path $project.Path
        (Get-LabStackPlan -Path $project.Path).Operations.Count | Should -Be 0
        $before = @(Get-LabService -ProjectName $project.Name).ContainerId

        @(Start-LabStack -Path $project.Path).ContainerId | Sort-Object | Should -Be @($before | Sort-Object)
    }

    It 'recreates only the changed service and lists the fields, without secrets' {
        $null = Start-LabStack -Path $project.Path
        $before = Get-LabService db -ProjectName $project.Name
        Set-SpecProject $project $shop.Replace('info', 'debug').Replace('first-secret', 'second-secret')

        $plan = @((Get-LabStackPlan -Path $project.Path).Operations)
        $null = Start-LabStack -Path $project.Path

        $cause = ($plan | Where-Object Resource -EQ "container $($project.Name)-web-1").Cause
        $cause | Should -Match 'environment\.LOG_LEVEL: info -> debug'
        $cause | Should -Match 'environment\.API_TOKEN'
        $cause | Should -Not -Match 'secret'
        $plan.Action | Should -Be 'recreate'
        $level = $plan.Changes | Where-Object Field -EQ 'environment.LOG_LEVEL'
        $level.Before, $level.After | Should -Be @('info', 'debug')
        # SLEEP stands for two lines.
        $level.Origin.File | Should -Be $project.File
        $level.Origin.Line | Should -Be 8
        ($plan.Changes | Where-Object Field -EQ 'environment.API_TOKEN').After | Should -Be '********'
        $plan.Service | Should -Be 'web'
        (Get-LabService db -ProjectName $project.Name).ContainerId | Should -Be $before.ContainerId
    }

    It 'scales a service' {
        $null = Start-LabStack web -Path $project.Path -Scale @{ web = 2 }

        (Get-LabService web -ProjectName $project.Name).Number | Should -Be @(1, 2)
    }

    It 'rejects a scale that is not a number' {
        { Start-LabStack -Path $project.Path -Scale 'web=many' } |
            Should -Throw -ErrorId 'ParameterArgumentTransformationError,ComposeLab.Commands.StartLabStackCommand'
    }

    It 'with -NoWait writes what was started without waiting for health' {
        $null = Start-LabStack -Path $project.Path
        $null = Stop-LabStack -ProjectName $project.Name -TimeoutSec 1

        (Start-LabStack -Path $project.Path -NoWait).Service | Should -Contain 'web'
    }

    It 'with -ForceRecreate recreates a container even if nothing changed' {
        $null = Start-LabStack -Path $project.Path
        $before = (Get-LabService db -ProjectName $project.Name).ContainerId

        $null = Start-LabStack db -Path $project.Path -ForceRecreate

        (Get-LabService db -ProjectName $project.Name).ContainerId | Should -Not -Be $before
    }

    It 'removes services that the files no longer define if requested' {
        $null = Start-LabStack -Path $project.Path
        Set-SpecProject $project "services:`n  db: { image: IMAGE, SLEEP }`n"

        $null = Start-LabStack -Path $project.Path -RemoveOrphans

        (Get-LabService -ProjectName $project.Name).Service | Should -Be 'db'
    }
}

Describe 'Start-LabStack with bad input' -Tag Engine {
    BeforeAll {
        $project = New-SpecProject "services:`n  web: { image: IMAGE, SLEEP }`n"
    }

    AfterAll {
        Remove-SpecProject $project
    }

    AfterEach {
        @(Get-LabStack "$($project.Name)*").Count | Should -Be 0 -Because 'a refused start changes nothing'
    }

    It 'reports that no engine answers' {
        $before = $env:DOCKER_HOST
        $env:DOCKER_HOST = "unix:///tmp/no-engine-$($project.Name).sock"
        try {
            { Start-LabStack -Path $project.Path } | Should -Throw -ErrorId 'EngineUnreachable,ComposeLab.Commands.StartLabStackCommand'
        }
        finally {
            $env:DOCKER_HOST = $before
        }
    }

    It 'lists the existing profiles if one is missing' {
        Set-Content (Join-Path $project.Path 'compose.test.yaml') "services: {}`n" -NoNewline

        { Start-LabStack -Path $project.Path -Profile Stage } | Should -Throw -ErrorId 'ProfileNotFound,ComposeLab.Commands.StartLabStackCommand' -ExpectedMessage '*Test*'
    }

    It 'shows the line of a YAML error' {
        $file = Join-Path $project.Path 'broken.yaml'
        Set-Content $file "services:`n  web:`n    image: [`n" -NoNewline

        $fault = try { Start-LabStack -File $file } catch { $_ }

        $fault.FullyQualifiedErrorId | Should -Be 'ComposeFileInvalid,ComposeLab.Commands.StartLabStackCommand'
        $fault.TargetObject.File | Should -Be $file
        $fault.TargetObject.Line | Should -BeIn @(3, 4)
    }

    It 'reports a required variable that is not set' {
        $file = Join-Path $project.Path 'variable.yaml'
        Set-Content $file "services:`n  web:`n    image: `${SPEC_NOT_SET:?choose one}`n" -NoNewline

        { Start-LabStack -File $file } | Should -Throw -ErrorId 'VariableRequired,ComposeLab.Commands.StartLabStackCommand' -ExpectedMessage '*SPEC_NOT_SET*'
    }

    It 'lists the existing services if one is unknown' {
        { Start-LabStack nosuch -Path $project.Path } | Should -Throw -ErrorId 'ServiceNotFound,ComposeLab.Commands.StartLabStackCommand'
    }

    It 'reports the program that uses a port' {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        try {
            $port = $listener.LocalEndpoint.Port
            Set-SpecProject $project "services:`n  web: { image: IMAGE, SLEEP, ports: ['127.0.0.1:${port}:80'] }`n"

            { Start-LabStack -Path $project.Path } |
                Should -Throw -ErrorId 'PortAlreadyAllocated,ComposeLab.Commands.StartLabStackCommand' -ExpectedMessage "*$port*"
        }
        finally {
            $listener.Stop()
        }
    }
}
