BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"

    $folder = (New-Item "$TestDrive/project" -ItemType Directory).FullName
    $base = @'
version: "3.8"
services:
  api:
    image: shop/api
    depends_on: [db]
    environment:
      API_TOKEN: hunter2
  db:
    image: postgres:16
    ports:
      - "5432:5432"
    volumes:
      - data:/var/lib/postgresql/data
volumes:
  data:
'@
    Set-Content (Join-Path $folder 'compose.yaml') $base -NoNewline
    Set-Content (Join-Path $folder 'compose.prod.yaml') "services:`n  api:`n    restart: always`n" -NoNewline
}

Describe 'Test-LabConfig' {
    It 'never shows a secret' {
        Test-LabConfig -Path $folder -Profile Prod | Format-List | Out-String | Should -Not -Match 'hunter2'
    }

    It 'prevents a production start with rule errors, without an engine' {
        $engine = $env:DOCKER_HOST
        $env:DOCKER_HOST = 'unix:///no/such/engine.sock'
        $refusal = $null
        try { Start-LabStack -Path $folder -Profile Prod -ErrorAction Stop -WarningAction SilentlyContinue } catch { $refusal = $_ } finally { $env:DOCKER_HOST = $engine }

        $refusal.FullyQualifiedErrorId | Should -BeLike 'PolicyViolated,*'
        $refusal.TargetObject.Rule | Sort-Object | Should -Be @('DatabasePasswordMissing', 'DatabasePortPublished', 'SecretWritten')
        "$refusal" | Should -Match 'compose\.yaml:11: DatabasePortPublished'
        "$refusal" | Should -Match 'compose\.yaml:7: SecretWritten'
    }

    It 'starts with -Force, with a warning for each error' {
        $engine = $env:DOCKER_HOST
        $env:DOCKER_HOST = 'unix:///no/such/engine.sock'
        $fault = $null
        try { Start-LabStack -Path $folder -Profile Prod -Force -ErrorAction Stop -WarningVariable warnings -WarningAction SilentlyContinue } catch { $fault = $_ } finally { $env:DOCKER_HOST = $engine }

        $fault.FullyQualifiedErrorId | Should -BeLike 'EngineUnreachable,*'
        "$warnings" | Should -Match 'error DatabasePortPublished'
    }
}
