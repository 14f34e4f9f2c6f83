# The functions of db-cases.ps1, which runs them in several runspaces: dot-sourced in each. $base is the image of a server with an empty volume.
$ErrorActionPreference = 'Stop'
$WarningPreference = 'SilentlyContinue'
$ProgressPreference = 'SilentlyContinue'
$ConfirmPreference = 'None'
$secrets = 's3cretPw1|wrongPw9|p4ss|w0rdZ|41rdZ|8812|oldPass11|newPass22|0123456|pa\$?word9|shopPw77|a/b@c'

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
            # The module probes by itself until the server is ready; a short interval is only needed to become unhealthy.
            $interval = if ($Case.Retries) { '1s' } else { '5s' }
            $text += "    healthcheck:`n      test: [CMD-SHELL, '$($health.Replace("'", "''"))']`n      interval: $interval`n      timeout: 20s`n      retries: $retries`n      start_period: $period`n"
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
    ($text + "$services`n$top`n" + $(if (-not $Case.NoDb) { "volumes: { dbdata: $($Case.Volume ? $Case.Volume : '{}') }`n" })).Replace('image: APP', 'image: composelab-db-cases/app:1')
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

# Applies a recommendation like a user: an edit of one line and the command after it, or a command. -Done: the part before the command is already done.
function Invoke-Recommendation([string]$Text, [switch]$Done, [switch]$Yes) {
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
    } elseif ($Done -and $first -match ', then: (?<command>.+)$') {
        $command = $Matches.command
    } elseif ($first -notmatch '^[A-Z][a-z]+-Lab') {
        return $false
    }
    if ($edit) {
        [IO.File]::WriteAllLines($edit.file, [string[]]$lines)
        $command = $edit.command
    }
    if ($Yes) { $command += ' -Force' }
    Invoke-Expression "$command -ErrorAction Stop" *>&1 | Out-Null
    $true
}

function Wait-Truth([string]$Project, [string]$Service, [string]$Wanted, [int]$Seconds) {
    $limit = [DateTime]::UtcNow.AddSeconds($Seconds)
    # On a busy machine the application notices a fault later; one that says nothing will not say more.
    $patience = $Wanted -eq 'FAIL' ? $limit.AddSeconds(20) : $limit
    do { $truth = Get-Truth $Project $Service; if ($truth -eq $Wanted) { break }; Start-Sleep -Milliseconds 300 } while ([DateTime]::UtcNow -lt ($truth -eq 'OK' ? $patience : $limit))
    $truth
}

function Wait-Health([string]$Project, [string]$Service, [string]$Wanted) {
    $limit = [DateTime]::UtcNow.AddSeconds(30)
    while ("$((Get-LabService $Service -ProjectName $Project).Health)" -ne $Wanted -and [DateTime]::UtcNow -lt $limit) { Start-Sleep -Milliseconds 300 }
}

# Whether a case does not change the server in a way that affects the next one, so that it can run on an existing stack.
function Test-Shareable($Case) {
    $own = 'Db', 'Fresh', 'DbEnv', 'DbEnvList', 'DbEnvRaw', 'Image', 'Health', 'Waits', 'Retries', 'Change', 'NoDb', 'NoStart', 'Tls', 'Restart', 'Volume'
    -not @($own | Where-Object { $Case.ContainsKey($_) }) -and $Case.More -notmatch '^networks'
}

