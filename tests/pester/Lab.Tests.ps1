# The lab's own promises, on a copy of it under a name of its own.
BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/LabCopy.ps1"
    . "$PSScriptRoot/support/Waiting.ps1"
}

Describe 'The bundled lab' {
    BeforeAll {
        $lab = New-LabCopy
        $select = $lab.Select

        # One statement in the lab's database; the rows as text.
        function Invoke-Sql {
            param([string]$Statement)

            $result = Invoke-LabCommand db -ProjectName $lab.Name -RequireSuccess -Command psql, '-U', lab, '-tAc', $Statement
            $result.Output.Trim()
        }

        # What the API answers; nothing while it does not.
        function Get-Answer {
            try { Invoke-RestMethod "http://127.0.0.1:$($lab.ApiPort)/" } catch { }
        }
    }

    AfterAll {
        Remove-LabCopy $lab
    }

    Context 'without its .env' {
        It 'says that POSTGRES_PASSWORD is missing and how to make the file, and changes nothing' {
            $file = [IO.Path]::Combine($lab.Path, '.env')
            $text = [IO.File]::ReadAllText($file)
            [IO.File]::Delete($file)
            try {
                $fault = try { Start-LabStack @select -Profile Dev } catch { $_ }
            }
            finally {
                [IO.File]::WriteAllText($file, $text)
            }

            $fault.FullyQualifiedErrorId | Should -Be 'VariableRequired,ComposeLab.Commands.StartLabStackCommand'
            $fault.Exception.Message | Should -Match 'POSTGRES_PASSWORD'
            $fault.ErrorDetails.RecommendedAction | Should -Match '^New-LabEnvFile'
            @(Get-LabStack "$($lab.Name)*").Count | Should -Be 0
        }
    }

    Context 'in Dev' {
        BeforeAll {
            $dev = @(Start-LabStack @select -Profile Dev)
        }

        It 'starts the database, then the API, both healthy' {
            $dev.Service | Should -Be @('db', 'api')
            $dev.Health | Should -Be @('Healthy', 'Healthy')
        }

        It 'publishes the database on loopback only' {
            $ports = @((Get-LabService db -ProjectName $lab.Name).Ports | Where-Object IsPublished)

            "$ports" | Should -Be "127.0.0.1:$($lab.DbPort)->5432/tcp"
        }

        It 'finds nothing to do the second time' {
            @(Start-LabStack @select -Profile Dev -WhatIf).Count | Should -Be 0
        }

        It 'shows an edit of the source without a rebuild' {
            $before = Get-LabService api -ProjectName $lab.Name
            $file = [IO.Path]::Combine($lab.Source, 'Endpoints', 'LabEndpoints.cs')
            $text = [IO.File]::ReadAllText($file)
            $word = 'Hello from the ComposeLab API'
            $text | Should -Match $word

            try {
                [IO.File]::WriteAllText($file, $text.Replace($word, 'edited by a spec'))
                Wait-Until -Seconds 120 { "$(Get-Answer)" -match 'edited by a spec' }
            }
            finally {
                # Prod is built from the same source: as it was, the build cache has it already.
                [IO.File]::WriteAllText($file, $text)
            }

            $after = Get-LabService api -ProjectName $lab.Name
            $after.ContainerId | Should -Be $before.ContainerId
            @(Start-LabStack @select -Profile Dev -WhatIf).Count | Should -Be 0
        }

        It 'can be looked at, stopped and removed by name where .env is missing' {
            [IO.File]::Move([IO.Path]::Combine($lab.Path, '.env'), [IO.Path]::Combine($lab.Path, '.env.away'))
            try {
                @(Get-LabService -Path $lab.Path -ProjectName $lab.Name).Count | Should -Be 2
                @(Stop-LabStack -Path $lab.Path -ProjectName $lab.Name -WhatIf).Count | Should -Be 2
                @(Remove-LabStack -Path $lab.Path -ProjectName $lab.Name -WhatIf).Count | Should -Be 3
            }
            finally {
                [IO.File]::Move([IO.Path]::Combine($lab.Path, '.env.away'), [IO.Path]::Combine($lab.Path, '.env'))
            }
        }
    }

    Context 'from Dev to Prod' {
        BeforeAll {
            $null = Invoke-Sql 'CREATE TABLE IF NOT EXISTS kept (word text); TRUNCATE kept; INSERT INTO kept VALUES (''from dev'')'
            $plan = @(Start-LabStack @select -Profile Prod -WhatIf)
            $prod = @(Start-LabStack @select -Profile Prod)
        }

        It 'makes both containers anew, says why, and touches neither network nor volume' {
            $plan.Resource | Should -Contain "container $($lab.Name)-api-1"
            $plan.Resource | Should -Contain "container $($lab.Name)-db-1"
            @($plan.Resource -match '^(network|volume) ').Count | Should -Be 0
            ($plan | Where-Object Resource -EQ "container $($lab.Name)-db-1").Cause | Should -Match 'read_only'
            "$($plan.Cause)" | Should -Not -Match ([IO.File]::ReadAllLines([IO.Path]::Combine($lab.Path, '.env')) -match '^POSTGRES_PASSWORD=')[0].Split('=', 2)[1]
        }

        It 'is healthy and keeps the rows' {
            $prod.Health | Should -Be @('Healthy', 'Healthy')
            Invoke-Sql 'SELECT word FROM kept' | Should -Be 'from dev'
        }

        It 'does not publish the database' {
            @((Get-LabService db -ProjectName $lab.Name).Ports | Where-Object IsPublished).Count | Should -Be 0
        }

        It 'mounts nothing of this machine but the password, restarts what ends, and keeps its root read-only' {
            $merged = Show-MergedConfig @select -Profile Prod -AsObject

            foreach ($service in $merged.services.db, $merged.services.api) {
                @($service.volumes | Where-Object type -EQ 'bind').Count | Should -Be 0
                $service.restart | Should -Be 'unless-stopped'
                $service.read_only | Should -BeTrue
            }
            (Invoke-LabCommand db -ProjectName $lab.Name -Command touch, /written).ExitCode | Should -Not -Be 0
        }
    }

    Context 'and its data' {
        It 'keeps rows through a removal and a new start' {
            Remove-LabStack -ProjectName $lab.Name
            $null = Start-LabStack @select -Profile Prod

            Invoke-Sql 'SELECT word FROM kept' | Should -Be 'from dev'
        }

        It 'forgets them when the volume is removed' {
            Remove-LabStack -ProjectName $lab.Name -Volume -Force
            $null = Start-LabStack db @select -Profile Prod

            Invoke-Sql 'SELECT to_regclass(''kept'') IS NULL' | Should -Be 't'
        }
    }
}
