# Runs the cases of tests/db-cases: starts each project, runs Test-LabDb, applies its recommendation and tests again. The real state comes from the application
# itself. Ends with the line "N passed, N failed, N skipped", which ./lab test adds up, and with exit code 1 when a case fails.
#   -Quick   only the subset that covers every cause
#   -Name    only the cases with a name like one of these
#   -Report  writes the result of every case as JSON to this file
param([switch]$Quick, [string[]]$Name = '*', [string]$Report)

$ErrorActionPreference = 'Stop'
$WarningPreference = 'SilentlyContinue'
$root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
$folder = [IO.Path]::Combine($root, 'tests', 'db-cases')
if (-not (Get-Module ComposeLab)) {
    Import-Module ($env:COMPOSELAB_MODULE ? $env:COMPOSELAB_MODULE : [IO.Path]::Combine($root, 'ComposeLab.psd1'))
}

$Name = $Name -split ','
$work = [IO.Path]::Combine([IO.Path]::GetTempPath(), "composelab-db-cases-$PID")
$secrets = 's3cretPw1|wrongPw9|p4ss|w0rdZ|41rdZ|8812|oldPass11|newPass22|0123456|pa\$?word9|shopPw77|a/b@c'

function Get-BaseImage {
    if ($env:POSTGRES_IMAGE) { return $env:POSTGRES_IMAGE }
    $file = [IO.Path]::Combine($root, 'compose', '.env')
    $named = if ([IO.File]::Exists($file)) { [IO.File]::ReadAllLines($file) -match '^POSTGRES_IMAGE=.' }
    if ($named) { @($named)[0].Split('=', 2)[1] } else { 'postgres:16-alpine' }
}

function Format-Map([hashtable]$Map) { ($Map.Keys | Sort-Object | ForEach-Object { "      ${_}: '$($Map[$_].Replace("'", "''"))'" }) -join "`n" }

function Format-Lines([string]$Text) { ($Text -split "`n" | Where-Object { $_ } | ForEach-Object { "    $_" }) -join "`n" }

# The project of a case. Each value is on its own line, so that a line edit can be applied.
function Get-CaseText($Case, [string]$Project) {
    $health = if ($Case.ContainsKey('Health')) { $Case.Health } else { 'pg_isready -q -h 127.0.0.1 -U app -d app' }
    $waits = if ($Case.Waits) { $Case.Waits } elseif ($health) { 'service_healthy' } else { 'service_started' }
    $image = switch ($Case.Image) { 'BITNAMI' { 'composelab-db-cases/bitnami/postgresql:16' } 'OWN' { 'composelab-db-cases/shopdb:16' } default { if ($Case.Fresh) { $base } else { 'composelab-db-cases/postgres:16' } } }
    $dbEnv = if ($Case.DbEnvList) { "    environment:`n" + (($Case.DbEnvList | ForEach-Object { "      - $_" }) -join "`n") }
    elseif ($Case.DbEnvRaw) { "    environment:`n" + (($Case.DbEnvRaw | ForEach-Object { "      $_" }) -join "`n") }
    else {
        $map = if ($Case.ContainsKey('DbEnv')) { $Case.DbEnv } else { @{ POSTGRES_USER = 'app'; POSTGRES_PASSWORD = 's3cretPw1'; POSTGRES_DB = 'app' } }
        if ($map.Count) { "    environment:`n$(Format-Map $map)" }
    }
    $text = "name: $Project`nservices:`n"
    if (-not $Case.NoDb) {
        $text += "  db:`n    image: $image`n$dbEnv`n"
        if ($health) {
            $retries = if ($Case.Retries) { $Case.Retries } else { 40 }
            $period = if ($Case.Retries) { '1s' } else { '60s' }
            $text += "    healthcheck:`n      test: [CMD-SHELL, '$($health.Replace("'", "''"))']`n      interval: 1s`n      timeout: 3s`n      retries: $retries`n      start_period: $period`n"
        }
        $own = Format-Lines $Case.Db
        if ($own -notmatch '(?m)^    volumes:') { $text += "    volumes: [dbdata:/var/lib/postgresql/data]`n" }
        $text += "    stop_grace_period: 5s`n$own`n"
    }
    $connection = ($Case.Conn ? $Case.Conn : '$DATABASE_URL').Trim().Replace('$', '$$')
    $text += "  app:`n    image: APP`n    init: true`n    command: ['$($connection.Replace("'", "''"))']`n"
    if ($Case.Env) {
        $map = @{}
        $Case.Env.GetEnumerator() | ForEach-Object { $map[$_.Key] = $_.Value }
        $text += "    environment:`n$(Format-Map $map)`n"
    }
    if (-not $Case.NoDb) { $text += "    depends_on: { db: { condition: $waits } }`n" }
    $text += "    stop_grace_period: 1s`n$(Format-Lines $Case.App)`n"
    $services = ($Case.More -split "`n" | Where-Object { $_ -match '^  ' -and $Case.More -notmatch '^(secrets|networks)' }) -join "`n"
    $top = if ($Case.More -match '^(secrets|networks)') { $Case.More }
    ($text + "$services`n$top`n" + $(if (-not $Case.NoDb) { "volumes: { dbdata: {} }`n" })).Replace('image: APP', 'image: composelab-db-cases/app:1')
}

