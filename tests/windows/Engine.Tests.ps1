# Commands that talk to an engine, from Windows: through its pipe, a port and ssh. The engine itself runs Linux containers, as with Docker Desktop.
BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/../pester/support/Projects.ps1"
    $pipe = 'npipe:////./pipe/docker_engine'
    $programs = Convert-Path "$PSScriptRoot/../../artifacts/windows/check"
    $env:PATH = "$programs;$env:PATH"
    Copy-Item "$programs\WindowsCheck.exe" "$programs\ssh.exe"
}

Describe 'The address of an engine' {
    It 'is the pipe of Docker by default' {
        $engine = Get-LabEngine default

        $engine.Reachable | Should -BeTrue
        $engine.Endpoint | Should -Be 'npipe://./pipe/docker_engine'
        $engine.Platform | Should -BeLike 'linux*'
    }

    It 'can be <Address>' -ForEach @(
        @{ Address = 'npipe:////./pipe/docker_engine' }
        @{ Address = 'npipe://./pipe/docker_engine' }
        @{ Address = 'tcp://127.0.0.1' }
    ) {
        $given = $Address -replace '^tcp.*', "$Address`:$env:CHECK_ENGINE_PORT"

        (Get-LabEngine $given).Reachable | Should -BeTrue
    }

    It 'can be a context of Docker Desktop' {
        $name = 'desktop-linux'
        $hash = [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData([Text.Encoding]::UTF8.GetBytes($name))).ToLowerInvariant()
        $meta = New-Item -ItemType Directory -Force "$env:USERPROFILE\.docker\contexts\meta\$hash"
        "{`"Name`":`"$name`",`"Metadata`":{},`"Endpoints`":{`"docker`":{`"Host`":`"$pipe`",`"SkipTLSVerify`":false}}}" | Set-Content "$meta\meta.json"
        '{"currentContext":"desktop-linux"}' | Set-Content "$env:USERPROFILE\.docker\config.json"
        try {
            (Get-LabEngine $name).Reachable | Should -BeTrue
            { Get-LabStack -ErrorAction Stop } | Should -Not -Throw
        }
        finally {
            Remove-Item "$env:USERPROFILE\.docker" -Recurse -Force
        }
    }

    It 'is an error at once if there is no such pipe' {
        $clock = [Diagnostics.Stopwatch]::StartNew()

        { Get-LabStack -Context npipe:////./pipe/nobody -ErrorAction Stop } | Should -Throw -ErrorId 'EngineUnreachable,ComposeLab.Commands.GetLabStackCommand' -ExpectedMessage '*the pipe does not exist*'
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 5
    }

    It 'can be reached through ssh, with docker system dial-stdio' {
        @(Get-LabEngine ssh://someone@edge1).Reachable | Should -Be $true
        1..3 | ForEach-Object { { Get-LabStack -Context ssh://someone@edge1 -ErrorAction Stop } | Should -Not -Throw }
    }
}

Describe 'A stack on an engine, from Windows' {
    BeforeAll {
        # What an attempt that crashed left behind.
        Remove-LabStack -ProjectName $env:CHECK_PROJECT -RemoveVolume -Force -TimeoutSec 1 -WarningAction SilentlyContinue -ErrorAction Ignore
        $project = New-SpecProject -Name $env:CHECK_PROJECT -Text @'
services:
  web: { image: IMAGE, SLEEP, environment: { PLACE: "${PLACE:-nowhere}" } }
'@
        Set-Content (Join-Path $project.Path '.env') "PLACE=C:\shop`r`n" -NoNewline
        $started = @(Start-LabStack -Path $project.Path)
        $in = @{ ProjectName = $project.Name }
    }

    AfterAll {
        Remove-SpecProject $project
    }

    It 'starts, and a second start changes nothing' {
        $started.State | Should -Be 'running'
        (Get-LabStackPlan -Path $project.Path).Operations | Should -BeNullOrEmpty
        (Get-LabStack $project.Name).WorkingDirectory | Should -Be $project.Path
    }

    It 'runs a command, with its input, output and exit code' {
        (Invoke-LabCommand web @in -Command sh, '-c', 'echo $PLACE').Output.Trim() | Should -Be 'C:\shop'
        (Invoke-LabCommand web @in -Command sh, '-c', 'exit 7').ExitCode | Should -Be 7
        ('one', 'two' | Invoke-LabCommand web @in -Command wc, '-l').Output.Trim() | Should -Be '2'
    }

    It 'ends the input of a command over <Way>, however much it reads of it' -ForEach @(
        @{ Way = 'a pipe'; Address = 'npipe:////./pipe/docker_engine' }
        @{ Way = 'a port'; Address = 'tcp://127.0.0.1' }
        @{ Way = 'ssh'; Address = 'ssh://someone@edge1' }
    ) {
        $given = @{ Context = $Address -replace '^tcp.*', "$Address`:$env:CHECK_ENGINE_PORT" }
        $large = 'x' * 200000

        ($large | Invoke-LabCommand web @in @given -Command wc, '-c').Output.Trim() | Should -Be '200001'
        ($large | Invoke-LabCommand web @in @given -Command head, '-c', '5').Output | Should -Be 'xxxxx'
        ($large | Invoke-LabCommand web @in @given -Command sh, '-c', 'exit 3').ExitCode | Should -Be 3
    }

    It 'reads logs' {
        (Get-LabLog @in -Tail 1).Text | Should -Be 'up'
    }

    It 'copies files and folders over <Way>, with the mode bits of docker on Windows' -ForEach @(
        @{ Way = 'a pipe'; Address = 'npipe:////./pipe/docker_engine' }
        @{ Way = 'a port'; Address = 'tcp://127.0.0.1' }
        @{ Way = 'ssh'; Address = 'ssh://someone@edge1' }
    ) {
        $given = @{ Context = $Address -replace '^tcp.*', "$Address`:$env:CHECK_ENGINE_PORT" }
        Remove-Item "$TestDrive\*" -Recurse
        $null = New-Item -ItemType Directory "$TestDrive\tree\sub"
        [IO.File]::WriteAllText("$TestDrive\tree\run.sh", "#!/bin/sh`necho ran`n")
        [IO.File]::WriteAllText("$TestDrive\tree\sub\two.txt", 'zwei: äöü')

        $null = Copy-LabItem "$TestDrive\tree" web:/tmp @in @given
        (Invoke-LabCommand web @in -Command sh, '-c', 'stat -c %a /tmp/tree/run.sh; /tmp/tree/run.sh').Output.Trim() -split "`n" | Should -Be '755', 'ran'

        (Copy-LabItem web:/tmp/tree "$TestDrive\back" @in @given).Files | Should -Be 2
        Get-Content "$TestDrive\back\sub\two.txt" -Raw -Encoding utf8 | Should -Be 'zwei: äöü'
        $null = Copy-LabItem web:/tmp/tree/sub/. "$TestDrive/back/sub/" @in @given
        $null = Copy-LabItem web:/tmp/tree/sub/two.txt "$TestDrive\" @in @given
        Test-Path "$TestDrive\two.txt" | Should -BeTrue
    }

    It 'does not copy a file whose name has another meaning on Windows' {
        $null = Invoke-LabCommand web @in -Command sh, '-c', 'mkdir /tmp/colon; touch /tmp/colon/a:b'
        $place = New-Item -ItemType Directory "$TestDrive\colon"

        { Copy-LabItem web:/tmp/colon/a:b "$place\" @in -ErrorAction Stop } | Should -Throw -ErrorId 'PathInvalid,ComposeLab.Commands.CopyLabItemCommand'
        { Copy-LabItem web:/tmp/colon "$place\" @in -ErrorAction Stop } | Should -Throw -ErrorId 'ArchiveUnsafe,ComposeLab.Commands.CopyLabItemCommand'
        Get-ChildItem $place | Should -BeNullOrEmpty
    }

    It 'builds an image from a folder of Windows' {
        $name = "$($project.Name)-build"
        $folder = New-Item -ItemType Directory "$TestDrive\build\docs\api"
        [IO.File]::WriteAllText("$TestDrive\build\.dockerignore", "docs\api`r`n")
        [IO.File]::WriteAllText("$folder\ignored.md", 'x')
        [IO.File]::WriteAllText("$TestDrive\build\run.sh", "#!/bin/sh`necho built`n")
        [IO.File]::WriteAllText("$TestDrive\build\Dockerfile", "FROM $(Get-SpecImage)`r`nCOPY . /build/`r`nRUN /build/run.sh > /said && \`r`n  stat -c %a /build/run.sh > /mode`r`n")
        [IO.File]::WriteAllText("$TestDrive\build\compose.yaml", "name: $name`r`nservices: { app: { build: ., image: '$name`:1', command: [sh, -c, 'cat /said /mode; ls /build/docs || true'] } }`r`n")
        try {
            $null = Build-LabImage -Path "$TestDrive\build"
            (Invoke-LabRun app -Path "$TestDrive\build" -NoDeps -Remove).Output.Trim() -split "`n" | Should -Be 'built', '755'
        }
        finally {
            Remove-LabImage -Path "$TestDrive\build" -Confirm:$false -ErrorAction Ignore
        }
    }

    It 'asks a credential helper with .exe at its end' {
        Copy-Item "$programs\WindowsCheck.exe" "$programs\docker-credential-check.exe"
        $env:CHECK_HELPER_FILE = "$TestDrive\helper.txt"
        $env:DOCKER_CONFIG = "$TestDrive"
        '{"credsStore":"check"}' | Set-Content "$TestDrive\config.json"
        $other = New-SpecProject 'services: { a: { image: "registry.invalid/shop/a:1" } }'
        try {
            $null = Receive-LabImage -Path $other.Path -ErrorAction SilentlyContinue
            Get-Content "$TestDrive\helper.txt" | Should -Be 'registry.invalid'
        }
        finally {
            Remove-Item env:DOCKER_CONFIG, env:CHECK_HELPER_FILE
            Remove-Item $other.Path -Recurse -Force
        }
    }

    It 'needs a terminal to enter a service' {
        { $null | Enter-LabService web @in -ErrorAction Stop } | Should -Throw
    }

    It 'is removed' {
        Remove-LabStack @in -Force -RemoveVolume -TimeoutSec 1

        Get-LabStack $project.Name -ErrorAction Ignore | Should -BeNullOrEmpty
    }
}
