BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Projects.ps1"
}

Describe 'Invoke-LabCommand' -Tag Engine {
    BeforeAll {
        $project = New-SpecProject "services:`n  web: { image: IMAGE, SLEEP, working_dir: /usr }`n  idle: { image: IMAGE, SLEEP }`n"
        $null = Start-LabStack -Path $project.Path
        $null = Stop-LabStack idle -ProjectName $project.Name
        $in = @{ Service = 'web'; ProjectName = $project.Name }
    }

    AfterAll {
        Remove-SpecProject $project
    }

    It 'keeps exit code, standard output and standard error apart' {
        $result = Invoke-LabCommand @in -Command sh, '-c', 'echo out; echo err >&2; exit 3'

        $result | Should -BeOfType ComposeLab.LabCommandResult
        $result.ExitCode | Should -Be 3
        $result.Succeeded | Should -BeFalse
        $result.Output | Should -Be "out`n"
        $result.ErrorOutput | Should -Be "err`n"
        $result.Container | Should -Be "$($project.Name)-web-1"
        $result.Duration | Should -BeOfType TimeSpan
    }

    It 'passes arguments on as they are: no shell reads them' {
        (Invoke-LabCommand @in -Command printf, '%s|', 'a b', '$HOME', '*', '"', "'", '').Output | Should -Be "a b|`$HOME|*|`"|'||"
    }

    It 'takes the command after two dashes' {
        (Invoke-LabCommand web -ProjectName $project.Name -- sh -c 'echo $0' -U).Output | Should -Be "-U`n"
    }

    It 'pipes objects to standard input, a line for each' {
        ('first', 'zweite: äöü', 3 | Invoke-LabCommand @in -Command cat).Output | Should -Be "first`nzweite: äöü`n3`n"
    }

    It 'pipes bytes as they are' {
        (Invoke-LabCommand @in -Command wc, '-c' -InputObject ([byte[]](0..255))).Output.Trim() | Should -Be '256'
    }

    It 'gets much input and much output through at once' {
        $text = 'x' * 1MB

        (Invoke-LabCommand @in -Command cat -InputObject $text).Output.Length | Should -Be ($text.Length + 1)
    }

    It 'is not held up by a command that does not read its input' {
        (Invoke-LabCommand @in -Command true -InputObject ('x' * 1MB)).ExitCode | Should -Be 0
    }

    It 'runs as the user, in the directory and with the variables that are asked for' {
        $result = Invoke-LabCommand @in -User 65534 -WorkingDirectory /tmp -Environment @{ WORD = 'a b' } -Command sh, '-c', 'id -u; pwd; echo "$WORD"'

        $result.Output | Should -Be "65534`n/tmp`na b`n"
        (Invoke-LabCommand @in -Command pwd).Output | Should -Be "/usr`n"
    }

    It 'makes a failure an error when asked, after the result' {
        $result = Invoke-LabCommand @in -RequireSuccess -Command sh, '-c', 'echo broken >&2; exit 4' -ErrorAction SilentlyContinue -ErrorVariable fault

        $result.ExitCode | Should -Be 4
        $fault[0].FullyQualifiedErrorId | Should -Be 'CommandFailed,ComposeLab.Commands.InvokeLabCommandCommand'
        $fault[0].Exception.Message | Should -Match 'broken'
    }

    It 'ends with an error when the time is up' {
        { Invoke-LabCommand @in -TimeoutSec 1 -Command sleep, 5 } |
            Should -Throw -ErrorId 'TimedOut,ComposeLab.Commands.InvokeLabCommandCommand'
    }

    It 'keeps bytes as they are in a file and in the pipeline, and tells of bytes that are not text' {
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

    It 'streams lines as they come, before the object' {
        $seen = Invoke-LabCommand @in -Stream -Command sh, '-c', 'echo one; echo two; echo three >&2'

        @($seen | Where-Object { $_ -is [ComposeLab.LabLogLine] }).Text | Sort-Object | Should -Be @('one', 'three', 'two')
        $seen[-1].Output | Should -Be "one`ntwo`n"
    }

    It 'takes the service from the pipeline' {
        (Get-LabService web -ProjectName $project.Name | Invoke-LabCommand -Command pwd).Output | Should -Be "/usr`n"
    }

    It 'says that two dashes are needed where PowerShell takes an argument for a parameter' {
        { Invoke-LabCommand web -ProjectName $project.Name echo -U app } |
            Should -Throw -ErrorId 'CommandAmbiguous,ComposeLab.Commands.InvokeLabCommandCommand'
    }

    It 'makes a command that cannot be started an error' {
        { Invoke-LabCommand @in -Command nosuch } | Should -Throw -ErrorId 'ProgramNotFound,ComposeLab.Commands.InvokeLabCommandCommand'
    }

    It 'says that a service is unknown, or does not run' {
        { Invoke-LabCommand nosuch true -ProjectName $project.Name } |
            Should -Throw -ErrorId 'ServiceNotFound,ComposeLab.Commands.InvokeLabCommandCommand'
        { Invoke-LabCommand idle true -ProjectName $project.Name } |
            Should -Throw -ErrorId 'StackNotRunning,ComposeLab.Commands.InvokeLabCommandCommand' -ExpectedMessage '*exited*'
    }
}
