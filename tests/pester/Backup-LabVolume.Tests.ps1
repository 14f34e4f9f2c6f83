BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Projects.ps1"
    . "$PSScriptRoot/support/Waiting.ps1"
}

Describe 'A volume of a stack' -Tag Engine {
    BeforeAll {
        $project = New-SpecProject @'
services:
  app: { image: IMAGE, network_mode: host, SLEEP, volumes: [ "data:/data" ] }
volumes: { data: { labels: { kept: yes-it-is } } }
'@
        $in = @{ Path = $project.Path }
        $file = Join-Path $TestDrive 'data.tar.gz'
        $null = Start-LabStack @in
        $fill = 'cd /data; echo one > a; mkdir -m 0700 sub; echo two > sub/b; ln -s a link; chown 1234:5678 sub/b; chmod 4755 a'
        $look = 'cd /data; stat -c "%n %a %u:%g %N" a sub sub/b link; cat a sub/b'
        $null = Invoke-LabCommand app @in -Command sh, '-c', $fill
        $before = (Invoke-LabCommand app @in -Command sh, '-c', $look).Output
    }

    AfterAll {
        Remove-SpecProject $project
    }

    It 'is not saved while a running container can write to it' {
        { Backup-LabVolume data $file @in } | Should -Throw -ErrorId 'ResourceInUse,ComposeLab.Commands.BackupLabVolumeCommand'
        { Backup-LabVolume nosuch $file @in } | Should -Throw -ErrorId 'VolumeNotFound,ComposeLab.Commands.BackupLabVolumeCommand'
        Backup-LabVolume data $file @in -StopService -WhatIf
        Get-ChildItem $TestDrive | Should -BeNullOrEmpty
    }

    It 'leaves nothing on a full disk, like a copy and an export' {
        $null = Invoke-LabCommand app @in -Command sh, '-c', 'head -c 200000 /dev/urandom > /data/random; cp /data/random /tmp'
        $full = New-Item (Join-Path $TestDrive 'full') -ItemType Directory
        mount -t tmpfs -o size=64k tmpfs $full
        try {
            { Backup-LabVolume data "$full/x.tar.gz" @in -Force } | Should -Throw -ErrorId 'FileUnwritable,ComposeLab.Commands.BackupLabVolumeCommand'
            { Copy-LabItem app:/data/random $full @in } | Should -Throw -ErrorId 'FileUnwritable,ComposeLab.Commands.CopyLabItemCommand'
            { Copy-LabItem app:/data $full @in } | Should -Throw -ErrorId 'FileUnwritable,ComposeLab.Commands.CopyLabItemCommand'
            { Export-LabContainer app "$full/x.tar" @in } | Should -Throw -ErrorId 'FileUnwritable,ComposeLab.Commands.ExportLabContainerCommand'
            Get-ChildItem $full -Force | Should -BeNullOrEmpty
        }
        finally {
            umount $full
            Remove-Item $full
            $null = Invoke-LabCommand app @in -Command rm, /data/random
        }
    }

    It 'leaves nothing if it is stopped, like a copy and an export: <_>' -ForEach @(
        'Backup-LabVolume data "$out/x.tar.gz" @in -Force'
        'Copy-LabItem app:/data/large $out @in'
        'Copy-LabItem app:/data $out @in'
        'Export-LabContainer app "$out/x.tar" @in'
    ) {
        # Without blocks on the disk.
        $null = Invoke-LabCommand app @in -Command sh, '-c', 'for f in /data/large /tmp/large; do dd if=/dev/zero of=$f bs=1 count=0 seek=20G 2> /dev/null; done'
        $out = (New-Item (Join-Path $TestDrive 'out') -ItemType Directory).FullName
        $module = "$PSScriptRoot/../../ComposeLab.psd1"
        $job = Start-ThreadJob {
            Import-Module $using:module
            $in = $using:in
            $out = $using:out
            . ([scriptblock]::Create($using:_))
        }
        try {
            Wait-Until { (Get-ChildItem $out -Force) -or $job.State -notin 'NotStarted', 'Running' }
            Get-ChildItem $out -Force | Should -Not -BeNullOrEmpty
            Stop-Job $job

            $job.State | Should -Be 'Stopped'
            Get-ChildItem $out -Force | Should -BeNullOrEmpty
            docker ps -a --filter name=composelab-volume- --format '{{.Names}}' | Should -BeNullOrEmpty
        }
        finally {
            Remove-Job $job -Force
            Remove-Item $out -Recurse -Force
            $null = Invoke-LabCommand app @in -Command rm, '-f', /data/large, /tmp/large
        }
    }

    It 'stops nothing if its file cannot be written, and several volumes need a folder' {
        $started = (Get-LabService @in).StartedAt
        { Backup-LabVolume data "$TestDrive/nowhere/x.tar.gz" @in -StopService } | Should -Throw -ErrorId 'FileUnwritable,ComposeLab.Commands.BackupLabVolumeCommand'
        (Get-LabService @in).StartedAt | Should -Be $started

        $volume = Get-LabVolume data @in
        $null = $volume, $volume | Backup-LabVolume -OutFile "$TestDrive/one.tar.gz" -Force -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -Be 'PathInvalid,ComposeLab.Commands.BackupLabVolumeCommand'
        ($volume | Backup-LabVolume -OutFile "$TestDrive/all/" -Force).File | Should -Be (Join-Path $TestDrive "all/$($volume.Name).tar.gz")
        Remove-Item "$TestDrive/one.tar.gz*", "$TestDrive/all" -Recurse
    }

    It 'is saved with its manifest while the container is stopped, which runs again afterwards' {
        $backup = Backup-LabVolume data $file @in -StopService

        $backup | Should -BeOfType ComposeLab.LabVolumeBackup
        $backup.Volume | Should -Be "$($project.Name)_data"
        $backup.IsConsistent | Should -BeTrue
        $backup.Checksum | Should -Be (Get-FileHash $file).Hash
        (Get-Content "$file.json" -Raw | ConvertFrom-Json).Labels.kept | Should -Be 'yes-it-is'
        tar -tzf $file | Should -Contain 'composelab-volume/sub/b'
        (Get-LabService app @in).State | Should -Be 'Running'
        @(Get-ChildItem $TestDrive).Count | Should -Be 2
    }

    It 'is not restored from a changed backup, or while a container uses it' {
        $bad = Join-Path $TestDrive 'bad.tar.gz'
        Copy-Item $file $bad
        { Restore-LabVolume -InFile $bad @in -Force } | Should -Throw -ErrorId 'BackupInvalid,ComposeLab.Commands.RestoreLabVolumeCommand'
        Copy-Item "$file.json" "$bad.json"
        $bytes = [IO.File]::ReadAllBytes($bad)
        $bytes[20] = $bytes[20] -bxor 1
        [IO.File]::WriteAllBytes($bad, $bytes)
        { Restore-LabVolume -InFile $bad @in -Force } | Should -Throw -ErrorId 'BackupInvalid,ComposeLab.Commands.RestoreLabVolumeCommand'
        { Restore-LabVolume -InFile $file @in -Force } | Should -Throw -ErrorId 'ResourceInUse,ComposeLab.Commands.RestoreLabVolumeCommand'
        (Invoke-LabCommand app @in -Command sh, '-c', $look).Output | Should -Be $before
    }

    It 'has all files again after a restore, with owners, modes and links' {
        $null = Invoke-LabCommand app @in -Command sh, '-c', 'rm -r /data/sub; echo other > /data/c'
        Remove-LabStack @in -TimeoutSec 1
        $volume = Restore-LabVolume -InFile $file @in -Confirm:$false
        $null = Start-LabStack @in -WarningVariable warnings

        $volume | Should -BeOfType ComposeLab.LabVolume
        $volume.Key | Should -Be 'data'
        $volume.IsExternal | Should -BeFalse
        (Invoke-LabCommand app @in -Command sh, '-c', $look).Output | Should -Be $before
        (Invoke-LabCommand app @in -Command ls, /data).Output | Should -Not -Match '\bc\b'
        $warnings | Should -BeNullOrEmpty
        docker ps -a --filter name=composelab-volume- --format '{{.Names}}' | Should -BeNullOrEmpty
    }
}
