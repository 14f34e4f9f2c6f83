BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"

    $folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), "composelab-spec-$([guid]::NewGuid().ToString('N'))")
    [void][IO.Directory]::CreateDirectory($folder)

    function Write-SpecFile([string]$Name, [string]$Text) {
        $path = [IO.Path]::Combine($folder, $Name)
        [IO.File]::WriteAllText($path, $Text)
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

AfterAll {
    [IO.Directory]::Delete($folder, $true)
}

Describe 'Show-MergedConfig' {
    It 'prints the base file merged with the overlay of a lab profile' {
        $text = Show-MergedConfig -Path $folder -Profile Dev

        $text | Should -BeOfType string
        $text | Should -Match '(?m)^name: shop$'
        $text | Should -Match '(?m)^      LEVEL: debug$'
        $text | Should -Match '(?m)^    init: true$'
    }

    It 'takes files in merge order, as docker compose -f does' {
        Show-MergedConfig -File $base, $overlay | Should -Be (Show-MergedConfig -Path $folder -Profile Dev)
    }

    It 'masks what looks secret until it is asked for' {
        $masked = Show-MergedConfig -Path $folder

        $masked | Should -Not -Match 'hunter2|abc123'
        $masked | Should -Match 'postgresql://shop:\*+@db:5432/shop'
        Show-MergedConfig -Path $folder -ShowSecret | Should -Match 'hunter2'
    }

    It 'leaves out services whose Compose profile is off' {
        Show-MergedConfig -Path $folder | Should -Not -Match 'busybox'
        Show-MergedConfig -Path $folder -ComposeProfile debug | Should -Match 'busybox'
    }

    It 'leaves expressions alone without interpolation' {
        Show-MergedConfig -Path $folder -NoInterpolate | Should -Match ([regex]::Escape('web:${SPEC_TAG:-1}'))
    }

    It 'prints JSON that PowerShell reads' {
        $config = Show-MergedConfig -Path $folder -Format Json | ConvertFrom-Json

        $config.services.web.ports[0].published | Should -Be '8080'
        $config.services.web.image | Should -Be 'web:1'
    }

    It 'says behind each value where it comes from, and stays valid YAML' {
        $text = Show-MergedConfig -Path $folder -Profile Dev -Origin -ShowSecret

        $text | Should -Match '(?m)^    init: true # compose\.dev\.yaml:4$'
        $text | Should -Match '(?m)^    image: web:1 # compose\.yaml:4 \[SPEC_TAG by default\]$'
        $again = Write-SpecFile 'again.yaml' $text
        Show-MergedConfig -File $again -ShowSecret | Should -Be (Show-MergedConfig -Path $folder -Profile Dev -ShowSecret)
    }

    It 'writes objects that know their origins' {
        $config = Show-MergedConfig -Path $folder -Profile Dev -AsObject

        $config.services.web.init | Should -BeTrue
        $config.services.web.ports[0].target | Should -Be 80
        $origin = $config.OriginOf('services.web.init')
        $origin | Should -BeOfType ComposeLab.LabOrigin
        $origin.Line | Should -Be 4
        [IO.Path]::GetFileName($origin.File) | Should -Be 'compose.dev.yaml'
        $config.services.web.OriginOf('image').Variables[0].Name | Should -Be 'SPEC_TAG'
    }

    It 'shows a fault with its line' {
        $wrong = Write-SpecFile 'wrong.yaml' "services:`n  web:`n    imgae: busybox`n"

        $fault = $null
        try { Show-MergedConfig -File $wrong -ErrorAction Stop } catch { $fault = $_ }

        $fault.FullyQualifiedErrorId | Should -BeLike 'UnsupportedAttribute,*'
        $fault.TargetObject.Line | Should -Be 3
        $fault.TargetObject.SourceText | Should -Be '    imgae: busybox'
        $fault.TargetObject.LineText | Should -Match '(?s)^imgae: busybox\r?\n     \| ~~~~~$'
        $fault.TargetObject.Path | Should -Be 'services.web.imgae'
        "$fault" | Should -Match "Did you mean 'image'"
    }

    It 'shows the bundled lab where no project is named' {
        $env:POSTGRES_PASSWORD = 'spec'
        try {
            Show-MergedConfig -Profile Prod | Should -Match '(?m)^name: composelab$'
        }
        finally {
            $env:POSTGRES_PASSWORD = $null
        }
    }
}
