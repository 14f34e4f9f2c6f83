BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Projects.ps1"
    . "$PSScriptRoot/support/Waiting.ps1"
}

Describe 'Invoke-LabRun' -Tag Engine {
    BeforeAll {
        $project = New-SpecProject @'
services:
  job:
    image: IMAGE
    SLEEP
    working_dir: /usr
    depends_on: [ db ]
    ports: [ "0:80" ]
    environment: { LEVEL: info }
  db: { image: IMAGE, SLEEP }
  web: { image: IMAGE, SLEEP }
'@
        $in = @{ Path = $project.Path; Entrypoint = @() }
        # A stack without containers is an error; here it has none on purpose.
        function Get-OneOff { @(Get-LabService -ProjectName $project.Name -All -ErrorAction Ignore | Where-Object IsOneOff) }
    }

    AfterAll {
        Remove-SpecProject $project
    }

    It 'shows the plan with -WhatIf, and changes nothing' {
        Invoke-LabRun job @in -WhatIf -Command ls | Should -BeNullOrEmpty

        Get-LabStack "$($project.Name)*" | Should -BeNullOrEmpty
    }

    It 'starts only the dependencies, returns the result and removes the container' {
        $result = Invoke-LabRun job @in -Command sh, '-c', 'echo "$LEVEL"; pwd; echo err >&2; exit 3'

        $result | Should -BeOfType ComposeLab.LabCommandResult
        $result.ExitCode | Should -Be 3
        $global:LASTEXITCODE | Should -Be 3
        $result.Output | Should -Be "info`n/usr`n"
        $result.ErrorOutput | Should -Be "err`n"
        $result.Container | Should -BeLike "$($project.Name)-job-run-*"
        (Get-LabService -ProjectName $project.Name).Service | Should -Be 'db'
        Get-OneOff | Should -BeNullOrEmpty
    }

    It 'pipes text and bytes to a command that reads to the end' {
        ('first', 'zweite: äöü' | Invoke-LabRun job @in -NoDeps -Command cat).Output | Should -Be "first`nzweite: äöü`n"
        $bytes = [byte[]](0..255)
        [byte[]](Invoke-LabRun job @in -NoDeps -AsByteStream -Command cat -InputObject $bytes) | Should -Be $bytes
    }

    It 'applies the overrides' {
        Set-Content (Join-Path $project.Path 'run.env') "ONE=1`nTWO=file`n" -NoNewline
        Push-Location $project.Path
        try {
            $result = Invoke-LabRun job @in -NoDeps -User 65534 -WorkingDirectory /tmp -EnvironmentFile run.env -Environment @{ TWO = 'typed'; LEVEL = 'debug' } -Volume ./run.env:/mnt/run.env:ro -Command sh, '-c', 'id -u; pwd; echo $ONE $TWO $LEVEL; cat /mnt/run.env'
        }
        finally {
            Pop-Location
        }

        $result.Output | Should -Be "65534`n/tmp`n1 typed debug`nONE=1`nTWO=file`n"
    }

    It 'keeps a detached container with its labels and ports, and the stack removes it' {
        $kept = Invoke-LabRun job @in -NoDeps -Detach -Keep -Publish '127.0.0.1::81' -Label @{ purpose = 'spec' } -Command sleep, 60

        $kept | Should -BeOfType ComposeLab.LabService
        $kept.IsOneOff | Should -BeTrue
        $kept.State | Should -Be 'Running'
        $kept.Ports.ContainerPort | Should -Contain 81
        $kept.Ports.ContainerPort | Should -Not -Contain 80
        Stop-LabStack -ProjectName $project.Name -TimeoutSec 1
        (Get-OneOff).Container | Should -Be $kept.Container
        Remove-LabStack -ProjectName $project.Name -TimeoutSec 1
        Get-OneOff | Should -BeNullOrEmpty
    }

    It 'keeps a detached program that reads its input, and Invoke-LabCommand finds it if the service has no other container' {
        $kept = Invoke-LabRun web @in -Detach -Command cat

        (Invoke-LabCommand web -ProjectName $project.Name -Command cat, /proc/1/comm).Container | Should -Be $kept.Container
        { Invoke-LabCommand web -ProjectName $project.Name -Number 1 -Command true } | Should -Throw -ErrorId 'StackNotRunning,ComposeLab.Commands.InvokeLabCommandCommand'
        Remove-LabStack -ProjectName $project.Name -TimeoutSec 1
    }

    It 'lets the engine remove a detached container that exits' {
        $null = Invoke-LabRun job @in -NoDeps -Detach -Command true

        Wait-Until { -not (Get-OneOff) }
    }

    It 'stops and removes the container after a timeout' {
        { Invoke-LabRun job @in -NoDeps -TimeoutSec 1 -Command sleep, 60 } | Should -Throw -ErrorId 'TimedOut,ComposeLab.Commands.InvokeLabRunCommand'

        Get-OneOff | Should -BeNullOrEmpty
    }

    It 'stops and removes the container on Ctrl-C' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$PSScriptRoot/../../ComposeLab.psd1'; Invoke-LabRun job -Path '$($project.Path)' -NoDeps -Entrypoint @() -Command sleep, 60")
            $running = $shell.BeginInvoke()
            Wait-Until { (Get-OneOff).State -eq 'Running' }
            $shell.Stop()
        }
        finally {
            $shell.Dispose()
        }

        Wait-Until { -not (Get-OneOff) }
    }

    It 'leaves nothing behind if the program does not exist' {
        { Invoke-LabRun job @in -NoDeps -Command nosuch } | Should -Throw -ErrorId 'ProgramNotFound,ComposeLab.Commands.InvokeLabRunCommand'

        Get-OneOff | Should -BeNullOrEmpty
    }

    It 'does not touch a container that has the requested name' {
        $other = Invoke-LabRun web @in -Detach -Keep -Name "$($project.Name)-other" -Command sleep, 60

        { Invoke-LabRun job @in -NoDeps -Name $other.Container -Command true } | Should -Throw -ErrorId 'ContainerNameInUse,ComposeLab.Commands.InvokeLabRunCommand'
        (Get-OneOff).ContainerId | Should -Be $other.ContainerId
    }

    It 'writes an error for a failure if requested, and reports unknown services and conflicting parameters' {
        $null = Invoke-LabRun job @in -NoDeps -RequireSuccess -Command false -ErrorAction SilentlyContinue -ErrorVariable fault

        $fault[0].FullyQualifiedErrorId | Should -Be 'CommandFailed,ComposeLab.Commands.InvokeLabRunCommand'
        { Invoke-LabRun nosuch @in } | Should -Throw -ErrorId 'ServiceNotFound,ComposeLab.Commands.InvokeLabRunCommand'
        { Invoke-LabRun job @in -Detach -Stream } | Should -Throw -ErrorId 'ParameterConflict,ComposeLab.Commands.InvokeLabRunCommand'
        { Invoke-LabRun job @in echo -U app } | Should -Throw -ErrorId 'CommandAmbiguous,ComposeLab.Commands.InvokeLabRunCommand'
    }
}
