BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Projects.ps1"
}

Describe 'Invoke-LabCommand' -Tag Engine {
    BeforeAll {
        $project = New-SpecProject "services:`n  web: { image: IMAGE, network_mode: host, SLEEP, working_dir: /usr }`n  idle: { image: IMAGE, network_mode: host, SLEEP }`n"
        $null = Start-LabStack -Path $project.Path
        $null = Stop-LabStack idle -ProjectName $project.Name
        $in = @{ Service = 'web'; ProjectName = $project.Name }
    }

    AfterAll {
        Remove-SpecProject $project
    }

    It 'returns exit code, standard output and standard error separately' {
        $result = Invoke-LabCommand @in -Command sh, '-c', 'echo out; echo err >&2; exit 3'

        $result | Should -BeOfType ComposeLab.LabCommandResult
        $result.ExitCode | Should -Be 3
        $result.Succeeded | Should -BeFalse
        $result.Output | Should -Be "out`n"
        $result.ErrorOutput | Should -Be "err`n"
        $result.Container | Should -Be "$($project.Name)-web-1"
        $result.Duration | Should -BeOfType TimeSpan
    }

    It 'passes arguments on unchanged, without a shell' {
        (Invoke-LabCommand @in -Command printf, '%s|', 'a b', '$HOME', '*', '"', "'", '').Output | Should -Be "a b|`$HOME|*|`"|'||"
    }

    It 'accepts the command after two dashes' {
        (Invoke-LabCommand web -ProjectName $project.Name -- sh -c 'echo $0' -U).Output | Should -Be "-U`n"
    }

    It 'pipes objects to standard input, a line for each' {
        ('first', 'zweite: äöü', 3 | Invoke-LabCommand @in -Command cat).Output | Should -Be "first`nzweite: äöü`n3`n"
    }

    It 'pipes bytes unchanged' {
        (Invoke-LabCommand @in -Command wc, '-c' -InputObject ([byte[]](0..255))).Output.Trim() | Should -Be '256'
    }

    It 'handles large input and output at the same time' {
        $text = 'x' * 1MB

        (Invoke-LabCommand @in -Command cat -InputObject $text).Output.Length | Should -Be ($text.Length + 1)
    }

    It 'does not hang if a command does not read its input' {
        (Invoke-LabCommand @in -Command true -InputObject ('x' * 1MB)).ExitCode | Should -Be 0
    }

    It 'runs with the specified user, directory and variables' {
        $result = Invoke-LabCommand @in -User 65534 -WorkingDirectory /tmp -Environment @{ WORD = 'a b' } -Command sh, '-c', 'id -u; pwd; echo "$WORD"'

        $result.Output | Should -Be "65534`n/tmp`na b`n"
        (Invoke-LabCommand @in -Command pwd).Output | Should -Be "/usr`n"
    }

    It 'takes a variable that is $null from the session, or does not set it' {
        $env:SPEC_WORD = 'from session'
        try {
            (Invoke-LabCommand @in -Environment @{ SPEC_WORD = $null; SPEC_NONE = $null } -Command sh, '-c', 'echo "$SPEC_WORD ${SPEC_NONE-unset}"').Output | Should -Be "from session unset`n"
        }
        finally {
            $env:SPEC_WORD = $null
        }
    }

    It 'writes an error for a failure if requested, after the result' {
        $result = Invoke-LabCommand @in -RequireSuccess -Command sh, '-c', 'echo broken >&2; exit 4' -ErrorAction SilentlyContinue -ErrorVariable fault

        $result.ExitCode | Should -Be 4
        $fault[0].FullyQualifiedErrorId | Should -Be 'CommandFailed,ComposeLab.Commands.InvokeLabCommandCommand'
        $fault[0].Exception.Message | Should -Match 'broken'
    }

    It 'fails with an error after a timeout' {
        { Invoke-LabCommand @in -TimeoutSec 1 -Command sleep, 5 } |
            Should -Throw -ErrorId 'TimedOut,ComposeLab.Commands.InvokeLabCommandCommand'
    }

    It 'keeps bytes unchanged in a file and in the pipeline, and reports bytes that are not text' {
        $file = Join-Path $TestDrive 'bytes'
        $bytes = [byte[]](0..255) * 40
        $result = Invoke-LabCommand @in -OutFile $file -Command cat -InputObject $bytes

        $result.OutFile | Should -Be $file
        [IO.File]::ReadAllBytes($file) | Should -Be $bytes
        [byte[]](Invoke-LabCommand @in -AsByteStream -Command cat -InputObject $bytes) | Should -Be $bytes
        $null = Invoke-LabCommand @in -Command cat -InputObject $bytes -WarningAction SilentlyContinue -WarningVariable told
        @($told).Count | Should -Be 1
        $null = Invoke-LabCommand @in -Command echo, 'äöü' -WarningVariable quiet
        @($quiet).Count | Should -Be 0
    }

    It 'streams lines as they arrive, before the object' {
        $seen = Invoke-LabCommand @in -Stream -Command sh, '-c', 'echo one; echo two; echo three >&2'

        @($seen | Where-Object { $_ -is [ComposeLab.LabLogLine] }).Text | Sort-Object | Should -Be @('one', 'three', 'two')
        $seen[-1].Output | Should -Be "one`ntwo`n"
    }

    It 'accepts the service from the pipeline' {
        (Get-LabService web -ProjectName $project.Name | Invoke-LabCommand -Command pwd).Output | Should -Be "/usr`n"
    }

    It 'reports that two dashes are needed if PowerShell reads an argument as a parameter' {
        { Invoke-LabCommand web -ProjectName $project.Name echo -U app } |
            Should -Throw -ErrorId 'CommandAmbiguous,ComposeLab.Commands.InvokeLabCommandCommand'
    }

    It 'reports an error for a command that cannot be started' {
        { Invoke-LabCommand @in -Command nosuch } | Should -Throw -ErrorId 'ProgramNotFound,ComposeLab.Commands.InvokeLabCommandCommand'
    }

    It 'reports that a service is unknown, or not running' {
        { Invoke-LabCommand nosuch true -ProjectName $project.Name } |
            Should -Throw -ErrorId 'ServiceNotFound,ComposeLab.Commands.InvokeLabCommandCommand'
        { Invoke-LabCommand idle true -ProjectName $project.Name } |
            Should -Throw -ErrorId 'StackNotRunning,ComposeLab.Commands.InvokeLabCommandCommand' -ExpectedMessage '*exited*'
    }
}
