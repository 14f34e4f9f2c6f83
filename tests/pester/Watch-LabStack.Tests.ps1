BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Images.ps1"
}

Describe 'Watch-LabStack' -Tag Engine {
    BeforeAll {
        $project = New-SpecProject @"
services:
  app:
    build:
      context: .
      dockerfile_inline: |
        FROM $(Get-SpecImage)
        RUN mkdir -p /app/data /var/real && ln -s /var/real /app/data/linked
        COPY stamp /stamp
    SLEEP
    depends_on: [ other ]
    develop:
      watch:
        - { action: sync, path: ./data, target: /app/data, ignore: [ '*.foo', ./ignored ], initial_sync: true }
        - { action: sync+restart, path: ./config, target: /app/config }
        - { action: sync+exec, path: ./exec, target: /app/exec, exec: { command: [ sh, -c, 'echo SUCCESS of `$`$(cat /app/exec/a)' ] } }
        - { action: rebuild, path: ./stamp }
  other: { image: IMAGE, network_mode: host, SLEEP }
"@
        foreach ($file in 'stamp', 'data/hello', 'data/old', 'staged/moved', 'exec/none', 'config/none') {
            Write-ProjectFile $project $file 'first'
        }

        # Does one step after the other, each when the action that the previous one caused was seen.
        $seen = [System.Collections.Generic.List[object]]::new()
        $ids = @{}
        function Get-ContainerId([string]$Service) { (Get-LabService $Service -Path $project.Path).ContainerId }
        $steps = @(
            @{ Until = { $_.Paths -contains "$($project.Path)/data/old" }; Do = {
                    $ids.app, $ids.other = (Get-ContainerId app), (Get-ContainerId other)
                    Remove-Item "$($project.Path)/data/old"
                    Write-ProjectFile $project 'data/x.foo' 'ignored'
                    Write-ProjectFile $project 'data/ignored/x' 'ignored'
                    Write-ProjectFile $project 'data/hello' 'second'
                    Move-Item "$($project.Path)/staged" "$($project.Path)/data/linked"
                } }
            @{ Until = { $_.Paths -contains "$($project.Path)/data/linked/moved" }; Do = {
                    $script:listing = (Invoke-LabCommand app -Path $project.Path -Command sh, '-c', 'cat /app/data/hello /var/real/moved; ls /app/data; test -L /app/data/linked && echo still-a-link').Output
                    Write-ProjectFile $project 'config/file' 'third'
                } }
            @{ Until = { $_.Action -eq 'Restart' }; Do = {
                    $script:config = (Invoke-LabCommand app -Path $project.Path -Command cat, /app/config/file).Output
                    Write-ProjectFile $project 'exec/a' 'fourth'
                } }
            @{ Until = { $_.Action -eq 'Exec' -and $_.Output }; Do = { Write-ProjectFile $project 'stamp' 'fifth' } }
            @{ Until = { $_.Action -eq 'Rebuild' }; Do = { } }
        )
        $next = 0
        do {
            Watch-LabStack app -Path $project.Path | ForEach-Object {
                $seen.Add($_)
                if (& $steps[$next].Until) {
                    & $steps[$next].Do
                    $next++
                }
                if ($next -eq $steps.Count) { break }
            }
        } while ($false)
    }

    AfterAll {
        $null = Remove-LabStack -Path $project.Path -RemoveImage Local -Force -TimeoutSec 1
        Remove-SpecProject $project
    }

    It 'copies the files at the start, and then each change: new, changed and deleted files, and folders into a link of the image' {
        $seen[0] | Should -BeOfType ComposeLab.LabWatchAction
        $seen[0].Action | Should -Be 'Sync'
        $seen[0].Paths.Count | Should -Be 2
        $seen.Succeeded | Should -Not -Contain $false
        $listing | Should -Be "secondfirsthello`nlinked`nstill-a-link`n"
    }

    It 'restarts the containers after a copy' {
        $config | Should -Be 'third'
        ($seen | Where-Object Action -EQ Restart).Service | Should -Be 'app'
    }

    It 'runs a command after a copy' {
        ($seen | Where-Object Action -EQ Exec).Output | Should -Contain "SUCCESS of fourth`n"
    }

    It 'rebuilds only the service that watches the file' {
        (Invoke-LabCommand app -Path $project.Path -Command cat, /stamp).Output | Should -Be 'fifth'
        Get-ContainerId app | Should -Not -Be $ids.app
        Get-ContainerId other | Should -Be $ids.other
    }

    It 'rejects a service that watches nothing' {
        { Watch-LabStack other -Path $project.Path } | Should -Throw -ErrorId 'NothingToWatch,ComposeLab.Commands.WatchLabStackCommand'
    }
}
