BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"

    $folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), "composelab-spec-$([guid]::NewGuid().ToString('N'))")
    [void][IO.Directory]::CreateDirectory($folder)
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
    [IO.File]::WriteAllText([IO.Path]::Combine($folder, 'compose.yaml'), $base)
    [IO.File]::WriteAllText([IO.Path]::Combine($folder, 'compose.prod.yaml'), "services:`n  api:`n    restart: always`n")
}

AfterAll {
    [IO.Directory]::Delete($folder, $true)
}

Describe 'Test-LabConfig' {
    It 'finds what will go wrong, with file, line and what to write instead' {
        $finding = Test-LabConfig -Path $folder -Rule DatabasePortPublished

        $finding | Should -BeOfType ComposeLab.LabFinding
        $finding.Severity | Should -Be 'Warning'
        $finding.Service | Should -Be 'db'
        [IO.Path]::GetFileName($finding.File) | Should -Be 'compose.yaml'
        $finding.Line | Should -Be 11
        $finding.Recommendation | Should -Match '127\.0\.0\.1:5432:5432'
    }

    It 'names each thing once' {
        (Test-LabConfig -Path $folder).Rule | Sort-Object | Should -Be @(
            'DatabasePortPublished', 'HealthcheckMissing', 'ImageNotPinned', 'SecretWritten', 'VersionKey')
    }

    It 'asks more of what is meant for production' {
        $rules = (Test-LabConfig -Path $folder -Profile Prod).Rule

        $rules | Should -Contain 'MemoryLimitMissing'
        $rules | Should -Contain 'RestartPolicyMissing'
        (Test-LabConfig -Path $folder -Profile Prod -Rule RestartPolicyMissing).Service | Should -Be 'db'
        (Test-LabConfig -Path $folder -Profile Prod -Severity Error).Rule | Sort-Object | Should -Be @('DatabasePortPublished', 'SecretWritten')
    }

    It 'never shows a secret' {
        Test-LabConfig -Path $folder -Profile Prod | Format-List | Out-String | Should -Not -Match 'hunter2'
    }

    It 'answers with a truth value when it is asked to be quiet' {
        Test-LabConfig -Path $folder -Quiet | Should -BeTrue
        Test-LabConfig -Path $folder -Policy Prod -Quiet | Should -BeFalse
    }

    It 'is silenced by a comment with a reason' {
        $quiet = [IO.Path]::Combine($folder, 'quiet.yaml')
        $text = $base.Replace('- "5432:5432"', '- "5432:5432"   # composelab: allow DatabasePortPublished a throw-away lab')
        [IO.File]::WriteAllText($quiet, $text)

        Test-LabConfig -File $quiet -Rule DatabasePortPublished, AllowIncomplete | Should -BeNullOrEmpty
    }

    It 'refuses a rule that does not exist' {
        { Test-LabConfig -Path $folder -Rule NoSuchRule } | Should -Throw -ErrorId 'RuleNotFound,*'
    }

    It 'finds nothing in the bundled lab: <_>' -ForEach 'Dev', 'Prod' {
        $values = [IO.Path]::Combine($folder, 'lab.env')
        [IO.File]::WriteAllText($values, "POSTGRES_PASSWORD=spec`n")

        Test-LabConfig -Profile $_ -EnvFile $values | Should -BeNullOrEmpty
    }

    It 'has a rule listed for every finding' {
        $known = (Get-LabConfigRule).Rule

        (Test-LabConfig -Path $folder -Profile Prod).Rule | Where-Object { $_ -notin $known } | Should -BeNullOrEmpty
        (Get-LabConfigRule DatabasePort*).InProduction | Should -Be 'Error'
    }

    It 'keeps out of production what it calls an error, without asking an engine' {
        $engine = $env:DOCKER_HOST
        $env:DOCKER_HOST = 'unix:///no/such/engine.sock'
        $refusal = $null
        try { Start-LabStack -Path $folder -Profile Prod -ErrorAction Stop -WarningAction SilentlyContinue } catch { $refusal = $_ } finally { $env:DOCKER_HOST = $engine }

        $refusal.FullyQualifiedErrorId | Should -BeLike 'PolicyViolated,*'
        $refusal.TargetObject.Rule | Sort-Object | Should -Be @('DatabasePortPublished', 'SecretWritten')
        "$refusal" | Should -Match 'compose\.yaml:11: DatabasePortPublished'
        "$refusal" | Should -Match 'compose\.yaml:7: SecretWritten'
    }

    It 'lets it pass with -Force, with a warning for each error' {
        $engine = $env:DOCKER_HOST
        $env:DOCKER_HOST = 'unix:///no/such/engine.sock'
        $fault = $null
        try { Start-LabStack -Path $folder -Profile Prod -Force -ErrorAction Stop -WarningVariable warnings -WarningAction SilentlyContinue } catch { $fault = $_ } finally { $env:DOCKER_HOST = $engine }

        $fault.FullyQualifiedErrorId | Should -BeLike 'EngineUnreachable,*'
        "$warnings" | Should -Match 'error DatabasePortPublished'
    }
}
