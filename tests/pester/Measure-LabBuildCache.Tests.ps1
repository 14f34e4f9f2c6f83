BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Images.ps1"
}

Describe 'Measure-LabBuildCache' -Tag Engine {
    BeforeAll {
        $project = New-BuildProject
        $null = Build-LabImage -Path $project.Path -Profile Prod
        $image = (Get-LabImageSize app -Path $project.Path -Profile Prod).ImageId
        $files = Get-FolderText $project.Path
        # A folder for temporary files that no other user writes into.
        $temporary = New-Item "$TestDrive/temporary" -ItemType Directory
        $before, $env:TMPDIR = $env:TMPDIR, $temporary.FullName
        try {
            $results = Measure-LabBuildCache -Path $project.Path -Profile Prod
        }
        finally {
            $env:TMPDIR = $before
        }
    }

    AfterAll {
        Remove-BuildProject $project
    }

    It 'writes one result for each change' {
        $results | Should -BeOfType ComposeLab.LabCacheResult
        "$($results.Scenario)" | Should -Be 'Unchanged Code Dependency'
        $results[1].ChangedPath | Should -Be 'src/app.py'
        $results[2].ChangedPath | Should -Be 'requirements.txt'
    }

    It 'shows that nothing runs without a change' {
        $results[0].RanSteps | Should -Be 0
        $results[0].Why | Should -Be 'everything came from the cache'
    }

    It 'shows that dependencies are cached after a code change, and why the rest ran' {
        $ran = $results[1].Steps | Where-Object { -not $_.Cached }
        "$($ran.Instruction | ForEach-Object { $_.Split(' ')[0] })" | Should -Be 'COPY RUN'
        $ran[0].Why | Should -Be 'it copies src/app.py, which changed'
        ($results[1].Steps | Where-Object Instruction -Like 'RUN echo*').Cached | Should -BeTrue
        $results[1].Why | Should -Be 'COPY src/ ./ changed, so RUN cat app.py > /compiled ran again'
        $results[1].RuleHolds | Should -BeTrue
    }

    It 'shows that a change of dependencies runs their installation' {
        ($results[2].Steps | Where-Object Instruction -Like 'RUN echo*').Cached | Should -BeFalse
        $results[2].Why | Should -Match '^COPY requirements.txt \./ changed'
        $results[2].RuleHolds | Should -Be $null
    }

    It 'does not change files and images' {
        Get-FolderText $project.Path | Should -Be $files
        (Get-LabImageSize app -Path $project.Path -Profile Prod).ImageId | Should -Be $image
        Get-ChildItem $temporary | Should -BeNullOrEmpty
        if (Get-Command docker -CommandType Application -ErrorAction Ignore) {
            # By the label of this Dockerfile: others may measure at the same time.
            docker image ls --filter "label=spec=$($project.Name)" --format '{{.Repository}}' | Should -Be "$($project.Name)/app"
        }
    }

    It 'detects a Dockerfile that violates the rule' {
        Write-ProjectFile $project 'careless/Dockerfile' "FROM $(Get-SpecImage)`nWORKDIR /app`nCOPY . .`nRUN cat list.txt > /installed`n"
        Write-ProjectFile $project 'careless/list.txt' "$($project.Name)`n"
        Write-ProjectFile $project 'careless/main.js' "1`n"

        $careless = Measure-LabBuildCache -Dockerfile "$($project.Path)/careless/Dockerfile" -CodePath main.js -DependencyPath list.txt
        $careless[1].RuleHolds | Should -BeFalse
        $careless[1].RanSteps | Should -Be 2
    }

    It 'reports the path that is not part of the build context' {
        $fault = { Measure-LabBuildCache -Path $project.Path -Profile Prod -CodePath data/large.bin } | Should -Throw -PassThru
        $fault.FullyQualifiedErrorId | Should -Be 'PathNotInContext,ComposeLab.Commands.MeasureLabBuildCacheCommand'
    }

    It 'builds nothing with -WhatIf' {
        Measure-LabBuildCache -Path $project.Path -Profile Prod -WhatIf | Should -BeNullOrEmpty
    }

    It 'fits into eighty columns' {
        foreach ($line in ($results | Out-String -Width 80) -split "`n") {
            $line.TrimEnd().Length | Should -BeLessOrEqual 80
        }
    }
}

Describe 'Measure-LabBuildCache of the bundled lab' -Tag Engine {
    BeforeAll {
        . "$PSScriptRoot/support/LabCopy.ps1"
        $copy = New-LabCopy
        $lab = Measure-LabBuildCache -Path $copy.Path -Profile Dev
    }

    AfterAll {
        Remove-LabCopy $copy
    }

    It 'shows that restore is cached after a code change, but not after a dependency change' {
        $lab[1].ChangedPath | Should -Be 'src/ComposeLab.Api/Program.cs'
        $lab[1].RuleHolds | Should -BeTrue
        ($lab[1].Steps | Where-Object Instruction -Like 'RUN dotnet restore*').Cached | Should -BeTrue
        ($lab[1].Steps | Where-Object Instruction -Like 'RUN dotnet publish*').Cached | Should -BeFalse
        ($lab[2].Steps | Where-Object Instruction -Like 'RUN dotnet restore*').Cached | Should -BeFalse
    }
}
