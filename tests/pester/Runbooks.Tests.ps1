# Every runbook of docs/runbooks, in the order of a stack's life, on one copy of the lab.
BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/LabCopy.ps1"

    function Invoke-Runbook {
        param([string]$Name, [hashtable]$With = @{})

        $global:LASTEXITCODE = -1
        $said = & ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'docs', 'runbooks', "$Name.ps1")) @With
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

    It 'bring-up-dev ends well when the database answers' {
        (Invoke-Runbook bring-up-dev $select).Code | Should -Be 0
        (Get-LabService @select).Service | Should -Be @('api', 'db')
    }

    It 'find-db-fault has nothing to say while all is well' {
        $run = Invoke-Runbook find-db-fault $select

        $run.Code | Should -Be 0
        "$($run.Said)" | Should -Match 'work'
    }

    It 'find-db-fault names the cause and what to type' {
        $null = Stop-LabStack @select -Service db

        $run = Invoke-Runbook find-db-fault $select

        $run.Code | Should -Be 1
        $run.Said[0] | Should -Match '^DatabaseStopped: '
        $run.Said[1] | Should -Match '^Type: '
    }

    It 'promote-to-prod changes nothing without -Yes' {
        (Invoke-Runbook promote-to-prod $select).Code | Should -Be 0
        (Get-LabService api @select).Image | Should -Be "$($copy.Name)/api:dev"
    }

    It 'promote-to-prod is stopped by the policy gate' {
        $overlay = [IO.Path]::Combine($copy.Path, 'compose.prod.yaml')
        $text = [IO.File]::ReadAllText($overlay)
        try {
            [IO.File]::WriteAllText($overlay, $text.Replace("  db:`n", "  db:`n    privileged: true`n"))
            (Invoke-Runbook promote-to-prod ($select + @{ Yes = $true })).Code | Should -Be 1
        }
        finally {
            [IO.File]::WriteAllText($overlay, $text)
        }
    }

    It 'promote-to-prod makes Prod of Dev' {
        (Invoke-Runbook promote-to-prod ($select + @{ Yes = $true })).Code | Should -Be 0
        (Get-LabService api @select).Image | Should -Be "$($copy.Name)/api:prod"
        (Get-LabService db @select).Ports | Where-Object IsPublished | Should -BeNullOrEmpty
    }

    It 'rotate-password changes the password everywhere and keeps the data' {
        $null = Invoke-LabQuery 'CREATE TABLE kept AS SELECT 1 AS one' @select -Profile Prod
        $before = [IO.File]::ReadAllText("$($copy.Path)/.env")

        (Invoke-Runbook rotate-password $select).Code | Should -Be 0

        $after = [IO.File]::ReadAllText("$($copy.Path)/.env")
        $after | Should -Not -Be $before
        $after -replace '(?m)^POSTGRES_PASSWORD=.*$' | Should -Be ($before -replace '(?m)^POSTGRES_PASSWORD=.*$')
        (Invoke-LabQuery 'SELECT one FROM kept' @select -Profile Prod).one | Should -Be 1
    }

    It 'nightly-report writes a page and says whether all is well' {
        $file = [IO.Path]::Combine($copy.Folder, 'report.html')

        (Invoke-Runbook nightly-report ($select + @{ Report = $file })).Code | Should -Be 0

        [IO.File]::ReadAllText($file) | Should -Match '<svg class="topology"'
    }

    It 'nightly-report notices a service that has no container' {
        $null = Start-LabStack @select -Profile Prod -Scale @{ api = 0 }
        try {
            (Invoke-Runbook nightly-report ($select + @{ Report = [IO.Path]::Combine($copy.Folder, 'report.html') })).Code | Should -Be 1
        }
        finally {
            $null = Start-LabStack @select -Profile Prod
        }
    }

    It 'image-report writes sizes as CSV and cache behaviour as JSON' {
        $project = New-SpecProject @'
services:
  web:
    build: .
'@
        try {
            [IO.File]::WriteAllText("$($project.Path)/Dockerfile", "FROM $(Get-SpecImage)`nCOPY package.json /`nRUN true`nCOPY app.js /`n")
            [IO.File]::WriteAllText("$($project.Path)/package.json", '{}')
            [IO.File]::WriteAllText("$($project.Path)/app.js", '')

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
