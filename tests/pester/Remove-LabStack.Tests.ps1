BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Projects.ps1"
}

Describe 'Remove-LabStack' -Tag Engine {
    BeforeAll {
        $project = New-SpecProject @'
services:
  web: { image: IMAGE, SLEEP, depends_on: [ db ] }
  db: { image: IMAGE, SLEEP, volumes: [ "data:/data" ] }
volumes: { data: {} }
'@
    }

    BeforeEach {
        $null = Start-LabStack -Path $project.Path
    }

    AfterAll {
        Remove-SpecProject $project
    }

    It 'removes nothing with -WhatIf' {
        Remove-LabStack -ProjectName $project.Name -RemoveVolume -WhatIf | Should -BeNullOrEmpty

        (Get-LabStack $project.Name).Running | Should -Be 2
    }

    It 'removes containers and networks, keeps the volume, and succeeds when called again' {
        Remove-LabStack -ProjectName $project.Name | Should -BeNullOrEmpty

        @(Get-LabStack "$($project.Name)*").Count | Should -Be 0
        (Get-LabStackPlan -For Remove -ProjectName $project.Name -RemoveVolume).Operations.Resource | Should -Be "volume $($project.Name)_data"
        { Remove-LabStack -ProjectName $project.Name } | Should -Not -Throw
    }

    It 'removes the volume too, without a prompt, with -RemoveVolume -Force' {
        $before = Remove-LabStack -ProjectName $project.Name -RemoveVolume -Force -PassThru

        $before | Should -BeOfType ComposeLab.LabStack
        $before.Total | Should -Be 2
        (Get-LabStackPlan -For Remove -ProjectName $project.Name -RemoveVolume).Operations.Count | Should -Be 0
    }

    It 'removes one service and keeps the network of the others' {
        Remove-LabStack web -ProjectName $project.Name

        (Get-LabService -ProjectName $project.Name).Service | Should -Be 'db'
        (Get-LabStackPlan -For Remove -ProjectName $project.Name).Operations.Resource | Should -Contain "network $($project.Name)_default"
    }

    It 'keeps services that the specified files do not define, unless requested' {
        $file = Join-Path $project.Path 'only-web.yaml'
        Set-Content $file "name: $($project.Name)`nservices: { web: { image: x } }`n" -NoNewline

        (Get-LabStackPlan -For Remove -File $file).Operations.Service | Should -Not -Contain 'db'
        (Get-LabStackPlan -For Remove -File $file -RemoveOrphans).Operations.Service | Should -Contain 'db'
    }

    It 'lists the existing services if one is unknown' {
        { Remove-LabStack nosuch -ProjectName $project.Name } |
            Should -Throw -ErrorId 'ServiceNotFound,ComposeLab.Commands.RemoveLabStackCommand' -ExpectedMessage '*db, web*'
    }
}
