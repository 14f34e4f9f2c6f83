# Backups, their tests, restores and updates on real servers: one of PostgreSQL 17 for the round trip, and one of 16 without pg_dump, which is updated.
BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Projects.ps1"
    . "$PSScriptRoot/support/Waiting.ps1"

    $newer = if ((Get-SpecImage) -like 'composelab/*') { 'composelab/postgres:17' } else { 'postgres:17-alpine' }
    $text = @'
services:
  db:
    image: PG17
    environment: { POSTGRES_USER: shop, POSTGRES_PASSWORD: spec-secret-17, POSTGRES_DB: shop }
    stop_signal: SIGINT
    healthcheck: { test: ["CMD", "pg_isready", "-q", "-h", "127.0.0.1", "-U", "shop"], interval: 5s, start_period: 30s }
  old:
    image: IMAGE  # the server
    environment: { POSTGRES_USER: shop, POSTGRES_PASSWORD: spec-secret-16, POSTGRES_DB: shop }
    stop_signal: SIGINT
    volumes: [ "old-data:/var/lib/postgresql/data" ]
    healthcheck: { test: ["CMD", "pg_isready", "-q", "-h", "127.0.0.1", "-U", "shop"], interval: 5s, start_period: 30s }
volumes:
  old-data:  # rows
'@.Replace('PG17', $newer)
    $seed = @'
CREATE ROLE "Bäcker" LOGIN PASSWORD 'spec-secret-role';
CREATE ROLE reader;
CREATE SCHEMA "Über";
CREATE TABLE "Über"."Täble ""q"".x" (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "Größe" text, n int, twice int GENERATED ALWAYS AS (n * 2) STORED);
INSERT INTO "Über"."Täble ""q"".x" ("Größe", n) SELECT 'Wert ' || g, g FROM generate_series(1, 500) g;
CREATE TABLE events (id bigserial, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
INSERT INTO events (at) SELECT date '2025-06-01' + g FROM generate_series(1, 400) g;
CREATE VIEW recent AS SELECT * FROM events;
CREATE TABLE counter (n bigserial PRIMARY KEY);
SELECT lo_from_bytea(0, decode(repeat('00ff', 5000), 'hex')) FROM generate_series(1, 3);
ALTER TABLE counter OWNER TO "Bäcker";
GRANT SELECT ON events TO reader;
ALTER DATABASE shop SET work_mem = '8MB';
'@

    # Runs a script beside this session, and returns it while it runs.
    function Start-Beside {
        param([string]$Script, [hashtable]$With)

        $shell = [powershell]::Create()
        $null = $shell.AddScript("param([hashtable]`$with) Import-Module '$PSScriptRoot/../../ComposeLab.psd1'; `$in = `$with.in; $Script").AddArgument($With)
        [pscustomobject]@{ Shell = $shell; Run = $shell.BeginInvoke() }
    }

    function Get-Dumping {
        @(Get-LabProcess db @in | Where-Object Command -Match '/pg_dump --no-password')
    }

    $project = New-SpecProject $text
    $in = @{ Path = $project.Path }
    $at = @{ Path = $project.Path; Service = 'db' }
    $null = Start-LabStack @in
    $null = Invoke-LabQuery $seed @at
    $null = Invoke-LabQuery 'CREATE DATABASE "Größe ''x''=1"' @at
    $folder = Join-Path $project.Path 'backups'
    $full = Backup-LabDb @at -OutFile "$folder/full.dump" -IncludeGlobal
}

AfterAll {
    Remove-SpecProject $project
}

