# The runbooks of docs/runbooks that have a project of their own. Those about the lab are in BundledLab.Tests.ps1.
BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Projects.ps1"

    function Invoke-Runbook {
        param([string]$Name, [hashtable]$With = @{})

        $global:LASTEXITCODE = -1
        $said = & (Join-Path $PSScriptRoot '../../docs/runbooks' "$Name.ps1") @With
        [pscustomobject]@{ Said = $said; Code = $LASTEXITCODE }
    }
}

Describe 'The runbook' -Tag Engine {
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
