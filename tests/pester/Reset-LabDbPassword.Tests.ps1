BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Projects.ps1"
}

Describe 'Reset-LabDbPassword' -Tag Engine {
    BeforeAll {
        $text = @'
services:
  db:
    image: IMAGE
    environment: { POSTGRES_PASSWORD: PASSWORD }
    volumes: [ "data:/var/lib/postgresql/data" ]
    healthcheck: { test: ["CMD", "pg_isready", "-q", "-h", "127.0.0.1"], interval: 5s, start_period: 30s }
volumes: { data: {} }
'@
        $project = New-SpecProject $text.Replace('PASSWORD }', 'first }')
        Start-LabStack -Path $project.Path | Out-Null
        Set-SpecProject $project $text.Replace('PASSWORD }', 'second }')
        Start-LabStack -Path $project.Path | Out-Null
    }

    AfterAll {
        Remove-SpecProject $project
    }

    It 'changes nothing with -WhatIf' {
        Reset-LabDbPassword -Path $project.Path -WhatIf
        (Test-LabDb -Path $project.Path).Cause | Should -Be 'VolumeKeepsOldLogin'
    }

    It 'sets the password in the volume to that of the project' {
        $result = Reset-LabDbPassword -Path $project.Path

        $result | Should -BeOfType ComposeLab.LabDbTestResult
        $result.Ok | Should -BeTrue
    }

    It 'rejects a role that no service uses' {
        { Reset-LabDbPassword -Path $project.Path -Role nobody } | Should -Throw -ErrorId 'VariableRequired*'
    }
}
