BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Images.ps1"
}

Describe 'Build-LabImage' -Tag Engine {
    BeforeAll {
        $project = New-BuildProject
        $first = Build-LabImage -Path $project.Path -Profile Dev
    }

    AfterAll {
        Remove-BuildProject $project
    }

    It 'builds the image of each service that has a build section, and reports the result' {
        $first | Should -BeOfType ComposeLab.LabImageBuild
        $first.ProjectName | Should -Be $project.Name
        $first.Service | Should -Be 'app'
        $first.Image | Should -Be "$($project.Name)/app:dev"
        $first.ImageId | Should -Match '^sha256:[0-9a-f]{64}$'
        $first.Size | Should -BeGreaterThan 204800
        $first.Duration | Should -BeOfType timespan
        $first.Steps[0] | Should -BeOfType ComposeLab.LabBuildStep
    }

    It 'reads only files of the context that are not ignored' {
        $first.ContextBytes | Should -BeLessThan 5000
    }

    It 'shows each step with its bytes, cached or run' {
        $tools = $first.Steps | Where-Object Instruction -Like 'RUN head*'
        $tools.Cached | Should -BeFalse
        $tools.Size | Should -BeIn 204800, 208896
        $tools.Duration | Should -BeGreaterThan ([timespan]::Zero)

        $again = Build-LabImage -Path $project.Path -Profile Dev
        $again.ImageId | Should -Be $first.ImageId
        $again.CachedSteps | Should -Be $again.Steps.Count
    }

    It 'uses the cache of the engine for every step of a build without changes' {
        $again = Build-LabImage -Path $project.Path -Profile Dev
        $again.CachedSteps | Should -Be $first.Steps.Count
        $again.Size | Should -Be $first.Size
    }

    It 'runs every step again with -NoCache' {
        $again = Build-LabImage app -Path $project.Path -Profile Dev -NoCache
        @($again.Steps | Where-Object Instruction -Like 'RUN *' | Where-Object Cached).Count | Should -Be 0
    }

    It 'replaces the value of a build argument' {
        $other = Build-LabImage -Path $project.Path -Profile Dev -BuildArg @{ TARGET = 'prod'; APP_TOKEN = 'other-token-9' }

        @($other.Steps | Where-Object Instruction -Like 'RUN head*').Count | Should -Be 0
        ($other.Steps.Instruction -join "`n") | Should -Not -Match 'other-token-9'
    }

    It 'runs only the steps of one stage again with -NoCacheFilter' {
        $null = Build-LabImage -Path $project.Path -Profile Dev
        $again = Build-LabImage -Path $project.Path -Profile Dev -NoCacheFilter dev

        ($again.Steps | Where-Object Instruction -Like 'RUN head*').Cached | Should -BeFalse
        ($again.Steps | Where-Object Instruction -Like 'RUN cat*').Cached | Should -BeTrue
    }

    It 'pushes nothing if no image has a name of its own' {
        Write-ProjectFile $project 'unnamed.yaml' "name: $($project.Name)`nservices: { app: { build: . } }`n"
        try {
            (Build-LabImage -Path "$($project.Path)/unnamed.yaml" -Push).Image | Should -Be "$($project.Name)-app"
        }
        finally {
            Remove-LabImage "$($project.Name)-app" -Path "$($project.Path)/unnamed.yaml" -Confirm:$false
        }
    }

    It 'does not show the value of a secret argument' {
        ($first.Steps.Instruction -join "`n") | Should -Not -Match 'hunter2-token'
    }

    It 'changes nothing with -WhatIf' {
        Build-LabImage -Path $project.Path -Profile Prod -WhatIf | Should -BeNullOrEmpty
        (Get-LabImageSize app -Path $project.Path -Profile Prod).Exists | Should -BeFalse
    }

    It 'reports the failed step, its exit code and its last output' {
        Write-ProjectFile $project 'broken.yaml' @"
name: $($project.Name)
services:
  app:
    image: $($project.Name)/app:base
    build:
      context: .
      args: { APP_TOKEN: hunter2-token }
      dockerfile_inline: |
        FROM $(Get-SpecImage)
        ARG APP_TOKEN
        RUN echo first && echo second `$`$APP_TOKEN && exit 9
"@
        $fault = { Build-LabImage -Path "$($project.Path)/broken.yaml" } | Should -Throw -PassThru
        $fault.FullyQualifiedErrorId | Should -Be 'ImageBuildFailed,ComposeLab.Commands.BuildLabImageCommand'
        "$($fault.ErrorDetails)" | Should -Match 'RUN echo first && echo second .* failed \(exit code 9\)'
        "$($fault.ErrorDetails)" | Should -Match '(?m)^\s+second'
        "$($fault.ErrorDetails)" | Should -Not -Match 'hunter2-token'
    }

    It 'returns the failure as an object: service, image, step, exit code and last lines, without secrets' {
        $fault = { Build-LabImage -Path "$($project.Path)/broken.yaml" } | Should -Throw -PassThru
        $failure = $fault.TargetObject
        $failure | Should -BeOfType ComposeLab.LabBuildFailure
        "$failure" | Should -Be 'app'
        $failure.Image | Should -Be "$($project.Name)/app:base"
        $failure.Step.Number | Should -Be 2
        $failure.Step.Instruction | Should -BeLike 'RUN echo first*'
        $failure.ExitCode | Should -Be 9
        $failure.Output[0] | Should -Be 'first'
        $failure.Output[-1] | Should -BeLike 'second *'
        ($failure | Format-List | Out-String) | Should -Not -Match 'hunter2-token'
    }

    It 'shows the line of a Dockerfile that cannot be read' {
        Write-ProjectFile $project 'Unreadable' "FROM scratch`n`nRUNN nothing`n"
        Write-ProjectFile $project 'unreadable.yaml' "name: x`nservices:`n  app:`n    build: { context: ., dockerfile: Unreadable }`n"
        $fault = { Build-LabImage -Path "$($project.Path)/unreadable.yaml" } | Should -Throw -PassThru
        $fault.FullyQualifiedErrorId | Should -Be 'ImageBuildFailed,ComposeLab.Commands.BuildLabImageCommand'
        $fault.TargetObject.Line | Should -Be 3
        $fault.TargetObject.SourceText | Should -Be 'RUNN nothing'
    }

    It 'reports the line of a Dockerfile with a frontend that cannot be downloaded' {
        Write-ProjectFile $project 'FrontEnd' "# syntax=127.0.0.1:9/docker/dockerfile:1`nFROM scratch`n"
        Write-ProjectFile $project 'frontend.yaml' "name: x`nservices:`n  app:`n    build: { context: ., dockerfile: FrontEnd }`n"
        $fault = { Build-LabImage -Path "$($project.Path)/frontend.yaml" } | Should -Throw -PassThru
        $fault.FullyQualifiedErrorId | Should -Be 'ImageBuildFailed,ComposeLab.Commands.BuildLabImageCommand'
        $fault.ErrorDetails.RecommendedAction | Should -BeLike '*# syntax=*FrontEnd*'
    }

    It 'rejects settings that no builder supports, with their line' {
        Write-ProjectFile $project 'session.yaml' "name: x`nservices:`n  app:`n    build:`n      context: .`n      isolation: hyperv`n"
        $fault = { Build-LabImage -File "$($project.Path)/session.yaml" } | Should -Throw -PassThru
        $fault.FullyQualifiedErrorId | Should -Be 'UnsupportedAttribute,ComposeLab.Commands.BuildLabImageCommand'
        $fault.TargetObject.Line | Should -Be 6
        $fault.TargetObject.SourceText.Trim() | Should -Be 'isolation: hyperv'
    }

    It 'reports an error if a specified service is pulled, not built' {
        $fault = { Build-LabImage db -Path $project.Path } | Should -Throw -PassThru
        $fault.FullyQualifiedErrorId | Should -Be 'BuildSectionMissing,ComposeLab.Commands.BuildLabImageCommand'
        $fault.ErrorDetails.RecommendedAction | Should -Be "Build a service that has one: Build-LabImage -Service app -Path $($project.Path)"
    }

    It 'fits into eighty columns' {
        foreach ($line in ($first | Out-String -Width 80) -split "`n") {
            $line.TrimEnd().Length | Should -BeLessOrEqual 80
        }
        ($first | Out-String -Width 80) | Should -Match 'cached'
    }
}