Describe 'A backup of a database' -Tag Engine {
    It 'describes the database in a manifest beside it' {
        $full | Should -BeOfType ComposeLab.LabDbBackup
        $full.Tables, $full.Rows | Should -Be 4, 900
        $manifest = Get-Content $full.ManifestFile -Raw | ConvertFrom-Json
        $manifest.serverVersion | Should -BeLike '17.*'
        $manifest.database.largeObjects | Should -Be 3
        ($manifest.database.tables | Where-Object name -EQ 'Täble "q".x').rows | Should -Be 500
        $manifest.files[0].sha256 | Should -Be (Get-FileHash $full.BackupFile -Algorithm SHA256).Hash
        (Get-Item $full.ManifestFile).UnixFileMode | Should -Be ([IO.UnixFileMode]'UserRead, UserWrite')
    }

    It 'contains no password, except hashed in the file of roles' {
        Get-ChildItem $folder | ForEach-Object { Get-Content $_ -Raw } | Should -Not -Match 'spec-secret'
        Get-Content $full.GlobalsFile -Raw | Should -Match 'SCRAM-SHA-256\$'
    }

    It 'fails its test if one byte was changed' {
        Copy-Item $full.BackupFile "$folder/changed.dump"
        (Get-Content $full.ManifestFile -Raw) | Set-Content "$folder/changed.dump.manifest.json"
        $bytes = [IO.File]::ReadAllBytes("$folder/changed.dump")
        $bytes[-10] = $bytes[-10] -bxor 1
        [IO.File]::WriteAllBytes("$folder/changed.dump", $bytes)

        $result = Test-LabDbBackup "$folder/changed.dump"
        $result.Ok | Should -BeFalse
        $result.Differences.Kind | Should -Contain 'File'
        { Restore-LabDb "$folder/changed.dump" @at -Force } | Should -Throw -ErrorId 'BackupInvalid*'
    }

    It 'is not exchanged with the database if a row is missing, although the file is unchanged' {
        $good = Get-Content $full.ManifestFile -Raw
        $good.Replace('"rows": 500', '"rows": 501') | Set-Content $full.ManifestFile
        try {
            { Restore-LabDb $full.BackupFile @at -Force } | Should -Throw -ErrorId 'RestoreFailed*' -ExpectedMessage '*Table Über.Täble "q".x: expected 501 rows, found 500 rows*'
        }
        finally {
            Set-Content $full.ManifestFile $good
        }

        (Invoke-LabQuery "SELECT count(*) AS n FROM pg_database WHERE datname LIKE 'shop%'" @at).n | Should -Be 1
    }

    It 'is consistent while clients write; the runbook nightly-backup takes, tests and prunes it, and leaves no container and no volume behind' {
        $volumes = @(docker volume ls -q -f dangling=true)
        # Each insert is its own transaction, and counts with a sequence.
        $writer = Start-Beside 'Invoke-LabQuery "DO `$`$ BEGIN FOR i IN 1..1000000 LOOP INSERT INTO counter DEFAULT VALUES; COMMIT; END LOOP; END `$`$" @in -Service db -TimeoutSec 600' @{ in = $in }
        try {
            Wait-Until { (Invoke-LabQuery 'SELECT count(*) AS n FROM counter' @at).n -ge 100 }
            $null = & "$PSScriptRoot/../../docs/runbooks/nightly-backup.ps1" @at -Database shop -Folder "$folder/nightly"
            $LASTEXITCODE | Should -Be 0
        }
        finally {
            $writer.Shell.Stop()
        }

        $dump = (Get-Item "$folder/nightly/*.dump").FullName
        $live = Get-Content "$dump.manifest.json" -Raw | ConvertFrom-Json
        $live.verified.ok | Should -BeTrue
        ($live.database.tables | Measure-Object rows -Sum).Sum | Should -BeGreaterThan 950
        docker ps -aq --filter "label=composelab.backup-test=$dump" | Should -BeNullOrEmpty
        # Those of other tests, which run at the same time, go away.
        $new = @(docker volume ls -q -f dangling=true) | Where-Object { $_ -notin $volumes -and $_ -match '^[0-9a-f]{64}$' }
        Wait-Until { -not $new -or -not (docker volume ls -q | Where-Object { $_ -in $new }) }
    }

    It 'is <Format> if requested, and restored like the others' -ForEach @{ Format = 'Plain'; Compress = 'gzip' }, @{ Format = 'Directory'; Compress = '1' } {
        $backup = Backup-LabDb @at -OutFile "$folder/as-$Format" -Format $Format -Compress $Compress -ExcludeTable events
        $restored = Restore-LabDb $backup.BackupFile @at -Into "copy $Format"

        $restored.PreviousDatabase | Should -BeNullOrEmpty
        (Invoke-LabQuery 'SELECT count(*) AS n, sum(twice) AS twice FROM "Über"."Täble ""q"".x"' @at -Database "copy $Format").twice | Should -Be 250500
        (Invoke-LabQuery "SELECT count(*) AS n FROM pg_class WHERE relname LIKE 'events%' OR relname = 'recent'" @at -Database "copy $Format").n | Should -Be 0
    }

    It 'of every database gets names of its own, also for names that no file system supports' {
        $all = Backup-LabDb 'Gr*', postgres @at -OutFile "$folder/all/"

        $all.Database | Should -Be "Größe 'x'=1", 'postgres'
        $all[0].Tables | Should -Be 0
    }

    It 'is restored beside the existing database, which is kept with its clients held off only for the exchange' {
        $null = Invoke-LabQuery 'DELETE FROM events' @at
        $restored = Restore-LabDb $full.BackupFile @at -Force

        $restored.PreviousDatabase | Should -BeLike 'shop_before_*'
        (Invoke-LabQuery 'SELECT count(*) AS n FROM events' @at).n | Should -Be 400
        (Invoke-LabQuery 'SELECT count(*) AS n FROM events' @at -Database $restored.PreviousDatabase).n | Should -Be 0
        (Invoke-LabQuery "SELECT pg_get_userbyid(relowner) AS owner, current_setting('work_mem') AS mem FROM pg_class WHERE relname = 'counter'" @at).owner | Should -Be 'Bäcker'
    }

    It 'replaces a database without keeping it only if requested' {
        $before = @((Invoke-LabQuery 'SELECT datname FROM pg_database' @at).datname)
        (Restore-LabDb $full.BackupFile @at -Force -DiscardOld).PreviousDatabase | Should -BeNullOrEmpty

        @((Invoke-LabQuery 'SELECT datname FROM pg_database' @at).datname) | Sort-Object | Should -Be ($before | Sort-Object)
    }

    It 'changes nothing with -WhatIf' {
        Restore-LabDb $full.BackupFile @at -WhatIf
        Backup-LabDb @at -OutFile "$folder/whatif/" -WhatIf
        "$folder/whatif" | Should -Not -Exist
    }

    It 'of a server without pg_dump is written by another image, and restored to another project without its roles' {
        $null = Invoke-LabQuery 'CREATE TABLE t (x int); INSERT INTO t SELECT generate_series(1, 7)' @in -Service old
        $old = Backup-LabDb @in -Service old -OutFile "$folder/old.dump"
        $old.ServerVersion | Should -BeLike '16.*'
        (Restore-LabDb $old.BackupFile @at -Into from16 -NoOwner).Rows | Should -Be 7
        docker ps -aq --filter label=composelab.client | Should -BeNullOrEmpty
    }

    It 'of a newer server is refused' {
        { Restore-LabDb $full.BackupFile @in -Service old -Force } | Should -Throw -ErrorId 'BackupTooNew*'
    }

    It 'is restored into a development stack, with masked data only, by the runbook restore-into-dev' {
        Set-Content (Join-Path $project.Path compose.dev.yaml) 'services: { db: { labels: { stage: dev } } }'
        Set-Content "$folder/mask.sql" 'UPDATE "Über"."Täble ""q"".x" SET "Größe" = $$masked$$'
        & "$PSScriptRoot/../../docs/runbooks/restore-into-dev.ps1" @at -BackupFile $full.BackupFile -MaskFile "$folder/mask.sql" -Database shop_dev

        $LASTEXITCODE | Should -Be 0
        (Invoke-LabQuery 'SELECT DISTINCT "Größe" AS text FROM "Über"."Täble ""q"".x"' @at -Database shop_dev).text | Should -Be 'masked'
        (Invoke-LabQuery "SELECT count(*) AS n FROM pg_database WHERE datname LIKE '%unmasked%'" @at).n | Should -Be 0
    }

    It 'is refused if the server has another password, and leaves no file' {
        $null = Invoke-LabQuery "ALTER ROLE shop PASSWORD 'spec-secret-changed'" @at
        try {
            { Backup-LabDb @at -OutFile "$folder/never.dump" } | Should -Throw -ErrorId 'DatabaseUnreachable*'
        }
        finally {
            $null = Reset-LabDbPassword @at
        }

        Get-ChildItem $folder -Filter 'never*' | Should -BeNullOrEmpty
    }

    It 'that waits for a lock shows no password to other processes, and Ctrl-C leaves neither a file nor a process' {
        $holder = Start-Beside 'Invoke-LabQuery "BEGIN; LOCK TABLE counter; SELECT pg_sleep(60)" @in -Service db -TimeoutSec 90' @{ in = $in }
        Wait-Until { (Invoke-LabQuery "SELECT count(*) AS n FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND relation = 'counter'::regclass" @at).n }
        $backup = Start-Beside 'Backup-LabDb @in -Service db -OutFile $with.file' @{ in = $in; file = "$folder/never.dump" }
        try {
            Wait-Until { Get-Dumping }
            $dumping = Get-Dumping
            (Get-LabProcess db @in).Command | Should -Not -Match 'spec-secret'
            $dumping.Command | Should -Match '--username=shop'
        }
        finally {
            $backup.Shell.Stop()
        }

        Get-ChildItem $folder -Filter 'never*' | Should -BeNullOrEmpty
        Get-Dumping | Should -BeNullOrEmpty

        # The same wait, ended by the server.
        $backup = Start-Beside 'Backup-LabDb @in -Service db -OutFile $with.file' @{ in = $in; file = "$folder/never.dump" }
        Wait-Until { Get-Dumping }
        Stop-LabStack @in -Service db -TimeoutSec 5 -WarningAction SilentlyContinue
        try { $null = $backup.Shell.EndInvoke($backup.Run) } catch { $null = $_ }
        $holder.Shell.Stop()

        $backup.Shell.Streams.Error[0].FullyQualifiedErrorId | Should -Match '^(BackupFailed|DatabaseUnreachable),'
        $backup.Shell.Streams.Error[0] | Out-String | Should -Not -Match 'spec-secret'
        Get-ChildItem $folder -Filter 'never*' | Should -BeNullOrEmpty
    }

    It 'of a stopped stack is an error' {
        { Backup-LabDb @at -OutFile "$folder/never.dump" } | Should -Throw -ErrorId 'StackNotRunning*'
    }
}

