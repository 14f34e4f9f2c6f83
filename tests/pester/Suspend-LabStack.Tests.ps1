BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Projects.ps1"
    . "$PSScriptRoot/support/Waiting.ps1"
}

Describe 'Suspend-LabStack, Resume-LabStack and signals' -Tag Engine {
    BeforeAll {
        $project = New-SpecProject @'
services:
  a: { image: IMAGE, network_mode: host, entrypoint: [ sh, -c, "trap 'echo hup' HUP; trap 'exit 0' TERM; echo up; while :; do sleep 3600 & wait $$!; done" ] }
  b: { image: IMAGE, network_mode: host, SLEEP, healthcheck: { test: [ CMD, 'true' ], interval: 10m } }
'@
        function Get-State { (Get-LabService -ProjectName $project.Name | ForEach-Object { "$($_.Service) $($_.State)" }) -join ', ' }
    }

    AfterAll {
        Remove-SpecProject $project
    }

    It 'accept a service without a container, and reject an unknown service' {
        Suspend-LabStack a -Path $project.Path
        { Suspend-LabStack nosuch -Path $project.Path } | Should -Throw -ErrorId 'ServiceNotFound,ComposeLab.Commands.SuspendLabStackCommand'
    }

    It 'pause and resume the named service only' {
        $null = Start-LabStack -Path $project.Path

        Suspend-LabStack a -ProjectName $project.Name -WhatIf | Should -BeNullOrEmpty
        Get-State | Should -Be 'a Running, b Running'
        (Suspend-LabStack a -ProjectName $project.Name -PassThru).State | Should -Be 'Paused'
        Get-State | Should -Be 'a Paused, b Running'
        { Suspend-LabStack a -ProjectName $project.Name } | Should -Throw -ErrorId 'AlreadyPaused,ComposeLab.Commands.SuspendLabStackCommand'
        (Resume-LabStack -ProjectName $project.Name -PassThru).Service | Should -Be 'a'
        Get-State | Should -Be 'a Running, b Running'
    }

    It 'do not count a pause as a failed health check' {
        Suspend-LabStack b -ProjectName $project.Name
        { Wait-LabStack b -ProjectName $project.Name } | Should -Throw -ErrorId 'ServicePaused,ComposeLab.Commands.WaitLabStackCommand'
        (Start-LabStack b -Path $project.Path).Health | Should -Be 'Healthy'
        Suspend-LabStack b -ProjectName $project.Name
        Resume-LabStack b -ProjectName $project.Name
        (Wait-LabStack b -ProjectName $project.Name).Health | Should -Be 'Healthy'
    }

    It 'act once on a service whose containers the pipeline has one by one' {
        1..2 | ForEach-Object { [pscustomobject]@{ ProjectName = $project.Name; Service = 'a'; Number = $_ } } | Suspend-LabStack -ErrorAction Stop
        Get-State | Should -Be 'a Paused, b Running'
        Resume-LabStack -ProjectName $project.Name
    }

    It 'send a signal without stopping the container' {
        Stop-LabStack a -ProjectName $project.Name -Signal SIGHUP

        Wait-Until { (Get-LabLog a -ProjectName $project.Name).Text -contains 'hup' }
        Get-State | Should -Be 'a Running, b Running'
    }

    It 'kill at once' {
        $killed = Stop-LabStack b -ProjectName $project.Name -Kill -PassThru

        Wait-Until { (Get-LabService b -ProjectName $project.Name).ExitCode -eq 137 }
        $killed.Service | Should -Be 'b'
    }
}
