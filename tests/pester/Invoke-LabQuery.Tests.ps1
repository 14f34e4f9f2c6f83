BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Projects.ps1"
}

Describe 'Invoke-LabQuery' -Tag Engine {
    BeforeAll {
        $project = New-DatabaseProject
        Start-LabStack -Path $project.Path | Out-Null
    }

    AfterAll {
        Remove-SpecProject $project
    }

    It 'runs on a database whose port is not published, and leaves no port behind' {
        (Invoke-LabQuery 'SELECT current_user AS who' -Path $project.Path).who | Should -Be 'shop'
        (Get-LabService -ProjectName $project.Name).Ports.IsPublished | Should -Not -Contain $true
    }

    It 'streams rows as objects' {
        $rows = Invoke-LabQuery 'SELECT n, n % 2 = 0 AS even FROM generate_series(1, 3) AS n' -Path $project.Path

        $rows.n | Should -Be @(1, 2, 3)
        $rows[1].even | Should -BeTrue
    }

    It 'binds values by name' {
        (Invoke-LabQuery 'SELECT @who AS who' -Parameter @{ who = "O'Hara" } -Path $project.Path).who | Should -Be "O'Hara"
    }

    It 'reports the place of an error in a query' {
        { Invoke-LabQuery 'SELECT oops' -Path $project.Path } | Should -Throw -ErrorId 'QueryFailed*'
    }

    It 'reports the stack that is not running' {
        Stop-LabStack -Path $project.Path -TimeoutSec 2
        $fault = try { Invoke-LabQuery 'SELECT 1' -Path $project.Path } catch { $_ }

        $fault.FullyQualifiedErrorId | Should -BeLike 'StackNotRunning*'
        $fault.ErrorDetails.RecommendedAction | Should -BeLike "Start-LabStack -Path *$($project.Name)"
    }
}
