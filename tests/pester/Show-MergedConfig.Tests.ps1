BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"

    $folder = (New-Item "$TestDrive/project" -ItemType Directory).FullName

    function Write-SpecFile([string]$Name, [string]$Text) {
        $path = Join-Path $folder $Name
        Set-Content $path $Text -NoNewline
        $path
    }

    $base = Write-SpecFile 'compose.yaml' @'
name: shop
services:
  web:
    image: web:${SPEC_TAG:-1}
    environment:
      DATABASE_URL: postgresql://shop:hunter2@db:5432/shop
      API_TOKEN: abc123
    ports: ["8080:80"]
  debug:
    image: busybox
    profiles: [debug]
'@
    $overlay = Write-SpecFile 'compose.dev.yaml' @'
services:
  web:
    environment: { LEVEL: debug }
    init: true
'@
}

Describe 'Show-MergedConfig' {
    It 'accepts files in merge order, like docker compose -f' {
        Show-MergedConfig -File $base, $overlay | Should -Be (Show-MergedConfig -Path $folder -Profile Dev)
    }

    It 'omits services of disabled Compose profiles' {
        Show-MergedConfig -Path $folder | Should -Not -Match 'busybox'
        Show-MergedConfig -Path $folder -ComposeProfile debug | Should -Match 'busybox'
    }

    It 'prints JSON that PowerShell reads' {
        $config = Show-MergedConfig -Path $folder -Format Json | ConvertFrom-Json

        $config.services.web.ports[0].published | Should -Be '8080'
        $config.services.web.image | Should -Be 'web:1'
    }

    It 'works in parallel runspaces and jobs' {
        $manifest = "$PSScriptRoot/../../ComposeLab.psd1"
        $job = 1..4 | ForEach-Object -Parallel { Import-Module $using:manifest; Show-MergedConfig -Path $using:folder -Only Services } -AsJob

        $job | Receive-Job -Wait -AutoRemoveJob | Should -Be 'web', 'web', 'web', 'web'
    }

    It 'shows the bundled lab if no project is specified' {
        $env:POSTGRES_PASSWORD = 'spec'
        try {
            Show-MergedConfig -Profile Prod | Should -Match '(?m)^name: composelab$'
        }
        finally {
            $env:POSTGRES_PASSWORD = $null
        }
    }
}
