BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Projects.ps1"
}

Describe 'Stop-LabStack' -Tag Engine {
    BeforeAll {
        $project = New-SpecProject @'
services:
  web: { image: IMAGE, network_mode: host, SLEEP, depends_on: [ db ] }
  db: { image: IMAGE, network_mode: host, SLEEP }
'@
    }

    BeforeEach {
        $null = Start-LabStack -Path $project.Path
    }

    AfterAll {
        Remove-SpecProject $project
    }

    It 'stops nothing with -WhatIf' {
        Stop-LabStack -ProjectName $project.Name -WhatIf | Should -BeNullOrEmpty

        (Get-LabStack $project.Name).Running | Should -Be 2
    }

    It 'stops and keeps the containers, and writes nothing' {
        Stop-LabStack -ProjectName $project.Name | Should -BeNullOrEmpty

        $stack = Get-LabStack $project.Name
        $stack.State | Should -Be 'Stopped'
        $stack.Total | Should -Be 2
    }

    It 'runs the pre_stop hooks of the stack''s files, and none if only the name is specified' {
        $hooked = New-SpecProject @'
services:
  web: { image: IMAGE, network_mode: host, SLEEP, pre_stop: [ { command: [ sh, -c, "echo bye > /proc/1/fd/1" ] } ] }
'@
        function Get-Goodbye { @(Get-LabLog web -ProjectName $hooked.Name | Where-Object Text -EQ 'bye').Count }
        try {
            $null = Start-LabStack -Path $hooked.Path
            Stop-LabStack -Path $hooked.Path
            Get-Goodbye | Should -Be 1

            $null = Start-LabStack -Path $hooked.Path
            Stop-LabStack -ProjectName $hooked.Name
            Get-Goodbye | Should -Be 1
        }
        finally {
            Remove-SpecProject $hooked
        }
    }

    It 'writes with -PassThru what was stopped, with its exit code' {
        $stopped = @(Stop-LabStack web -ProjectName $project.Name -PassThru)

        $stopped.Service | Should -Be 'web'
        $stopped.State | Should -Be 'Exited'
        $stopped.ExitCode | Should -Be 0
        (Get-LabService db -ProjectName $project.Name).State | Should -Be 'Running'
    }

    It 'accepts stacks from the pipeline' {
        Get-LabStack $project.Name | Stop-LabStack

        (Get-LabStack $project.Name).Running | Should -Be 0
    }

    It 'accepts services from the pipeline and stops no others' {
        Get-LabService web -ProjectName $project.Name | Stop-LabStack

        (Get-LabService -ProjectName $project.Name | Where-Object State -EQ 'Running').Service | Should -Be 'db'
    }

    It 'works by name if the files are missing' {
        $text = Get-Content $project.File -Raw
        Remove-Item $project.File -Force
        try {
            Stop-LabStack -ProjectName $project.Name
        }
        finally {
            Set-Content $project.File $text -NoNewline
        }

        (Get-LabStack $project.Name).Running | Should -Be 0
    }

    It 'lists the existing services if one is unknown' {
        { Stop-LabStack nosuch -ProjectName $project.Name } |
            Should -Throw -ErrorId 'ServiceNotFound,ComposeLab.Commands.StopLabStackCommand' -ExpectedMessage '*db, web*'
        (Get-LabStack $project.Name).Running | Should -Be 2
    }
}
