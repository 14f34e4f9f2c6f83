BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Projects.ps1"
}

Describe 'Containers of a stack' -Tag Engine {
    BeforeAll {
        $project = New-SpecProject @'
services:
  a: { image: IMAGE, SLEEP, scale: 2 }
  b: { image: IMAGE, SLEEP, volumes: [ "kept:/kept" ] }
volumes: { kept: }
'@
        $begin = [DateTimeOffset]::Now.AddSeconds(-2)
        $null = Start-LabStack -Path $project.Path
        $in = @{ ProjectName = $project.Name }
        $null = Invoke-LabCommand a @in -Number 2 -Command sh, '-c', 'echo second > /tmp/second'
    }

    AfterAll {
        Remove-SpecProject $project
    }

    It 'list their processes with Get-LabProcess' {
        $processes = @(Get-LabProcess a @in)

        $processes | Should -BeOfType ComposeLab.LabProcess
        @($processes.Container | Sort-Object -Unique).Count | Should -Be 2
        $processes[0].Id | Should -BeGreaterThan 1
        ($processes.Command -join "`n") | Should -Match 'sleep|sh'
        { Get-LabProcess nosuch @in } | Should -Throw -ErrorId 'ServiceNotFound,ComposeLab.Commands.GetLabProcessCommand'
        { Get-LabProcess -ProjectName nosuchstack } | Should -Throw -ErrorId 'StackNotRunning,ComposeLab.Commands.GetLabProcessCommand'
    }

    It 'are measured with Measure-LabStack' {
        $usage = @(Measure-LabStack a @in)

        $usage | Should -BeOfType ComposeLab.LabUsage
        $usage.Container | Sort-Object | Should -Be "$($project.Name)-a-1", "$($project.Name)-a-2"
        $usage[0].Memory | Should -BeGreaterThan 0
        $usage[0].MemoryLimit | Should -BeGreaterThan $usage[0].Memory
        $usage[0].Processes | Should -BeGreaterThan 0
        @(Measure-LabStack @in -Top 1).Count | Should -Be 1
        @(Measure-LabStack b @in -Continuous | Select-Object -First 2).Service | Should -Be 'b', 'b'
        { Measure-LabStack -ProjectName nosuchstack } | Should -Throw -ErrorId 'StackNotRunning,ComposeLab.Commands.MeasureLabStackCommand'
    }

    It 'are listed with their networks and volumes by Get-LabNetwork and Get-LabVolume' {
        $network = Get-LabNetwork default @in

        $network | Should -BeOfType ComposeLab.LabNetwork
        $network.Name | Should -Be "$($project.Name)_default"
        $network.UsedBy.Count | Should -Be 3
        (Get-LabVolume @in).UsedBy | Should -Be "$($project.Name)-b-1"
        Get-LabVolume nosuch @in -ErrorAction Ignore | Should -BeNullOrEmpty
        Get-LabVolume nosuch* @in | Should -BeNullOrEmpty
        { Get-LabVolume nosuch @in -ErrorAction Stop } | Should -Throw -ErrorId 'VolumeNotFound,ComposeLab.Commands.GetLabVolumeCommand'
        { Get-LabNetwork nosuch @in -ErrorAction Stop } | Should -Throw -ErrorId 'NetworkNotFound,ComposeLab.Commands.GetLabNetworkCommand'
        { Get-LabVolume -ProjectName "$($project.Name)typo" -ErrorAction Stop } | Should -Throw -ErrorId 'StackNotRunning,ComposeLab.Commands.GetLabVolumeCommand'
    }

    It 'have the hash that Show-MergedConfig -Hash shows' {
        foreach ($hash in Show-MergedConfig -Path $project.Path -Hash) {
            docker inspect "$($project.Name)-$($hash.Service)-1" --format '{{index .Config.Labels "com.docker.compose.config-hash"}}' | Should -Be $hash.Hash
        }
    }

    It 'keep their images: Get-LabImage lists their users, and Remove-LabImage names them' {
        $image = Get-LabImage a -Path $project.Path

        $image | Should -BeOfType ComposeLab.LabImage
        $image.Services | Should -Be 'a', 'b'
        $image.UsedBy | Should -Contain "$($project.Name)-b-1"
        { Get-LabImage nosuch @in -ErrorAction Stop } | Should -Throw -ErrorId 'ImageNotFound,ComposeLab.Commands.GetLabImageCommand'
        { Remove-LabImage a @in -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'ResourceInUse,ComposeLab.Commands.RemoveLabImageCommand'
    }

    It 'report what happened to them with Get-LabEvent' {
        # The engine remembers the last 256 events of all containers, so what was long ago may be forgotten.
        $null = Restart-LabStack b @in -TimeoutSec 1
        $events = @(Get-LabEvent b @in -Since $begin)
        Stop-LabStack b @in -TimeoutSec 1

        $events | Should -BeOfType ComposeLab.LabEvent
        $events.Action | Should -Contain 'start'
        ($events | Where-Object Action -EQ 'die').ExitCode | Should -Be 0
        @($events.Service | Sort-Object -Unique) | Should -Be 'b'
        Get-LabEvent b @in -Since $begin -Until $begin | Should -BeNullOrEmpty
        { Get-LabEvent nosuch @in } | Should -Throw -ErrorId 'ServiceNotFound,ComposeLab.Commands.GetLabEventCommand'
    }

    It 'are saved by Export-LabContainer, each replica on its own, also when stopped' {
        $tar = Join-Path $TestDrive 'second.tar'

        Export-LabContainer a $tar @in -Number 2 -WhatIf
        Test-Path $tar | Should -BeFalse
        (Export-LabContainer a $tar @in -Number 2).FullName | Should -Be $tar
        (tar -tf $tar) -contains 'tmp/second' | Should -BeTrue
        $null = Export-LabContainer b (Join-Path $TestDrive 'b.tar') @in
        (tar -tf (Join-Path $TestDrive 'b.tar')) -contains 'tmp/second' | Should -BeFalse
        @(Get-ChildItem $TestDrive -File).Count | Should -Be 2
    }

    It 'become images with New-LabImage' {
        $name = "$($project.Name):kept"
        try {
            $image = New-LabImage a $name @in -Number 2 -Comment 'a spec' -Change 'ENV KEPT=yes'

            $image | Should -BeOfType ComposeLab.LabContainerImage
            $image.ImageId | Should -Match '^sha256:'
            $image.Container | Should -Be "$($project.Name)-a-2"
            Set-SpecProject $project "services:`n  a: { image: '$name', SLEEP }`n"
            (Invoke-LabRun a -Path $project.Path -Entrypoint @() -NoDeps -Command sh, '-c', 'cat /tmp/second; echo $KEPT').Output | Should -Be "second`nyes`n"
        }
        finally {
            # Only this image: the others belong to the machine.
            Remove-LabStack a @in -TimeoutSec 1
            docker image rm -f $name 2>$null
        }
    }
}
