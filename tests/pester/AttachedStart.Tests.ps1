BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Projects.ps1"
    . "$PSScriptRoot/support/Waiting.ps1"
}

Describe 'A stack that is followed to its end' -Tag Engine {
    BeforeAll {
        $project = New-SpecProject @'
services:
  base: { image: IMAGE, network_mode: host, SLEEP }
  ok:
    image: IMAGE
    network_mode: host
    entrypoint: [ sh, -c, "echo fine; exit 0" ]
    depends_on: [ base ]
  bad:
    image: IMAGE
    network_mode: host
    entrypoint: [ sh, -c, "echo broken >&2; exit 7" ]
    depends_on: { ok: { condition: service_completed_successfully } }
  job: { image: IMAGE, network_mode: host, entrypoint: [ sh, -c, "echo earlier; exit 3" ], profiles: [ job ] }
'@
        function Get-State { Get-LabService -ProjectName $project.Name | ForEach-Object { "$($_.Service) $($_.State) $($_.ExitCode)" } }
    }

    AfterAll {
        Remove-SpecProject $project
    }

    It 'is stopped when a container exits with -AbortOnExit, with its log as objects' {
        $lines = @(Start-LabStack -Path $project.Path -AbortOnExit)

        $global:LASTEXITCODE | Should -Be 0
        $lines | Should -BeOfType ComposeLab.LabLogLine
        ($lines | Where-Object Service -EQ 'ok').Text | Should -Be 'fine'
        Get-State | Should -Contain 'base Exited 0'
    }

    It 'is stopped at the first failure with -AbortOnFailure, and ignores containers that are not part of the start' {
        $null = Start-LabStack job -Path $project.Path -AbortOnExit
        $lines = @(Start-LabStack -Path $project.Path -AbortOnFailure -ForceRecreate)

        $global:LASTEXITCODE | Should -Be 7
        ($lines | Where-Object Service -EQ 'bad').Text | Should -Be 'broken'
        $lines.Service | Should -Not -Contain 'job'
        $null = Remove-LabStack job -Path $project.Path
        Get-State | Should -Contain 'base Exited 0'
    }

    It 'reports the exit code of one service, and is removed afterwards' {
        $null = Start-LabStack -Path $project.Path -ExitCodeFrom bad -RemoveAfter -ForceRecreate

        $global:LASTEXITCODE | Should -Be 7
        Get-LabStack "$($project.Name)*" | Should -BeNullOrEmpty
    }

    It 'is stopped on Ctrl-C' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$PSScriptRoot/../../ComposeLab.psd1'; Start-LabStack base -Path '$($project.Path)' -Attach")
            $output = [Management.Automation.PSDataCollection[psobject]]::new()
            $null = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output)
            Wait-Until { $output.Count -gt 0 }
            $shell.Stop()
        }
        finally {
            $shell.Dispose()
        }

        $output[0].Text | Should -Be 'up'
        Get-State | Should -Be 'base Exited 0'
    }

    It 'is waited for by Wait-LabStack -For Exit, and removed on request' {
        $null = Start-LabStack base, ok -Path $project.Path -NoWait

        $ended = @(Wait-LabStack ok -ProjectName $project.Name -For Exit)
        $ended.Service | Should -Be 'ok'
        $global:LASTEXITCODE | Should -Be 0
        { Wait-LabStack base -ProjectName $project.Name -For Exit -TimeoutSec 1 } | Should -Throw -ErrorId 'TimedOut,ComposeLab.Commands.WaitLabStackCommand'
        $null = Wait-LabStack ok -ProjectName $project.Name -For Exit -RemoveAfter
        Get-LabStack "$($project.Name)*" | Should -BeNullOrEmpty
    }

    It 'does not accept parameters that contradict each other' {
        { Start-LabStack -Path $project.Path -AbortOnExit -AbortOnFailure } | Should -Throw -ErrorId 'ParameterConflict,ComposeLab.Commands.StartLabStackCommand'
        { Wait-LabStack -Path $project.Path -RemoveAfter } | Should -Throw -ErrorId 'ParameterConflict,ComposeLab.Commands.WaitLabStackCommand'
    }
}
