# Every runbook of docs/runbooks, on one copy of the lab. A test begins by starting the profile that it is about: where that runs already, nothing happens.
BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/LabCopy.ps1"

    function Invoke-Runbook {
        param([string]$Name, [hashtable]$With = @{})

        $global:LASTEXITCODE = -1
        $said = & (Join-Path $PSScriptRoot '../../docs/runbooks' "$Name.ps1") @With
        [pscustomobject]@{ Said = $said; Code = $LASTEXITCODE }
    }
}

Describe 'The runbook' -Tag Engine {
    BeforeAll {
        $copy = New-LabCopy
        $select = $copy.Select
    }

    AfterAll {
        Remove-LabCopy $copy
    }

    It 'bring-up-dev succeeds if the database answers' {
        (Invoke-Runbook bring-up-dev $select).Code | Should -Be 0
        (Get-LabService @select).Service | Should -Be @('api', 'db')
    }

    It 'find-db-fault reports nothing if everything works' {
        $null = Start-LabStack @select -Profile Dev
        $run = Invoke-Runbook find-db-fault $select

        $run.Code | Should -Be 0
        "$($run.Said)" | Should -Match 'can be used'
    }

    It 'find-db-fault reports the cause and the fix' {
        $null = Start-LabStack @select -Profile Dev
        $null = Stop-LabStack @select -Service db

        $run = Invoke-Runbook find-db-fault $select

        $run.Code | Should -Be 1
        $run.Said[0] | Should -Match '^DatabaseStopped: '
        $run.Said[1] | Should -Match '^Type: '
    }

    It 'promote-to-prod changes nothing without -Yes' {
        $null = Start-LabStack @select -Profile Dev

        (Invoke-Runbook promote-to-prod $select).Code | Should -Be 0
        (Get-LabService api @select).Image | Should -Be "$($copy.Name)/api:dev"
    }

    It 'promote-to-prod is stopped by the policy gate' {
        $null = Start-LabStack @select -Profile Dev
        $overlay = Join-Path $copy.Path 'compose.prod.yaml'
        $text = Get-Content $overlay -Raw
        try {
            Set-Content $overlay ($text.Replace("  db:`n", "  db:`n    privileged: true`n")) -NoNewline
            (Invoke-Runbook promote-to-prod ($select + @{ Yes = $true })).Code | Should -Be 1
        }
        finally {
            Set-Content $overlay $text -NoNewline
        }
    }

    It 'promote-to-prod changes Dev to Prod' {
        $null = Start-LabStack @select -Profile Dev

        (Invoke-Runbook promote-to-prod ($select + @{ Yes = $true })).Code | Should -Be 0
        (Get-LabService api @select).Image | Should -Be "$($copy.Name)/api:prod"
        (Get-LabService db @select).Ports | Where-Object IsPublished | Should -BeNullOrEmpty
    }

    It 'rotate-password changes the password everywhere and keeps the data' {
        $null = Start-LabStack @select -Profile Prod
        $null = Invoke-LabQuery 'CREATE TABLE kept AS SELECT 1 AS one' @select -Profile Prod
        $before = Get-Content "$($copy.Path)/.env" -Raw

        (Invoke-Runbook rotate-password $select).Code | Should -Be 0

        $after = Get-Content "$($copy.Path)/.env" -Raw
        $after | Should -Not -Be $before
        $after -replace '(?m)^POSTGRES_PASSWORD=.*$' | Should -Be ($before -replace '(?m)^POSTGRES_PASSWORD=.*$')
        (Invoke-LabQuery 'SELECT one FROM kept' @select -Profile Prod).one | Should -Be 1
    }

    It 'rotate-password-rolling switches the clients to a second role and back, without a failed login' {
        $project = New-SpecProject @'
services:
  db:
    image: IMAGE
    environment: { POSTGRES_USER: admin, POSTGRES_PASSWORD: spec-secret }
    volumes: [ "data:/var/lib/postgresql/data" ]
    healthcheck: { test: ["CMD", "pg_isready", "-q", "-h", "127.0.0.1", "-U", "admin"], interval: 5s, start_period: 30s }
  web:
    image: IMAGE
    init: true
    entrypoint: [ sh, -c, 'while :; do psql -X -q "$$DATABASE_URL" -c "SELECT 1" >/dev/null && echo works || echo fails; sleep 0.2; done' ]
    environment: { DATABASE_URL: "postgresql://${DB_USER}:${DB_PASSWORD}@db:5432/admin" }
    depends_on: { db: { condition: service_healthy } }
    stop_grace_period: 1s
volumes: { data: {} }
'@
        try {
            $select = @{ Path = $project.Path }
            Set-Content "$($project.Path)/.env" "DB_USER=shop`nDB_PASSWORD=first-secret`n" -NoNewline
            $null = Start-LabStack db @select
            $null = Invoke-LabQuery 'CREATE ROLE shop LOGIN; GRANT CREATE ON SCHEMA public TO shop; CREATE TABLE goods (id int); ALTER TABLE goods OWNER TO shop' @select
            $null = Reset-LabDbPassword -Role shop @select
            $null = Start-LabStack @select

            foreach ($expected in 'shop_b', 'shop_a') {
                (Invoke-Runbook rotate-password-rolling $select).Code | Should -Be 0

                (Get-LabVariable DB_USER @select).Value | Should -Be $expected
                (Test-LabDb @select).Ok | Should -BeTrue
                (Get-LabLog web @select).Text | Should -Not -Contain 'fails'
                (Invoke-LabQuery "SELECT rolname FROM pg_roles WHERE rolcanlogin AND rolname LIKE 'shop%'" @select).rolname | Should -Be $expected
            }
            Get-Content "$($project.Path)/.env" -Raw | Should -Not -BeLike '*first-secret*'
            (Invoke-LabQuery "SELECT tableowner FROM pg_tables WHERE tablename = 'goods'" @select).tableowner | Should -Be 'shop'
        }
        finally {
            Remove-SpecProject $project
        }
    }

    It 'nightly-report writes a page and reports whether everything is healthy' {
        $null = Start-LabStack @select -Profile Prod
        $file = Join-Path $copy.Folder 'report.html'

        (Invoke-Runbook nightly-report ($select + @{ Report = $file })).Code | Should -Be 0

        Get-Content $file -Raw | Should -Match '<svg class="topology"'
    }

    It 'nightly-report reports a service without a container' {
        $null = Start-LabStack @select -Profile Prod -Scale @{ api = 0 }
        try {
            (Invoke-Runbook nightly-report ($select + @{ Report = (Join-Path $copy.Folder 'report.html') })).Code | Should -Be 1
        }
        finally {
            $null = Start-LabStack @select -Profile Prod
        }
    }

    It 'image-report writes sizes as CSV and cache behavior as JSON' {
        $project = New-SpecProject @'
services:
  web:
    build: .
'@
        try {
            Set-Content "$($project.Path)/Dockerfile" "FROM $(Get-SpecImage)`nCOPY package.json /`nRUN true`nCOPY app.js /`n" -NoNewline
            Set-Content "$($project.Path)/package.json" '{}' -NoNewline
            Set-Content "$($project.Path)/app.js" '' -NoNewline

            $null = Invoke-Runbook image-report @{ Path = $project.Path; Folder = $project.Path }

            (Import-Csv "$($project.Path)/images.csv").Service | Should -Be 'web'
            $code = Get-Content "$($project.Path)/cache.json" -Raw | ConvertFrom-Json | Where-Object Scenario -EQ 'Code'
            $code.RuleHolds | Should -Be $true
        }
        finally {
            Remove-SpecProject $project
        }
    }
}