function Write-CaseFiles([string]$Path, [hashtable]$Files) {
    foreach ($file in @($Files.Keys)) {
        $target = [IO.Path]::Combine($Path, $file)
        [void][IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($target))
        [IO.File]::WriteAllText($target, $Files[$file])
        if ($file -like '*.sh' -and -not $IsWindows) { [IO.File]::SetUnixFileMode($target, 'UserRead,UserWrite,UserExecute,GroupRead,GroupExecute,OtherRead,OtherExecute') }
    }
}

# A separate certificate for the server of a case.
function Write-Certificate([string]$Path) {
    $key = [Security.Cryptography.RSA]::Create(2048)
    $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=db', $key, [Security.Cryptography.HashAlgorithmName]::SHA256, [Security.Cryptography.RSASignaturePadding]::Pkcs1)
    $certificate = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(1))
    Write-CaseFiles $Path @{ 'tls/server.crt' = $certificate.ExportCertificatePem(); 'tls/server.key' = $key.ExportPkcs8PrivateKeyPem() }
}

# The last output of the application about its own login.
function Get-Truth([string]$Project, [string]$Service) {
    $lines = try { @(Get-LabLog $Service -ProjectName $Project -Tail 3) } catch { @() }
    $last = @($lines | ForEach-Object { "$($_.Text)$($_.Message)" } | Where-Object { $_ -match '^APP ' })
    if ($last) { $last[-1].Substring(4, [Math]::Min(4, $last[-1].Length - 4)).Trim() } else { '' }
}

# Applies a recommendation like a user: an edit of one line and the command after it, or a command.
function Invoke-Recommendation([string]$Text) {
    $first = ($Text -split "`n")[0]
    $command = $first
    if ($first -match '^In (?<file>.+?):(?<line>\d+) write (?<to>.+?) instead of (?<from>.+?), then: (?<command>.+)$') {
        $edit = $Matches
        $lines = [IO.File]::ReadAllLines($edit.file)
        $lines[[int]$edit.line - 1] = $lines[[int]$edit.line - 1].Replace($edit.from, $edit.to)
    } elseif ($first -match '^In (?<file>.+?):(?<line>\d+) write (?<to>.+?), then: (?<command>.+)$') {
        $edit = $Matches
        $lines = [IO.File]::ReadAllLines($edit.file)
        $indent = [regex]::Match($lines[[int]$edit.line - 1], '^\s*').Value
        $lines[[int]$edit.line - 1] = $indent + $edit.to
    } elseif ($first -notmatch '^[A-Z][a-z]+-Lab') {
        return $false
    }
    if ($edit) {
        [IO.File]::WriteAllLines($edit.file, [string[]]$lines)
        $command = $edit.command
    }
    Invoke-Expression "$command -ErrorAction Stop" *>&1 | Out-Null
    $true
}

function Wait-Truth([string]$Project, [string]$Service, [string]$Wanted, [int]$Seconds) {
    $limit = [DateTime]::UtcNow.AddSeconds($Seconds)
    do { $truth = Get-Truth $Project $Service; if ($truth -eq $Wanted) { break }; Start-Sleep -Milliseconds 300 } while ([DateTime]::UtcNow -lt $limit)
    $truth
}

