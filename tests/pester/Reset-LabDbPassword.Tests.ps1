BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Projects.ps1"

    # A server with the most detailed logging.
    $text = @'
services:
  db:
    image: IMAGE
    command: [ "-c", "log_statement=all", "-c", "log_duration=on", "-c", "log_min_duration_statement=0", "-c", "log_transaction_sample_rate=1", "-c", "log_min_error_statement=info",
               "-c", "log_error_verbosity=verbose", "-c", "log_parameter_max_length=-1", "-c", "log_parameter_max_length_on_error=-1" ]
    environment: { POSTGRES_INITDB_ARGS: "ARGUMENTS", POSTGRES_PASSWORD: PASSWORD }
    volumes: [ "data:/var/lib/postgresql/data" ]
    healthcheck: { test: ["CMD", "pg_isready", "-q", "-h", "127.0.0.1"], interval: 5s, start_period: 30s }
    stop_signal: SIGINT
volumes: { data: {} }
'@

    # A volume that was created with a different password than the project's current one.
    function New-ProjectWithOldVolume {
        param([string]$Arguments)

        $text = $text.Replace('ARGUMENTS', $Arguments)
        $project = New-SpecProject $text.Replace('PASSWORD }', 'first-secret }')
        Start-LabStack -Path $project.Path | Out-Null
        Set-SpecProject $project $text.Replace('PASSWORD }', 'second-secret }')
        Start-LabStack -Path $project.Path | Out-Null
        $project
    }

    # The server's log and the complete error, including inner exceptions.
    function Get-Told {
        param($Project, $Fault)

        $log = (Get-LabLog db -Path $Project.Path).Text -join "`n"
        $errors = for ($exception = $Fault.Exception; $exception; $exception = $exception.InnerException) { "$exception"; $exception.Data | Out-String }
        $log + ($Fault | Format-List * -Force | Out-String -Width 4096) + $errors
    }
}

Describe 'Reset-LabDbPassword' -Tag Engine {
    BeforeAll {
        $project = New-ProjectWithOldVolume ''
    }

    AfterAll {
        Remove-SpecProject $project
    }

    It 'changes nothing with -WhatIf' {
        Reset-LabDbPassword -Path $project.Path -WhatIf
        (Test-LabDb -Path $project.Path).Cause | Should -Be 'VolumeKeepsOldLogin'
    }

    It 'sets the password in the volume to that of the project, and no log contains it' {
        $result = Reset-LabDbPassword -Path $project.Path

        $result | Should -BeOfType ComposeLab.LabDbTestResult
        $result.Ok | Should -BeTrue
        $log = (Get-LabLog db -Path $project.Path).Text -join "`n"
        $log | Should -Not -Match 'second-secret|SCRAM-SHA-256\$'
        $log | Should -Match 'log_statement'
    }

    It 'rejects a role that no service uses' {
        { Reset-LabDbPassword -Path $project.Path -Role nobody } | Should -Throw -ErrorId 'VariableRequired*'
    }

    It 'reports why a server rejects the change, without the password' {
        Invoke-LabCommand db -Path $project.Path -- sh -c 'touch $PGDATA/standby.signal' | Out-Null
        Restart-LabStack db -Path $project.Path

        $fault = try { Reset-LabDbPassword -Path $project.Path } catch { $_ }

        $fault.FullyQualifiedErrorId | Should -BeLike 'QueryFailed,*'
        $fault.ErrorDetails.Message | Should -BeLike '*read-only*'
        Get-Told $project $fault | Should -Not -Match 'second-secret|SCRAM-SHA-256\$'
    }
}

Describe 'Reset-LabDbPassword where even local connections need a password' -Tag Engine {
    BeforeAll {
        $project = New-ProjectWithOldVolume '--auth=scram-sha-256'
    }

    AfterAll {
        Remove-SpecProject $project
    }

    It 'changes nothing without an answer to the question, and -Confirm:$false is not an answer' {
        $before = Get-LabService db -Path $project.Path
        # A session without a console cannot be asked.
        $shell = [powershell]::Create()
        $script = 'param($module, $path) Import-Module $module; Reset-LabDbPassword -Path $path -Confirm:$false'
        $null = $shell.AddScript($script).AddArgument("$PSScriptRoot/../../ComposeLab.psd1").AddArgument($project.Path)
        try { $shell.Invoke() } catch { $null = $_ }

        @($shell.Streams.Error)[0].FullyQualifiedErrorId | Should -BeLike 'ConfirmationRequired,*'
        $after = Get-LabService db -Path $project.Path
        $after.ContainerId, $after.StartedAt, $after.RestartCount | Should -Be @($before.ContainerId, $before.StartedAt, $before.RestartCount)
        (Test-LabDb -Path $project.Path).Cause | Should -Be 'VolumeKeepsOldLogin'
        $shell.Dispose()
    }

    It 'stops the server, sets the password, starts the server again and keeps the data' {
        $before = Get-LabService db -Path $project.Path
        $result = Reset-LabDbPassword -Path $project.Path -Force

        $result.Ok | Should -BeTrue
        $after = Get-LabService db -Path $project.Path
        $after.ContainerId | Should -Be $before.ContainerId
        (Invoke-LabQuery 'SELECT 1 AS one' -Path $project.Path).one | Should -Be 1
        (Get-LabLog db -Path $project.Path).Text -join "`n" | Should -Not -Match 'second-secret|SCRAM-SHA-256\$'
    }
}
