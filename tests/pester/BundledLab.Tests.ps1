# Tests of the bundled lab and of the runbooks that are about it, on a copy that runs next to the user's own. A test begins by starting the profile that it is
# about: where that runs already, nothing happens. The tests in Dev come first, because a change of the profile takes long.
BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/LabCopy.ps1"
    . "$PSScriptRoot/support/Waiting.ps1"

    function Invoke-Sql {
        param([string]$Statement)

        docker exec "$($lab.Name)-db-1" psql --host=/var/run/postgresql --username=lab --dbname=lab --quiet --tuples-only --no-align --command $Statement
    }

    function Get-Inspection {
        param([string]$Service, [string]$Format)

        docker inspect --format $Format "$($lab.Name)-$Service-1"
    }

    function Invoke-Runbook {
        param([string]$Name, [hashtable]$With = @{})

        $global:LASTEXITCODE = -1
        $said = & (Join-Path $PSScriptRoot '../../docs/runbooks' "$Name.ps1") @With
        [pscustomobject]@{ Said = $said; Code = $LASTEXITCODE }
    }
}

Describe 'The bundled lab' -Tag Engine {
    BeforeAll {
        $lab = New-LabCopy
        $select = $lab.Select
    }

    AfterAll {
        Remove-LabCopy $lab
    }

    It 'reports that POSTGRES_PASSWORD is missing and how to create the file, and changes nothing' {
        $file = Join-Path $lab.Path '.env'
        $text = Get-Content $file -Raw
        Remove-Item $file -Force
        try {
            $fault = try { Start-LabStack @select -Profile Dev } catch { $_ }
        }
        finally {
            Set-Content $file $text -NoNewline
        }

        $fault.FullyQualifiedErrorId | Should -Be 'VariableRequired,ComposeLab.Commands.StartLabStackCommand'
        $fault.Exception.Message | Should -Match 'POSTGRES_PASSWORD'
        $fault.ErrorDetails.RecommendedAction | Should -Match '^New-LabEnvFile'
        @(Get-LabStack "$($lab.Name)*").Count | Should -Be 0
    }

    It 'is started in Dev by the runbook bring-up-dev, with both services healthy' {
        (Invoke-Runbook bring-up-dev $select).Code | Should -Be 0

        $services = @(Start-LabStack @select -Profile Dev)
        $services.Service | Should -Be @('db', 'api')
        $services.Health | Should -Be @('Healthy', 'Healthy')
    }

    It 'publishes the database in Dev on loopback only' {
        $null = Start-LabStack @select -Profile Dev

        Get-Inspection db '{{range $port, $places := .NetworkSettings.Ports}}{{range $places}}{{.HostIp}}:{{.HostPort}} {{end}}{{end}}' |
            Should -Be "127.0.0.1:$($lab.DbPort) "
    }

    It 'mounts the source in Dev read-only' {
        $null = Start-LabStack @select -Profile Dev

        Get-Inspection api '{{range .Mounts}}{{.Type}} {{.RW}} {{.Destination}}{{end}}' | Should -Be 'bind false /src/ComposeLab.Api'
    }

    It 'answers in Dev on loopback at the port of the database' {
        $null = Start-LabStack @select -Profile Dev

        Test-Connection 127.0.0.1 -TcpPort $lab.DbPort | Should -BeTrue
    }

    It 'describes its endpoints in Dev' {
        $null = Start-LabStack @select -Profile Dev
        $paths = (Invoke-RestMethod "http://127.0.0.1:$($lab.ApiPort)/openapi/v1.json").paths

        $paths.PSObject.Properties.Name | Sort-Object | Should -Be @('/', '/db-check', '/healthz')
        $paths.'/db-check'.get.responses.'503' | Should -Not -BeNullOrEmpty
    }

    It 'has a page in Dev that loads everything from the service itself' {
        $null = Start-LabStack @select -Profile Dev
        $page = [uri]"http://127.0.0.1:$($lab.ApiPort)/docs/"
        $sources = [regex]::Matches((Invoke-WebRequest $page).Content, '(?:src|href)="([^"]+)"').ForEach({ $_.Groups[1].Value })

        $sources | Should -Not -BeNullOrEmpty
        $sources | Should -Not -Match '//'
        foreach ($source in $sources) {
            (Invoke-WebRequest ([uri]::new($page, $source))).StatusCode | Should -Be 200
        }
    }

    It 'has nothing to do the second time' {
        $null = Start-LabStack @select -Profile Dev
        (Get-LabStackPlan @select -Profile Dev).Operations.Count | Should -Be 0
    }

    It 'is tested in Dev from where the API is, although the port is published' {
        $null = Start-LabStack @select -Profile Dev
        $result = Test-LabDb @select

        $result.Ok | Should -BeTrue
        $result.Variable | Should -Be 'DATABASE_URL'
        ($result.Checks | Where-Object Name -EQ 'tcp').Detail | Should -BeLike "db:5432 from inside *-api-1"
    }

    It 'can be listed, stopped and removed by name if .env is missing' {
        $null = Start-LabStack @select -Profile Dev
        Move-Item (Join-Path $lab.Path '.env') (Join-Path $lab.Path '.env.away') -Force
        try {
            @(Get-LabService -Path $lab.Path -ProjectName $lab.Name).Count | Should -Be 2
            (Get-LabStackPlan -For Stop -Path $lab.Path -ProjectName $lab.Name).Operations.Count | Should -Be 2
            (Get-LabStackPlan -For Remove -Path $lab.Path -ProjectName $lab.Name).Operations.Count | Should -Be 3
        }
        finally {
            Move-Item (Join-Path $lab.Path '.env.away') (Join-Path $lab.Path '.env') -Force
        }
    }

    It 'is looked at with the runbook find-db-fault, which reports nothing if everything works' {
        $null = Start-LabStack @select -Profile Dev
        $run = Invoke-Runbook find-db-fault $select

        $run.Code | Should -Be 0
        "$($run.Said)" | Should -Match 'can be used'
    }

    It 'is looked at with the runbook find-db-fault, which reports the cause and the fix' {
        $null = Start-LabStack @select -Profile Dev
        $null = Stop-LabStack @select -Service db

        $run = Invoke-Runbook find-db-fault $select

        $run.Code | Should -Be 1
        $run.Said[0] | Should -Match '^DatabaseStopped: '
        $run.Said[1] | Should -Match '^Type: '
    }

    It 'is not changed by the runbook promote-to-prod without -Yes' {
        $null = Start-LabStack @select -Profile Dev

        (Invoke-Runbook promote-to-prod $select).Code | Should -Be 0
        (Get-LabService api @select).Image | Should -Be "$($lab.Name)/api:dev"
    }

    It 'is not changed by the runbook promote-to-prod if the policy gate stops it' {
        $null = Start-LabStack @select -Profile Dev
        $overlay = Join-Path $lab.Path 'compose.prod.yaml'
        $text = Get-Content $overlay -Raw
        try {
            Set-Content $overlay ($text.Replace("  db:`n", "  db:`n    privileged: true`n")) -NoNewline
            (Invoke-Runbook promote-to-prod ($select + @{ Yes = $true })).Code | Should -Be 1
        }
        finally {
            Set-Content $overlay $text -NoNewline
        }
    }

    It 'shows an edit of the source in Dev without a rebuild of the image' {
        $null = Start-LabStack @select -Profile Dev
        $before = Get-Inspection api '{{.Id}} {{.State.StartedAt}}'
        $file = Join-Path $lab.Source 'Endpoints' 'LabEndpoints.cs'
        $text = Get-Content $file -Raw
        try {
            Set-Content $file $text.Replace('Hello from the ComposeLab API', 'Edited') -NoNewline
            Wait-Until -Seconds 180 { try { (Invoke-RestMethod "http://127.0.0.1:$($lab.ApiPort)/" -TimeoutSec 5).message -eq 'Edited' } catch { $false } }
        }
        finally {
            Set-Content $file $text -NoNewline
        }

        Get-Inspection api '{{.Id}} {{.State.StartedAt}}' | Should -Be $before
    }

    It 'is changed to Prod by the runbook promote-to-prod, which recreates only changed containers and keeps the data' {
        $null = Start-LabStack @select -Profile Dev
        Invoke-Sql 'DROP TABLE IF EXISTS kept; CREATE TABLE kept (number int); INSERT INTO kept VALUES (42)'

        $plan = @((Get-LabStackPlan @select -Profile Prod).Operations)
        (Invoke-Runbook promote-to-prod ($select + @{ Yes = $true })).Code | Should -Be 0

        (Get-LabService api @select).Image | Should -Be "$($lab.Name)/api:prod"
        $plan.Resource | Should -Contain "container $($lab.Name)-db-1"
        ($plan | Where-Object Service -EQ 'db').Cause | Should -Match 'read_only'
        "$($plan.Cause)" | Should -Not -Match ((Get-Content (Join-Path $lab.Path '.env')) -match '^POSTGRES_PASSWORD=')[0].Split('=', 2)[1]
        $plan.Resource | Should -Not -Contain "volume $($lab.Name)_pgdata"
        $plan.Resource | Should -Not -Contain "network $($lab.Name)_default"
        Invoke-Sql 'SELECT number FROM kept' | Should -Be '42'
    }

    It 'does not publish the database in Prod' {
        $null = Start-LabStack @select -Profile Prod

        Get-Inspection db '{{range $port, $places := .NetworkSettings.Ports}}{{range $places}}{{.HostPort}}{{end}}{{end}}' | Should -BeNullOrEmpty
    }

    It 'runs <_> in Prod with a read-only root, a restart policy, only necessary capabilities, and no secret in a variable' -ForEach 'api', 'db' {
        $null = Start-LabStack @select -Profile Prod

        Get-Inspection $_ '{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.RestartPolicy.Name}} {{.HostConfig.CapDrop}} {{.HostConfig.SecurityOpt}}' |
            Should -Be 'true unless-stopped [ALL] [no-new-privileges:true]'
        Get-Inspection $_ '{{.Config.Env}}' | Should -Not -Match '(?<!_FILE)PASSWORD='
    }

    It 'mounts only the secret from the host in Prod' {
        $null = Start-LabStack @select -Profile Prod
        $binds = '{{range .Mounts}}{{if eq .Type "bind"}}{{.Destination}}{{end}}{{end}}'

        Get-Inspection api $binds | Should -BeIn @('', '/run/secrets/postgres_password')
        Get-Inspection db $binds | Should -BeIn @('', '/run/secrets/postgres_password')
    }

    It 'gets a new password everywhere and keeps its data with the runbook rotate-password' {
        $null = Start-LabStack @select -Profile Prod
        $null = Invoke-LabQuery 'CREATE TABLE kept_by_rotation AS SELECT 1 AS one' @select -Profile Prod
        $before = Get-Content "$($lab.Path)/.env" -Raw

        (Invoke-Runbook rotate-password $select).Code | Should -Be 0

        $after = Get-Content "$($lab.Path)/.env" -Raw
        $after | Should -Not -Be $before
        $after -replace '(?m)^POSTGRES_PASSWORD=.*$' | Should -Be ($before -replace '(?m)^POSTGRES_PASSWORD=.*$')
        (Invoke-LabQuery 'SELECT one FROM kept_by_rotation' @select -Profile Prod).one | Should -Be 1
    }

    It 'is described on a page by the runbook nightly-report, which reports whether everything is healthy' {
        $null = Start-LabStack @select -Profile Prod
        $file = Join-Path $lab.Folder 'report.html'

        (Invoke-Runbook nightly-report ($select + @{ Report = $file })).Code | Should -Be 0

        Get-Content $file -Raw | Should -Match '<svg class="topology"'
    }

    It 'is not healthy to the runbook nightly-report if a service has no container' {
        $null = Start-LabStack @select -Profile Prod -Scale @{ api = 0 }
        try {
            (Invoke-Runbook nightly-report ($select + @{ Report = (Join-Path $lab.Folder 'report.html') })).Code | Should -Be 1
        }
        finally {
            $null = Start-LabStack @select -Profile Prod
        }
    }

    It 'keeps rows after a removal and a new start' {
        $null = Start-LabStack @select -Profile Prod
        Invoke-Sql 'CREATE TABLE IF NOT EXISTS rows (number int); INSERT INTO rows VALUES (7)'

        Remove-LabStack @select
        $null = Start-LabStack @select -Profile Prod

        Invoke-Sql 'SELECT DISTINCT number FROM rows' | Should -Be '7'
    }

    It 'removes the rows with the volume' {
        $null = Start-LabStack @select -Profile Prod
        Invoke-Sql 'CREATE TABLE IF NOT EXISTS rows (number int)'

        Remove-LabStack @select -RemoveVolume -Force
        $null = Start-LabStack @select -Profile Prod

        Invoke-Sql "SELECT to_regclass('rows') IS NULL" | Should -Be 't'
    }
}
