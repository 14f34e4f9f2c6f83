BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
}

Describe 'New-LabEnvFile' {
    BeforeEach {
        $folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), "composelab-spec-$([guid]::NewGuid().ToString('N'))")
        [void][IO.Directory]::CreateDirectory($folder)
        $dotEnv = [IO.Path]::Combine($folder, '.env')
        [IO.File]::WriteAllText([IO.Path]::Combine($folder, '.env.example'), "# A port`nPORT=8080`nDB_PASSWORD=`nDB_PASSWORD_FILE=./secrets/db`n")
    }

    AfterEach {
        [IO.Directory]::Delete($folder, $true)
    }

    It 'fills in generated passwords and leaves the rest alone' {
        $file = New-LabEnvFile -Path $folder

        $file.FullName | Should -Be $dotEnv
        [IO.File]::ReadAllText($dotEnv) | Should -Match '^# A port\nPORT=8080\nDB_PASSWORD=[A-Za-z0-9]{32}\nDB_PASSWORD_FILE=./secrets/db\n$'
    }

    It 'writes the same password into the file that is named for it' {
        $null = New-LabEnvFile -Path $folder

        $password = [IO.File]::ReadAllText([IO.Path]::Combine($folder, 'secrets', 'db'))
        [IO.File]::ReadAllText($dotEnv) | Should -Match "(?m)^DB_PASSWORD=$password$"
    }

    It 'lets nobody else read it' {
        $null = New-LabEnvFile -Path $folder

        if (-not $IsWindows) {
            [IO.File]::GetUnixFileMode($dotEnv) | Should -Be ([IO.UnixFileMode]'UserRead, UserWrite')
        }
        [IO.File]::Exists($dotEnv) | Should -BeTrue
    }

    It 'shows the folder that it wrote into' {
        (New-LabEnvFile -Path $folder | Out-String -Width 200) | Should -Match ([regex]::Escape($folder))
    }

    It 'never replaces a file unasked' {
        [IO.File]::WriteAllText($dotEnv, 'MINE=1')

        { New-LabEnvFile -Path $folder } | Should -Throw -ErrorId 'EnvFileExists,*'
        [IO.File]::ReadAllText($dotEnv) | Should -Be 'MINE=1'
        $null = New-LabEnvFile -Path $folder -Force -WarningAction SilentlyContinue
        [IO.File]::ReadAllText($dotEnv) | Should -Match 'PORT=8080'
    }

    It 'changes nothing with -WhatIf' {
        New-LabEnvFile -Path $folder -WhatIf

        [IO.File]::Exists($dotEnv) | Should -BeFalse
    }

    It 'takes values instead of the ones in the example' {
        $null = New-LabEnvFile -Path $folder -Variable @{ PORT = 18080; EXTRA = 'a b' }

        [IO.File]::ReadAllText($dotEnv) | Should -Match "(?m)^PORT=18080$"
        [IO.File]::ReadAllText($dotEnv) | Should -Match "(?m)^EXTRA='a b'$"
    }

    It 'warns when git would take the file, and is silent when git ignores it' {
        if (-not (Get-Command git -CommandType Application -ErrorAction Ignore)) {
            throw 'Expected git on this machine: git keeps the repository this runs in.'
        }
        $null = git init --quiet $folder

        $null = New-LabEnvFile -Path $folder -WarningVariable open -WarningAction SilentlyContinue
        [IO.File]::WriteAllText([IO.Path]::Combine($folder, '.gitignore'), ".env`nsecrets/`n")
        $null = New-LabEnvFile -Path $folder -Destination $dotEnv -Force -Variable @{ DB_PASSWORD = 'x' } -WarningVariable closed -WarningAction SilentlyContinue

        "$open" | Should -Match '\.gitignore'
        $closed | Should -BeNullOrEmpty
    }
}