Describe 'An update of a database' -Tag Engine {
    BeforeAll {
        $server = @{ Path = $project.Path; Service = 'old' }
        $file = Join-Path $project.Path 'compose.yaml'
        $null = Start-LabStack old @in
        $null = Invoke-LabQuery "CREATE ROLE reader LOGIN PASSWORD 'spec-secret-role'; CREATE TABLE goods AS SELECT generate_series(1, 9) AS x; GRANT SELECT ON goods TO reader" @server
        $null = Invoke-LabQuery 'CREATE DATABASE wide' @server
        $null = Invoke-LabQuery 'DO $$ BEGIN FOR i IN 1..200 LOOP EXECUTE format(''CREATE TABLE %I (id int)'', ''Tabelle '' || i); END LOOP; END $$' @server -Database wide
        $state = "SELECT current_setting('server_version_num')::int / 10000 AS major, current_setting('default_transaction_read_only') AS locked, (SELECT count(*) FROM goods) AS goods, (SELECT rolpassword FROM pg_authid WHERE rolname = 'reader') AS role"
        $before = Invoke-LabQuery $state @server
        $text = Get-Content $file -Raw
    }

    It 'moves every database and the roles, changes two lines, and is rolled back to the old volume' {
        Update-LabDb 17 @server -WhatIf
        Get-Content $file -Raw | Should -Be $text

        $update = Update-LabDb 17 @server -Force
        $update | Should -BeOfType ComposeLab.LabDbUpdate
        $update.Databases | Should -Contain 'wide'
        $after = Invoke-LabQuery $state @server
        $after.major, $after.locked, $after.goods, $after.role | Should -Be 17, 'off', 9, $before.role
        (Invoke-LabQuery "SELECT count(*) AS n FROM pg_tables WHERE schemaname = 'public'" @server -Database wide).n | Should -Be 200
        $changed = $text.Replace("$(Get-SpecImage)  #", "$newer  #").Replace('  old-data:  #', "  old-data: { name: $($update.NewVolume) }  #")
        Get-Content $file -Raw | Should -Be $changed
        docker volume ls -q | Should -Contain $update.OldVolume

        $back = Invoke-Expression "$($update.Rollback) -Force"
        $back.NewVolume | Should -Be $update.OldVolume
        Get-Content $file -Raw | Should -Be $text
        $after = Invoke-LabQuery $state @server
        $after.major, $after.locked, $after.goods | Should -Be 16, 'off', 9
        docker volume rm $update.NewVolume | Should -Be $update.NewVolume
    }

    It 'that reaches its time limit leaves the old server serving on the old volume' {
        { Update-LabDb 17 @server -Force -TimeoutSec 3 } | Should -Throw -ErrorId 'TimedOut*'

        Get-Content $file -Raw | Should -Be $text
        $after = Invoke-LabQuery $state @server
        $after.major, $after.locked, $after.goods | Should -Be 16, 'off', 9
        docker volume ls -q | Should -Not -Contain "$($project.Name)_old-data_pg17"
        docker ps -aq --filter "label=composelab.update-server=$($project.Name)" | Should -BeNullOrEmpty
    }

    It 'is the fix for a volume of another version' {
        $text.Replace("$(Get-SpecImage)  #", "$newer  #") | Set-Content $file -NoNewline
        { Start-LabStack old @in } | Should -Throw
        (Test-LabDb @server).Recommendation | Should -Match 'Update-LabDb'

        $null = Update-LabDb @server -Force
        $after = Invoke-LabQuery $state @server
        $after.major, $after.goods, $after.role | Should -Be 17, 9, $before.role
    }
}
