BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/LabCopy.ps1"
}

Describe 'Test-LabDb' -Tag Engine {
    BeforeAll {
        $lab = New-LabCopy
        $select = $lab.Select
        $names = 'engine', 'container', 'health', 'api', '/db-check', 'dns', 'tcp', 'tls', 'authentication', 'database', 'SELECT 1', 'disk'
    }

    AfterAll {
        Remove-LabCopy $lab
    }

    It 'reports NotStarted and the fix before the first start' {
        $select = @{ Path = $lab.Path; ProjectName = "$($lab.Name)-unstarted" }
        $result = Test-LabDb @select -Profile Prod

        $result.Ok | Should -BeFalse
        $result.Cause | Should -Be 'NotStarted'
        $result.Recommendation | Should -BeLike 'Start-LabStack -Profile Prod*'
        Test-LabDb @select -Quiet | Should -BeFalse
    }

    Context 'in Prod, where the database is private' {
        BeforeAll {
            Start-LabStack @select -Profile Prod | Out-Null
            $result = Test-LabDb @select
        }

        It 'passes every check, from inside the network' {
            $result.Ok | Should -BeTrue
            $result.Cause | Should -Be 'None'
            $result.Recommendation | Should -BeNullOrEmpty
            $result.Service | Should -Be 'db'
            $result.Api | Should -Be 'api'
            $result.Checks.Name | Should -Be $names
            @($result.Checks | Where-Object Outcome -EQ 'Failed').Count | Should -Be 0
            ($result.Checks | Where-Object Name -EQ 'tcp').Detail | Should -BeLike "db:5432 from inside *-api-1"
        }

        It 'publishes nothing' {
            (Get-LabService db -ProjectName $lab.Name).Ports.IsPublished | Should -Not -Contain $true
        }

        It 'returns a bool with -Quiet' {
            Test-LabDb @select -Quiet | Should -BeOfType bool
        }

        It 'never shows a secret' {
            $password = (Get-Content (Join-Path $lab.Path 'secrets' 'postgres_password') -Raw).Trim()
            ($result | Out-String) + (Test-LabDb @select -Verbose 4>&1 | Out-String) | Should -Not -BeLike "*$password*"
        }

        It 'recommends starting the same profile if the database is stopped, which fixes it' {
            Stop-LabStack db @select
            $stopped = Test-LabDb @select
            $stopped.Cause | Should -Be 'DatabaseStopped'
            $stopped.Recommendation | Should -BeLike 'Start-LabStack -Profile Prod *'

            Invoke-Expression $stopped.Recommendation | Out-Null
            Test-LabDb @select -Quiet | Should -BeTrue
        }
    }

    Context 'with -Wait' {
        It 'returns when the database accepts logins again' {
            Start-LabStack @select -Profile Prod | Out-Null
            Stop-LabStack @select
            Start-LabStack @select -Profile Prod -NoWait | Out-Null

            (Test-LabDb @select -Wait -TimeoutSec 60).Ok | Should -BeTrue
        }

        It 'returns the last diagnosis after a timeout' {
            Stop-LabStack db @select

            Test-LabDb @select -Wait -TimeoutSec 1 -Quiet | Should -BeFalse
        }
    }

    It 'lists the services if none runs PostgreSQL' {
        { Test-LabDb @select -Service dbx } | Should -Throw -ErrorId 'ServiceNotFound*'
    }
}