# Runs a case on a separate project, or on one from an earlier case. The project is removed unless the next case can use it.
function Test-Case($Case, [string]$Project, [string]$Path, [switch]$Keep) {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    [void][IO.Directory]::CreateDirectory($Path)
    [IO.Directory]::GetFiles($Path) | ForEach-Object { [IO.File]::Delete($_) }
    $seen = [ordered]@{ Name = $Case.Name; Wanted = $Case.Cause; Cause = ''; Seconds = 0; Message = ''; Recommendation = ''; Truth = ''; After = ''; Faults = @() }
    $service = $Case.Truth ? $Case.Truth : 'app'
    try {
        [IO.File]::WriteAllText([IO.Path]::Combine($Path, 'compose.yaml'), (Get-CaseText $Case $Project))
        if ($Case.Files) { Write-CaseFiles $Path $Case.Files }
        if ($Case.Tls) { Write-Certificate $Path }
        if ($Case.Mode -and -not $IsWindows) { $mode, $file = $Case.Mode.Split(' '); [IO.File]::SetUnixFileMode([IO.Path]::Combine($Path, $file), 'UserRead,UserWrite') }
        if ($Case.Before) {
            Start-LabStack db -Path $Path -TimeoutSec 90 | Out-Null
            Invoke-LabCommand db -Path $Path -- sh -c $Case.Before | Out-Null
        }
        if (-not $Case.NoStart) { try { Start-LabStack -Path $Path -TimeoutSec 90 -RemoveOrphans | Out-Null } catch { $seen.Start = "$($_.FullyQualifiedErrorId)" ; $seen.StartText = "$_" } }
        if ($Case.Change) {
            Write-CaseFiles $Path $Case.Change
            if ($Case.Run) { Invoke-Expression "$($Case.Run) -Path '$Path'" | Out-Null } else { try { Start-LabStack -Path $Path -TimeoutSec 60 | Out-Null } catch { $seen.Start = "$($_.FullyQualifiedErrorId)" } }
        }
        if ($Case.After) { Invoke-LabCommand db -Path $Path -- sh -c $Case.After | Out-Null }
        if ($Case.AfterApp) { Invoke-LabCommand app -Path $Path -- sh -c $Case.AfterApp | Out-Null }
        if ($Case.Restart) { try { Restart-LabStack db -Path $Path -TimeoutSec 10 | Out-Null } catch { $seen.Start = "$($_.FullyQualifiedErrorId)" } }
        if ($Case.Stop) { Stop-LabStack $Case.Stop -Path $Path | Out-Null }
        $healthy = $Case.Cause -in 'None', 'DatabaseUnhealthy', 'ApiPaused', 'ApiUnhealthy', 'ApiPortMismatch'
        if ($service -ne 'none' -and -not $Case.NoStart) { $seen.Truth = Wait-Truth $Project $service ($healthy ? 'OK' : 'FAIL') ($healthy ? 30 : 6) }
        if ($Case.Settle) { Start-Sleep $Case.Settle }
        if ($Case.Until) { $whom, $health = $Case.Until.Split(' '); Wait-Health $Project $whom $health }
        if ($Case.Pause) { Invoke-Pause $Project $Case.Pause }

        $look = [Diagnostics.Stopwatch]::StartNew()
        # The default limit is for a person who waits; a busy machine needs longer.
        $limit = $Case.Seconds ? $Case.Seconds : 60
        $result = Test-LabDb -Path $Path -TimeoutSec $limit
        $seen.Seconds = [Math]::Round($look.Elapsed.TotalSeconds, 2)
        $seen.Cause = "$($result.Cause)"
        $seen.Message = $result.Message
        $seen.Recommendation = $result.Recommendation
        if ($seen.Cause -ne $Case.Cause) { $seen.Faults += "named $($seen.Cause)" }
        if ($Case.Says -and $result.Message -notmatch $Case.Says) { $seen.Faults += "does not say $($Case.Says)" }
        $told = ($result | Out-String) + $result.Message + $result.Recommendation + (($result.Checks | ForEach-Object { "$_" }) -join "`n") + $seen.StartText
        if ($told -match $secrets) { $seen.Faults += "shows the secret $($Matches[0])" }
        if ($service -ne 'none' -and $healthy -ne ($seen.Truth -eq 'OK') -and ($healthy -or $seen.Truth)) { $seen.Faults += "the application says '$($seen.Truth)'" }
        if ($Case.StartSays -and "$($seen.StartText)" -notmatch $Case.StartSays) { $seen.Faults += "the failed start does not say $($Case.StartSays)" }
        if ($Case.Shows -and (Invoke-Expression (($result.Recommendation -split "`n")[1] -replace '^[^:]+: ') | Out-String -Width 500) -notmatch $Case.Shows) { $seen.Faults += "its command does not show $($Case.Shows)" }
        if ($Case.Fix) {
            if ($Case.Then) { Invoke-LabCommand db -Path $Path -- sh -c $Case.Then | Out-Null }
            $typed = try { Invoke-Recommendation $result.Recommendation -Done:($null -ne $Case.Then) -Yes:($null -ne $Case.Yes) } catch { $seen.TypedError = "$_"; $true }
            $seen.Typed = $typed
            if ($Case.Fix -eq 'decide') {
                if ($typed) { $seen.Faults += 'was typed, but a person must decide' }
            } elseif (-not $typed) {
                $seen.Faults += 'cannot be typed'
            } else {
                $seen.TruthAfter = if ($Case.Fix -eq 'typed' -and $service -ne 'none') { Wait-Truth $Project $service 'OK' 20 } else { '' }
                $after = Test-LabDb -Path $Path -TimeoutSec 60
                $seen.After = "$($after.Cause)"
                if ($after.Cause -eq $Case.Cause) { $seen.Faults += "still $($after.Cause) after typing it" }
                if ($Case.Fix -eq 'typed' -and $service -ne 'none' -and $seen.TruthAfter -ne 'OK') { $seen.Faults += "not fixed: the application says '$($seen.TruthAfter)'" }
                if ($Case.Fix -eq 'typed' -and -not $after.Ok -and ($seen.TruthAfter -eq 'OK' -or $service -eq 'none')) { $seen.Faults += "an alarm about a fixed application: $($after.Cause)" }
            }
        }
    } catch {
        $seen.Faults += "$_"
    } finally {
        # The leftovers of a failed case must not affect the next one.
        if (-not $Keep -or $seen.Faults) { Remove-Case $Project $Path }
    }
    $seen.All = [Math]::Round($clock.Elapsed.TotalSeconds, 2)
    [pscustomobject]$seen
}

function Remove-Case([string]$Project, [string]$Path) {
    try { Remove-LabStack -ProjectName $Project -RemoveVolume -Force -TimeoutSec 1 | Out-Null } catch { }
    if ([IO.Directory]::Exists($Path)) { [IO.Directory]::Delete($Path, $true) }
}

function Invoke-Pause([string]$Project, [string]$Service) {
    if (Get-Command Suspend-LabStack -ErrorAction Ignore) { Suspend-LabStack $Service -ProjectName $Project | Out-Null } else { & docker pause "$Project-$Service-1" | Out-Null }
}