function Test-Case($Case) {
    $project = "pgc-$($Case.Name)"
    $path = [IO.Path]::Combine($work, $Case.Name)
    [void][IO.Directory]::CreateDirectory($path)
    $seen = [ordered]@{ Name = $Case.Name; Wanted = $Case.Cause; Cause = ''; Seconds = 0; Message = ''; Recommendation = ''; Truth = ''; After = ''; Faults = @() }
    $service = $Case.Truth ? $Case.Truth : 'app'
    try {
        [IO.File]::WriteAllText([IO.Path]::Combine($path, 'compose.yaml'), (Get-CaseText $Case $project))
        if ($Case.Files) { Write-CaseFiles $path $Case.Files }
        if ($Case.Tls) { Write-Certificate $path }
        if ($Case.Mode -and -not $IsWindows) { $mode, $file = $Case.Mode.Split(' '); [IO.File]::SetUnixFileMode([IO.Path]::Combine($path, $file), 'UserRead,UserWrite') }
        try { Start-LabStack -Path $path -TimeoutSec 90 | Out-Null } catch { $seen.Start = "$($_.FullyQualifiedErrorId)" ; $seen.StartText = "$_" }
        if ($Case.Change) {
            Write-CaseFiles $path $Case.Change
            try { Start-LabStack -Path $path -TimeoutSec 60 | Out-Null } catch { $seen.Start = "$($_.FullyQualifiedErrorId)" }
        }
        if ($Case.After) { Invoke-LabCommand db -Path $path -- sh -c $Case.After | Out-Null }
        if ($Case.Restart) { try { Restart-LabStack db -Path $path -TimeoutSec 10 | Out-Null } catch { $seen.Start = "$($_.FullyQualifiedErrorId)" } }
        if ($Case.Stop) { Stop-LabStack db -Path $path | Out-Null }
        $healthy = $Case.Cause -in 'None', 'DatabaseUnhealthy', 'ApiPaused'
        if ($service -ne 'none') { $seen.Truth = Wait-Truth $project $service ($healthy ? 'OK' : 'FAIL') ($healthy ? 30 : 6) }
        if ($Case.Settle) { Start-Sleep $Case.Settle }
        if ($Case.Pause) { Invoke-Pause $project $Case.Pause }

        $look = [Diagnostics.Stopwatch]::StartNew()
        $limit = $Case.Seconds ? @{ TimeoutSec = $Case.Seconds } : @{ }
        $result = Test-LabDb -Path $path @limit
        $seen.Seconds = [Math]::Round($look.Elapsed.TotalSeconds, 2)
        $seen.Cause = "$($result.Cause)"
        $seen.Message = $result.Message
        $seen.Recommendation = $result.Recommendation
        if ($seen.Cause -ne $Case.Cause) { $seen.Faults += "named $($seen.Cause)" }
        if ($Case.Says -and $result.Message -notmatch $Case.Says) { $seen.Faults += "does not say $($Case.Says)" }
        $told = ($result | Out-String) + $result.Message + $result.Recommendation + (($result.Checks | ForEach-Object { "$_" }) -join "`n") + $seen.StartText
        if ($told -match $secrets) { $seen.Faults += "shows the secret $($Matches[0])" }
        if ($service -ne 'none' -and $healthy -ne ($seen.Truth -eq 'OK') -and ($healthy -or $seen.Truth)) { $seen.Faults += "the application says '$($seen.Truth)'" }
        if ($Case.Fix) {
            $typed = try { Invoke-Recommendation $result.Recommendation } catch { $seen.TypedError = "$_"; $true }
            $seen.Typed = $typed
            if ($Case.Fix -eq 'decide') {
                if ($typed) { $seen.Faults += 'was typed, but a person must decide' }
            } elseif (-not $typed) {
                $seen.Faults += 'cannot be typed'
            } else {
                $seen.TruthAfter = if ($Case.Fix -eq 'typed' -and $service -ne 'none') { Wait-Truth $project $service 'OK' 20 } else { '' }
                $after = Test-LabDb -Path $path
                $seen.After = "$($after.Cause)"
                if ($after.Cause -eq $Case.Cause) { $seen.Faults += "still $($after.Cause) after typing it" }
                if ($Case.Fix -eq 'typed' -and $service -ne 'none' -and $seen.TruthAfter -ne 'OK') { $seen.Faults += "not fixed: the application says '$($seen.TruthAfter)'" }
                if ($Case.Fix -eq 'typed' -and -not $after.Ok -and $seen.TruthAfter -eq 'OK') { $seen.Faults += "an alarm about a fixed application: $($after.Cause)" }
            }
        }
    } catch {
        $seen.Faults += "$_"
    } finally {
        try { Remove-LabStack -ProjectName $project -Volume -Force -TimeoutSec 1 | Out-Null } catch { }
        [IO.Directory]::Delete($path, $true)
    }
    [pscustomobject]$seen
}

function Invoke-Pause([string]$Project, [string]$Service) {
    if (Get-Command Suspend-LabStack -ErrorAction Ignore) { Suspend-LabStack $Service -ProjectName $Project | Out-Null } else { & docker pause "$Project-$Service-1" | Out-Null }
}

$base = Get-BaseImage
$env:POSTGRES_IMAGE = $base
Build-LabImage -Path ([IO.Path]::Combine($folder, 'images.yaml')) | Out-Null
$cases = & ([IO.Path]::Combine($folder, 'cases.ps1')) | Where-Object { -not $Quick -or $_.Quick }
$cases = @($cases | Where-Object { $case = $_; $Name | Where-Object { $case.Name -like $_ } })
$results = @(foreach ($case in $cases) {
    $one = Test-Case $case
    $state = if ($one.Faults) { "FAILED: $($one.Faults -join '; ')" } else { 'ok' }
    [Console]::WriteLine(('{0,-26} {1,5:0.0} s  {2,-22} {3}' -f $one.Name, $one.Seconds, $one.Cause, $state))
    if ($one.Faults) { [Console]::WriteLine("      $($one.Message)`n      $($one.Recommendation)") }
    $one
})
if ($Report) { $results | ConvertTo-Json -Depth 5 | Set-Content $Report }
if ([IO.Directory]::Exists($work)) { [IO.Directory]::Delete($work, $true) }
$failed = @($results | Where-Object Faults).Count
[Console]::WriteLine("$($results.Count - $failed) passed, $failed failed, 0 skipped")
exit [int]($failed -gt 0)
