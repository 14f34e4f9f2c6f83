BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Projects.ps1"
}

Describe 'Get-LabStack' -Tag Engine {
    BeforeAll {
        $project = New-SpecProject @'
services:
  web: { image: IMAGE, network_mode: host, SLEEP }
  db:
    image: IMAGE
    network_mode: host
    SLEEP
    healthcheck: { test: ["CMD", "true"], interval: 5s }
'@
        $null = Start-LabStack -Path $project.Path
    }

    AfterAll {
        Remove-SpecProject $project
    }

    It 'shows a stack with its services, its health and its files' {
        $stack = Get-LabStack $project.Name

        $stack | Should -BeOfType ComposeLab.LabStack
        $stack.ProjectName | Should -Be $project.Name
        $stack.Services | Should -Be @('db', 'web')
        $stack.Running | Should -Be 2
        $stack.Total | Should -Be 2
        $stack.State | Should -Be 'Running'
        $stack.WorkingDirectory | Should -Be $project.Path
        $stack.ConfigFiles | Should -Be $project.File
    }

    It 'lists every stack, and those that match a pattern' {
        (Get-LabStack).ProjectName | Should -Contain $project.Name
        (Get-LabStack "$($project.Name)*").ProjectName | Should -Be $project.Name
        @(Get-LabStack 'nosuch-*').Count | Should -Be 0
    }

    It 'reports an unknown name, and still shows the others' {
        $found = Get-LabStack 'no-such-stack', $project.Name -ErrorAction SilentlyContinue -ErrorVariable fault

        $found.ProjectName | Should -Be $project.Name
        $fault[0].FullyQualifiedErrorId | Should -Be 'StackNotRunning,ComposeLab.Commands.GetLabStackCommand'
        $fault[0].TargetObject | Should -Be 'no-such-stack'
    }

    It 'fits into eighty columns' {
        $lines = (Get-LabStack $project.Name | Out-String -Width 80) -split "`n"

        ($lines -match [regex]::Escape($project.Name)) | Should -Match 'running \(2/2\).*db, web'
    }
}
