# At home with docker compose: the real plugin and this module work on the same stacks. The plugins are fetched from Debian's releases.
BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Ports.ps1"
    . "$PSScriptRoot/support/Projects.ps1"

    $script = Join-Path $PSScriptRoot '../..' 'tools' 'peer' 'compose-plugin.sh'

    # Runs the plugin on a project; fails with its output.
    function Invoke-Compose {
        param($Project, [string[]]$Arguments)

        $said = & $plugin --project-directory $Project.Path --file $Project.File @Arguments 2>&1
        if ($LASTEXITCODE -ne 0) {
            throw "docker compose $Arguments ended with $LASTEXITCODE`: $said"
        }
        $said | ForEach-Object { "$_" }
    }

    # The ids of a stack's containers.
    function Get-Id {
        param($Project)

        @((Get-LabService -ProjectName $Project.Name).ContainerId | Sort-Object)
    }
}

Describe 'docker compose <release>' -Tag Engine -ForEach @(
    @{ Release = 'sid'; Version = '2.40'; Kept = 'web', 'db' }
    # Until 2.29 depends_on was part of the hash by which a service is compared, so this version recreates web, whoever created it.
    @{ Release = 'trixie'; Version = '2.26'; Kept = @('db') }
) {
    BeforeAll {
        $plugin = sh $script $release
        if (-not $plugin) {
            throw "The plugin of Debian $release could not be fetched."
        }

        $port = Get-FreePort
        $project = New-SpecProject @"
services:
  web:
    image: IMAGE
    SLEEP
    depends_on: { db: { condition: service_healthy } }
    environment: { LOG_LEVEL: info, EMPTY: "", NUMBER: 5 }
    ports: [ "127.0.0.1:${port}:80" ]
    volumes: [ "data:/data", { type: tmpfs, target: /scratch } ]
    networks: { front: { aliases: [ shop ] }, default: {} }
    labels: { team: blue }
    stop_grace_period: 5s
    deploy: { resources: { limits: { memory: 64M } } }
  db:
    image: IMAGE
    SLEEP
    healthcheck: { test: ["CMD", "true"], interval: 1s, retries: 3, start_period: 2s }
    configs: [ { source: words, target: /etc/words } ]
    restart: unless-stopped
    cap_drop: [ ALL ]
    init: true
  extra: { image: IMAGE, SLEEP, profiles: [ extra ] }
networks: { front: {} }
volumes: { data: {} }
configs: { words: { file: ./words.txt } }
"@
        Set-Content (Join-Path $project.Path 'words.txt') "word`n" -NoNewline
    }

    AfterAll {
        Remove-SpecProject $project
    }

    It 'is the version under test' {
        & $plugin version --short | Should -BeLike "$version.*"
    }

    Context 'with a stack created by Start-LabStack' {
        BeforeAll {
            $null = Start-LabStack -Path $project.Path
            $made = Get-LabService $kept -ProjectName $project.Name
        }

        It 'does not recreate <kept> with up' {
            $null = Invoke-Compose $project up, '-d'

            (Get-LabService $kept -ProjectName $project.Name).ContainerId | Should -Be $made.ContainerId
        }

        It 'lists its containers' {
            @(Invoke-Compose $project ps, '--quiet' | Sort-Object) | Should -Be (Get-Id $project)
            "$(Invoke-Compose $project ls, '--all')" | Should -Match $project.Name
        }

        It 'shows its logs' {
            Invoke-Compose $project logs, '--no-color', 'web' | Should -Match 'web-1\s+\| up'
        }

        It 'stops it' {
            $null = Invoke-Compose $project stop

            (Get-LabStack $project.Name).State | Should -Be 'Stopped'
        }

        It 'removes it with its volume' {
            $null = Invoke-Compose $project down, '--volumes'

            @(Get-LabStack "$($project.Name)*").Count | Should -Be 0
            (Get-LabStackPlan -For Remove -ProjectName $project.Name -RemoveVolume).Operations.Count | Should -Be 0
        }
    }

    Context 'with this module on its stack' {
        BeforeAll {
            $null = Invoke-Compose $project up, '-d', '--wait'
            $made = Get-Id $project
        }

        It 'shows it without its files' {
            $stack = Get-LabStack $project.Name

            $stack.Services | Should -Be @('db', 'web')
            $stack.ConfigFiles | Should -Be $project.File
            (Get-LabService db -ProjectName $project.Name).Health | Should -Be 'Healthy'
        }

        It 'has nothing to do and recreates nothing' {
            (Get-LabStackPlan -Path $project.Path).Operations.Count | Should -Be 0
            (Start-LabStack -Path $project.Path).Service | Sort-Object | Should -Be @('db', 'web')
            Get-Id $project | Should -Be $made
        }

        It 'reads its logs, runs commands in it and restarts it' {
            (Get-LabLog web -ProjectName $project.Name).Text | Should -Contain 'up'
            (Invoke-LabCommand db -ProjectName $project.Name -Command cat, /etc/words).Output | Should -Be "word`n"
            (Restart-LabStack web -ProjectName $project.Name -PassThru).ContainerId | Should -BeIn $made
        }

        It 'stops and removes it with all its resources' {
            (Stop-LabStack -ProjectName $project.Name -PassThru).Service | Should -Be @('db', 'web')
            Remove-LabStack -ProjectName $project.Name -RemoveVolume -Force

            "$(Invoke-Compose $project ps, '--all', '--quiet')" | Should -BeNullOrEmpty
            (Get-LabStackPlan -For Remove -ProjectName $project.Name -RemoveVolume).Operations.Count | Should -Be 0
        }
    }
}
