BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Projects.ps1"
}

Describe 'Provider services' -Tag Engine {
    BeforeAll {
        $project = New-SpecProject @'
services:
  app:
    image: IMAGE
    network_mode: host
    SLEEP
    environment: { CLOUD_REGION: own }
    depends_on: [ first, second ]
  first: { provider: { type: spec-provider } }
  second: { provider: { type: spec-provider, options: { size: 2 } } }
'@
        $path = $env:PATH
        $program = Join-Path $project.Path 'spec-provider'
        Set-Content $program @'
#!/bin/sh
for last in "$@"; do :; done
case $* in
*metadata) echo '{"description":"spec","up":{"parameters":[{"name":"size"}]},"down":{},"stop":{}}'; exit ;;
esac
echo "$3 $4 $5" >> "${0%/*}/calls"
echo "{\"type\":\"setenv\",\"message\":\"URL=https://cloud/$last\"}"
[ "$last" != first ] || echo '{"type":"rawsetenv","message":"CLOUD_REGION=us-east-1"}'
'@
        chmod +x $program
        $env:PATH = "$($project.Path):$path"
        Start-LabStack -Path $project.Path -WarningVariable warnings -WarningAction SilentlyContinue | Out-Null
    }

    AfterAll {
        Remove-SpecProject $project
        $env:PATH = $path
    }

    It 'give their variables to the services that depend on them' {
        $variables = (Invoke-LabCommand app -Path $project.Path -Command env).Output -split "`n"

        $variables | Should -Contain 'FIRST_URL=https://cloud/first'
        $variables | Should -Contain 'SECOND_URL=https://cloud/second'
        $variables | Should -Contain 'CLOUD_REGION=us-east-1'
        Get-Content "$($project.Path)/calls" | Should -Contain 'up --size=2 second'
    }

    It 'override variables of the service with a warning' {
        $warnings | Should -HaveCount 1
        $warnings | Should -Match 'CLOUD_REGION'
    }

    It 'change nothing if they give the same variables again' {
        $id = (Get-LabService app -Path $project.Path).ContainerId
        Start-LabStack -Path $project.Path -WarningAction SilentlyContinue | Out-Null

        (Get-LabService app -Path $project.Path).ContainerId | Should -Be $id
    }

    It 'are stopped and removed with the stack' {
        Stop-LabStack -Path $project.Path -TimeoutSec 1
        Remove-LabStack -Path $project.Path -Force

        $calls = (Get-Content "$($project.Path)/calls") -replace ' +', ' '
        $calls | Should -Contain 'stop first '
        $calls | Should -Contain 'down second '
    }
}
