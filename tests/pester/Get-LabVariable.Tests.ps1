BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"

    $folder = (New-Item "$TestDrive/project" -ItemType Directory).FullName
    Set-Content (Join-Path $folder 'compose.yaml') (@'
services:
  web:
    image: nginx:${SPEC_TAG:-1.27}
    ports: ["${SPEC_PORT:-8080}:80"]
    environment:
      TOKEN: ${SPEC_TOKEN:?set it}
      PORT: ${SPEC_PORT}
'@) -NoNewline
    $dotEnv = Join-Path $folder '.env'
}

Describe 'Get-LabVariable' {
    AfterEach {
        Remove-Item $dotEnv -Force -ErrorAction Ignore
        $env:SPEC_PORT = $null
    }

    It 'lists the variables that must be set before the project can be loaded' {
        $missing = Get-LabVariable -Path $folder | Where-Object { $_.IsRequired -and $_.Source -eq 'Unset' }

        $missing | Should -BeOfType ComposeLab.LabVariable
        $missing.Name | Should -Be 'SPEC_TOKEN'
        $missing.IsSecret | Should -BeTrue
        "$($missing.Uses)" | Should -Be 'compose.yaml:6'
    }

    It 'lists every use, and the default' {
        $port = Get-LabVariable SPEC_PORT -Path $folder

        $port.Source | Should -Be 'Default'
        $port.Value | Should -Be '8080'
        "$($port.Uses)" | Should -Be 'compose.yaml:4 compose.yaml:7'
    }

    It 'shows the source of the value and the values it overrides' {
        Set-Content $dotEnv "SPEC_TAG=1.28`nSPEC_PORT=81`n" -NoNewline
        $env:SPEC_PORT = '82'

        $port = Get-LabVariable SPEC_PORT -Path $folder
        $tag = Get-LabVariable SPEC_TAG -Path $folder

        $port.Source | Should -Be 'Environment'
        $port.Value | Should -Be '82'
        "$($port.Shadows)" | Should -Be '.env:2: 81'
        "$($tag.Source) $($tag.Origin)" | Should -Be 'DotEnv .env:1'
    }

    It 'masks secrets unless -ShowSecret is specified' {
        Set-Content $dotEnv "SPEC_TOKEN=hunter2`n" -NoNewline

        (Get-LabVariable SPEC_TOKEN -Path $folder).Value | Should -Be '********'
        (Get-LabVariable SPEC_TOKEN -Path $folder -ShowSecret).Value | Should -Be 'hunter2'
    }

    It 'lists the variables of the bundled lab' {
        (Get-LabVariable -Profile Dev).Name | Should -Contain 'DB_PORT'
        (Get-LabVariable POSTGRES_PASSWORD).IsRequired | Should -BeTrue
    }
}
