# Commands that only read and write files, with the paths, line ends and locks of Windows.
BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    $folder = (New-Item -ItemType Directory "$TestDrive\shop").FullName
    Push-Location $folder

    function Write-Text {
        param([string]$File, [string]$Text)

        $null = New-Item -ItemType Directory -Force (Split-Path (Join-Path $folder $File))
        [IO.File]::WriteAllText((Join-Path $folder $File), ($Text -replace "`r?`n", "`r`n"))
    }
}

AfterAll {
    Pop-Location
}

Describe 'Compose files on Windows' {
    It 'has every cmdlet, and loads the IL' {
        $manifest = Import-PowerShellDataFile "$PSScriptRoot/../../ComposeLab.psd1"

        (Get-Command -Module ComposeLab).Name | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
        (Get-Command Show-MergedConfig).ImplementingType.Assembly.Location | Should -BeLike '*\module\bin\*\ComposeLab.Cmdlets.dll'
    }

    It 'resolves paths like docker compose on Windows' {
        Write-Text volumes.yaml @'
name: a
services:
  w:
    image: a:1
    volumes:
      - "\\\\wsl$$\\d:/w"
      - //c/Users:/c
      - /c/Users:/cc
      - C:\a\..\b:/ab
      - ./a/../b/:/ab2
      - d:\:/d
      - E:/:/e:ro,z
      - C:\win:D:\t
      - .\d\:/d2/
      - ..\other:/o
      - type: bind
        source: \rooted
        target: /r
      - type: bind
        source: C:rel
        target: /r2
      - type: bind
        source: '~'
        target: /r3
      - "~/home:/r4"
      - \\.\pipe\docker_engine:\\.\pipe\docker_engine
'@
        $sources = (Show-MergedConfig -File volumes.yaml -AsObject).services.w.volumes.source

        $sources | Should -Be @(
            '\\wsl$\d', '//c/Users', '/c/Users', 'C:\a\..\b', "$folder\b", 'd:\', 'E:/', 'C:\win', "$folder\d", "$TestDrive\other".Replace('/', '\'),
            "$folder\rooted", "$folder\C:rel", $env:USERPROFILE, "$env:USERPROFILE\home", '\\.\pipe\docker_engine')
    }

    It 'finds <Form>' -ForEach @(
        @{ Form = 'a folder with a backslash at its end'; Path = '{0}\' }
        @{ Form = 'a folder with forward slashes'; Path = '{1}/' }
        @{ Form = 'the current folder'; Path = '.\' }
        @{ Form = 'a file'; Path = '{0}\compose.yaml' }
        @{ Form = 'another case'; Path = '{2}' }
    ) {
        Write-Text compose.yaml 'services: { w: { image: a:1, volumes: ["./x:/x"] } }'
        $given = $Path -f $folder, $folder.Replace('\', '/'), $folder.ToUpperInvariant()

        $project = Show-MergedConfig -Path $given -AsObject
        $project.name | Should -Be 'shop'
        $project.services.w.volumes.source | Should -Be "$folder\x"
    }

    It 'takes the name of a project directory with a backslash at its end' {
        Write-Text compose.yaml 'services: { w: { image: a:1 } }'

        (Show-MergedConfig -File compose.yaml -ProjectDirectory "$folder\" -AsObject).name | Should -Be 'shop'
    }

    It 'splits COMPOSE_FILE at semicolons, and ignores the case of variables' {
        Write-Text one.yaml 'services: { one: { image: "${Img}" } }'
        Write-Text sub\two.yaml 'services: { two: { image: "${IMG}" } }'
        Write-Text compose.env "img=a:1`n"
        $env:COMPOSE_FILE = "$folder\one.yaml;sub\two.yaml"
        try {
            $services = (Show-MergedConfig -EnvFile compose.env -AsObject).services
        }
        finally {
            Remove-Item env:COMPOSE_FILE
        }

        $services.one.image, $services.two.image | Should -Be 'a:1', 'a:1'
    }

    It 'converts drives if COMPOSE_CONVERT_WINDOWS_PATHS is set' {
        Write-Text compose.yaml 'services: { w: { image: a:1, volumes: [''C:\data:/data''] } }'
        Write-Text convert.env "COMPOSE_CONVERT_WINDOWS_PATHS=1`n"

        (Show-MergedConfig -EnvFile convert.env -AsObject).services.w.volumes.source | Should -Be '/c/data'
    }

    It 'reads env files, secrets and Dockerfiles with carriage returns' {
        Write-Text compose.yaml @'
services:
  w:
    build: .
    env_file: [ .\w.env, { path: raw.env, format: raw } ]
    label_file: l.txt
'@
        Write-Text w.env "# comment`nA=one`nB=`"two words`"`nC='x' # y`n"
        Write-Text raw.env "D=`"raw`"`n"
        Write-Text l.txt "label=1`n"
        Write-Text Dockerfile "FROM alpine:3.20 \`n  AS base`nUSER 1000`nHEALTHCHECK CMD true`n"

        $service = (Show-MergedConfig -AsObject).services.w
        $service.environment.A, $service.environment.B, $service.environment.C, $service.environment.D | Should -Be 'one', 'two words', 'x', '"raw"'
        $service.labels.label | Should -Be '1'
        (Test-LabConfig).Rule | Should -Not -Contain 'ImageRunsAsRoot'
    }

    It 'watches paths of Windows' {
        Write-Text compose.yaml 'services: { w: { image: a:1, develop: { watch: [ { action: sync, path: .\src, target: /app } ] } } }'

        (Show-MergedConfig -AsObject).services.w.develop.watch.path | Should -Be "$folder\src"
    }

    It 'shows origins relative to the current folder' {
        Write-Text compose.yaml "services:`n  w:`n    image: a:1`n"

        Show-MergedConfig -Origin | Out-String | Should -Match 'image: a:1 # compose.yaml:3'
    }

    It 'reads a file that another program has open for writing' {
        Write-Text compose.yaml 'services: { w: { image: a:1 } }'
        $held = [IO.File]::Open("$folder\compose.yaml", 'Open', 'ReadWrite', 'ReadWrite')
        try {
            (Show-MergedConfig -AsObject).services.w.image | Should -Be 'a:1'
        }
        finally {
            $held.Dispose()
        }
    }

    It 'names a file that it cannot read, and a missing one' {
        Write-Text compose.yaml 'services: { w: { image: a:1 } }'
        $held = [IO.File]::Open("$folder\compose.yaml", 'Open', 'ReadWrite', 'None')
        try {
            { Show-MergedConfig } | Should -Throw -ErrorId 'ComposeFileNotFound,ComposeLab.Commands.ShowMergedConfigCommand'
        }
        finally {
            $held.Dispose()
        }
        { Show-MergedConfig -Path C:\no\such } | Should -Throw -ErrorId 'ComposeFileNotFound,ComposeLab.Commands.ShowMergedConfigCommand'
    }

    It 'works in a folder with a long path' {
        $deep = "$folder\" + ((1..12 | ForEach-Object { 'a-rather-long-folder-name' }) -join '\')
        $null = [IO.Directory]::CreateDirectory($deep)
        [IO.File]::WriteAllText("$deep\compose.yaml", 'services: { w: { image: a:1, env_file: x.env } }')
        [IO.File]::WriteAllText("$deep\x.env", "A=1`r`n")

        (Show-MergedConfig -Path $deep -AsObject).services.w.environment.A | Should -Be '1'
    }
}

Describe 'Rules and settings on Windows' {
    It 'finds sensitive paths, and data next to the Compose files' {
        Write-Text compose.yaml 'services: { w: { image: a:1, volumes: ["./data:/data", ''C:\:/host'', "~/.ssh:/keys", "//var/run/docker.sock:/s"] } }'
        Write-Text compose.prod.yaml 'services: { w: { restart: always } }'

        $rules = (Test-LabConfig -Profile Prod).Rule
        $rules | Should -Contain 'DockerSocketMounted'
        @($rules -eq 'SensitivePathWritable').Count | Should -Be 2
        $rules | Should -Contain 'BindMount'
    }

    It 'compares two profiles' {
        Write-Text compose.yaml 'services: { w: { image: a:1 } }'
        Write-Text compose.dev.yaml 'services: { w: { volumes: [.\src:/src] } }'
        Write-Text compose.prod.yaml 'services: { w: { image: a:2 } }'

        (Compare-LabConfig Dev Prod).Path | Should -Contain 'services.w.image'
    }

    It 'creates an env file and password files' {
        Write-Text .env.example "PORT=8080`nDB_PASSWORD=`nDB_PASSWORD_FILE=.\secrets\db`n"
        Remove-Item "$folder\.env", "$folder\secrets" -Recurse -Force -ErrorAction Ignore

        $file = New-LabEnvFile -Path $folder
        $file.FullName | Should -Be "$folder\.env"
        Get-Content "$folder\.env" | Should -Contain 'PORT=8080'
        (Get-Content "$folder\secrets\db" -Raw).Length | Should -BeGreaterThan 15
        { New-LabEnvFile -Path $folder } | Should -Throw -ErrorId 'EnvFileExists,ComposeLab.Commands.NewLabEnvFileCommand'
    }

    It 'completes lab profiles' {
        (TabExpansion2 "Show-MergedConfig -Path '$folder' -Profile ").CompletionMatches.CompletionText | Should -Contain 'Dev'
    }
}
