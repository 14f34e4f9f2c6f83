BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"

    $folder = (New-Item "$TestDrive/project" -ItemType Directory).FullName
    $texts = @{
        'compose.yaml'      = "name: shop`nservices:`n  web:`n    image: nginx:1.27`n    environment:`n      API_TOKEN: hunter1`n"
        'compose.dev.yaml'  = "services:`n  web:`n    ports: ['127.0.0.1:8080:80']`n"
        'compose.prod.yaml' = "services:`n  web:`n    image: nginx:1.28`n    environment:`n      API_TOKEN: hunter2`n"
    }
    foreach ($name in $texts.Keys) {
        Set-Content (Join-Path $folder $name) $texts[$name] -NoNewline
    }
}

Describe 'Compare-LabConfig' {
    It 'compares Dev with Prod, value by value' {
        $found = Compare-LabConfig -Path $folder

        $found | Should -BeOfType ComposeLab.LabConfigDifference
        $found | ForEach-Object { "$($_.Kind) $($_.Path)" } | Should -Be @(
            'Changed services.web.environment.API_TOKEN', 'Changed services.web.image', 'Removed services.web.ports[80/tcp]')
        $found.Service | Select-Object -Unique | Should -Be 'web'
    }

    It 'shows the source of both values' {
        $image = Compare-LabConfig -Path $folder | Where-Object Path -EQ services.web.image

        $image.ReferenceValue, $image.DifferenceValue | Should -Be @('nginx:1.27', 'nginx:1.28')
        "$($image.ReferenceOrigin) $($image.DifferenceOrigin)" | Should -Be 'compose.yaml:4 compose.prod.yaml:3'
        Test-Path $image.DifferenceOrigin.File | Should -BeTrue
    }

    It 'masks secrets unless -ShowSecret is specified' {
        Compare-LabConfig -Path $folder | Out-String | Should -Not -Match 'hunter'
        Compare-LabConfig -Path $folder -ShowSecret | Out-String | Should -Match 'hunter2'
    }

    It 'compares a profile with the base file alone' {
        (Compare-LabConfig '' Dev -Path $folder).Kind | Should -Be 'Added'
    }

    It 'compares two sets of files' {
        $base = Join-Path $folder 'compose.yaml'
        $overlay = Join-Path $folder 'compose.dev.yaml'

        (Compare-LabConfig -ReferenceFile $base, $overlay -DifferenceFile $base).Path | Should -Be 'services.web.ports[80/tcp]'
    }

    It 'writes nothing if there is no difference' {
        Compare-LabConfig Dev Dev -Path $folder | Should -BeNullOrEmpty
    }

    It 'shows how Prod of the bundled lab differs from Dev' {
        $env:POSTGRES_PASSWORD = 'spec'
        try {
            $found = Compare-LabConfig

            $found | Where-Object { $_.Kind -eq 'Removed' -and $_.Path -eq 'services.db.ports[5432/tcp]' } | Should -Not -BeNullOrEmpty
            $found | Where-Object { $_.Kind -eq 'Added' -and $_.Path -eq 'services.api.read_only' } | Should -Not -BeNullOrEmpty
        }
        finally {
            $env:POSTGRES_PASSWORD = $null
        }
    }
}
