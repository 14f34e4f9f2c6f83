# One or two objects of every output type, like those of the lab: their rendered views are golden files.
$ErrorActionPreference = 'Stop'
$made = [DateTimeOffset]::new(2026, 3, 14, 9, 26, 53, [TimeSpan]::Zero)
$id = 'sha256:' + '4bd65b276ba8' * 5 + '4bd6'

function New-Sample {
    param([string]$Type, [hashtable]$Value)

    # Types of the module that is not loaded yet would be taken for strings.
    $sample = [Activator]::CreateInstance("ComposeLab.$Type" -as [type])
    foreach ($name in $Value.Keys) {
        $given = $Value[$name]
        $target = $sample.GetType().GetProperty($name).PropertyType
        if ($target.IsGenericType -and $given -is [array]) {
            $list = [Array]::CreateInstance($target.GetGenericArguments()[0], $given.Count)
            for ($i = 0; $i -lt $given.Count; $i++) { $list[$i] = $given[$i] }
            $given = $list
        }
        $sample.$name = $given
    }
    $sample
}

$port = New-Sample LabPort @{ HostIp = '127.0.0.1'; HostPort = 5432; ContainerPort = 5432; Protocol = 'tcp' }
$apiPorts = @(
    New-Sample LabPort @{ HostIp = '0.0.0.0'; HostPort = 8080; ContainerPort = 8000; Protocol = 'tcp' }
    New-Sample LabPort @{ HostIp = '::'; HostPort = 8080; ContainerPort = 8000; Protocol = 'tcp' }
)
$layers = @(
    New-Sample LabImageLayer @{ ProjectName = 'composelab'; Profile = 'Prod'; Service = 'api'; Image = 'composelab/api:prod'; Number = 1; Instruction = 'COPY / /'; Size = 11600000; Share = 0.535; LayerId = $id }
    New-Sample LabImageLayer @{ ProjectName = 'composelab'; Profile = 'Prod'; Service = 'api'; Image = 'composelab/api:prod'; Number = 2; Instruction = 'COPY /out/api /app/api'; Size = 10100000; Share = 0.465; LayerId = $id }
)
$steps = @(
    New-Sample LabBuildStep @{ Stage = 'prod-build'; Number = 4; Instruction = 'RUN dotnet restore --locked-mode'; Cached = $true; Size = 104000000 }
    New-Sample LabBuildStep @{ Stage = 'prod-build'; Number = 6; Instruction = 'RUN dotnet publish --no-restore -c Release -o /out'; Cached = $false; Duration = [TimeSpan]::FromSeconds(21.4); Size = 10100000 }
)
$cacheSteps = @(
    New-Sample LabCacheStep @{ Stage = 'prod-build'; Number = 4; Instruction = 'RUN dotnet restore --locked-mode'; Cached = $true; Why = 'nothing before it changed' }
    New-Sample LabCacheStep @{ Stage = 'prod-build'; Number = 5; Instruction = 'COPY src/ComposeLab.Api/ ./'; Cached = $false; Duration = [TimeSpan]::FromSeconds(0.05); Why = 'src/ComposeLab.Api/Program.cs changed' }
)
$places = @(
    New-Sample LabSourceLocation @{ File = '/srv/lab/compose/compose.yaml'; Line = 29; Column = 12 }
    New-Sample LabSourceLocation @{ File = '/srv/lab/compose/compose.dev.yaml'; Line = 9; Column = 5 }
    New-Sample LabSourceLocation @{ File = '/srv/lab/compose/compose.prod.yaml'; Line = 41; Column = 9 }
    New-Sample LabSourceLocation @{ File = '/srv/lab/compose/.env'; Line = 8 }
)
$hidden = New-Sample LabVariableValue @{ Source = 'DotEnv'; Origin = $places[3]; Value = '********' }

$changes = @(
    foreach ($field in 'read_only', 'restart', 'cap_drop[0]', 'tmpfs[0]', 'tmpfs[1]', 'init') {
        New-Sample LabFieldChange @{ Field = $field; After = 'true'; Origin = $places[2] }
    }
)

$pending = New-Sample LabPendingReason @{ Node = 'node1'; Kind = 'Resources'; Detail = '2000 MB of memory wanted, 1300 MB not reserved' }
$difference = New-Sample LabDbDifference @{ Kind = 'Table'; Name = 'public.orders'; Expected = '12345678 rows'; Found = '12345677 rows' }
$checks = @(
    New-Sample LabDbCheck @{ Name = 'engine'; Outcome = 'Passed'; Latency = [TimeSpan]::FromSeconds(0.02) }
    New-Sample LabDbCheck @{ Name = 'authentication'; Outcome = 'Failed'; Latency = [TimeSpan]::FromSeconds(0.18); Detail = 'password authentication failed for user "lab"' }
    New-Sample LabDbCheck @{ Name = 'SELECT 1'; Outcome = 'Skipped'; Detail = 'an earlier check failed' }
)

[ordered]@{
    LabService         = @(
        New-Sample LabService @{ ProjectName = 'composelab'; Service = 'api'; Number = 1; Container = 'composelab-api-1'; ContainerId = '4bd65b276ba8' * 5 + '4bd6'; Image = 'composelab/api:dev'; State = 'Running'; Health = 'Healthy'; HealthSeenBy = 'engine'; Ports = $apiPorts; CreatedAt = $made; Status = 'Up 2 minutes (healthy)' }
        New-Sample LabService @{ ProjectName = 'composelab'; Service = 'db'; Number = 2; Container = 'composelab-db-2'; ContainerId = '4bd65b276ba8' * 5 + '4bd6'; Image = 'postgres:16-alpine'; State = 'Exited'; Health = 'Unhealthy'; ExitCode = 137; Ports = @($port); CreatedAt = $made; Status = 'Exited (137) 5 minutes ago' }
    )
    LabStack           = @(
        New-Sample LabStack @{ ProjectName = 'composelab'; Running = 2; Total = 2; Services = @('api', 'db'); Health = 'Healthy'; WorkingDirectory = '/srv/lab/compose'; ConfigFiles = @('/srv/lab/compose/compose.yaml', '/srv/lab/compose/compose.dev.yaml') }
        New-Sample LabStack @{ ProjectName = 'shop'; Running = 1; Total = 3; Services = @('cart', 'search', 'web'); Health = 'Unhealthy'; WorkingDirectory = '/srv/shop'; ConfigFiles = @('/srv/shop/compose.yaml') }
        New-Sample LabStack @{ ProjectName = 'store'; Orchestrator = 'Swarm'; Running = 4; Total = 4; Services = @('db', 'web'); Health = 'None'; WorkingDirectory = ''; ConfigFiles = @() }
    )
    LabOperation       = @(
        New-Sample LabOperation @{ Order = 1; ProjectName = 'composelab'; Action = 'create'; Resource = 'network composelab_default'; Cause = 'network does not exist' }
        New-Sample LabOperation @{ Order = 2; ProjectName = 'composelab'; Action = 'recreate'; Resource = 'container composelab-api-1'; Service = 'api'; Cause = 'environment.LOG_LEVEL: info -> debug; image: composelab/api:dev -> composelab/api:prod' }
        New-Sample LabOperation @{ Order = 3; ProjectName = 'composelab'; Action = 'recreate'; Resource = 'container composelab-db-1'; Service = 'db'; Cause = 'all of it'; Changes = $changes }
    )
    LabStackPlan       = New-Sample LabStackPlan @{
        ProjectName = 'composelab'; For = 'Start'; Profile = 'Prod'; Folder = '/srv/composelab'; Engine = 'unix:///var/run/docker.sock'; ModuleVersion = '0.1.0'; Document = '{}'
        CreatedAt = [DateTimeOffset]::new(2026, 5, 4, 3, 2, 1, [TimeSpan]::Zero)
        Operations = @(New-Sample LabOperation @{ Order = 1; ProjectName = 'composelab'; Action = 'create'; Resource = 'network composelab_default'; Cause = 'network does not exist' })
        Warnings = @('services.api: deploy.placement is ignored: only a swarm supports it.')
    }
    LabImageBuild      = New-Sample LabImageBuild @{ ProjectName = 'composelab'; Service = 'api'; Image = 'composelab/api:prod'; ImageId = $id; Size = 21700000; Duration = [TimeSpan]::FromSeconds(84.2); ContextBytes = 41200; Steps = $steps }
    LabBuildStep       = $steps
    LabImageSize       = @(
        New-Sample LabImageSize @{ ProjectName = 'composelab'; Profile = 'Prod'; Service = 'api'; Image = 'composelab/api:prod'; Exists = $true; ImageId = $id; Size = 21700000; SharedSize = 11600000; LayerCount = 2; Share = 0.03 }
        New-Sample LabImageSize @{ ProjectName = 'composelab'; Profile = 'Dev'; Service = 'api'; Image = 'composelab/api:dev'; Exists = $true; ImageId = $id; Size = 690000000; SharedSize = 654000000; LayerCount = 9; Share = 1.0 }
        New-Sample LabImageSize @{ ProjectName = 'composelab'; Profile = 'Dev'; Service = 'db'; Image = 'postgres:16-alpine'; Exists = $false }
    )
    LabImageLayer      = $layers
    LabImageDifference = New-Sample LabImageDifference @{ ProjectName = 'composelab'; Service = 'api'; Profile = 'Dev'; Image = 'composelab/api:dev'; Size = 690000000; ReferenceProfile = 'Prod'; ReferenceImage = 'composelab/api:prod'; ReferenceSize = 21700000; OnlyHere = $layers }
    LabCacheResult     = @(
        New-Sample LabCacheResult @{ ProjectName = 'composelab'; Service = 'api'; Scenario = 'Code'; ChangedPath = 'src/ComposeLab.Api/Program.cs'; Duration = [TimeSpan]::FromSeconds(22.9); Steps = $cacheSteps; RuleHolds = $true; Why = 'COPY src/ComposeLab.Api/ ./ sees the changed file; the restore layer comes before it.' }
    )
    LabCacheStep       = $cacheSteps
    LabFinding          = @(
        New-Sample LabFinding @{ ProjectName = 'shop'; Rule = 'DatabasePortPublished'; Severity = 'Error'; Service = 'db'; Path = 'services.db.ports[0]'; File = '/srv/shop/compose.prod.yaml'; Line = 7; Column = 9; Message = 'PostgreSQL is published as 5432: anyone who reaches this machine can connect.'; Recommendation = "Take the port out of production: other services reach it as db:5432. In an overlay write 'ports: !reset []'." }
        New-Sample LabFinding @{ ProjectName = 'shop'; Rule = 'VersionKey'; Severity = 'Information'; Path = 'version'; File = '/srv/shop/compose.yaml'; Line = 1; Column = 1; Message = "The key 'version' is obsolete and has no effect."; Recommendation = 'Remove the line.' }
    )
    LabConfigRule       = @(
        New-Sample LabConfigRule @{ Rule = 'DatabasePortPublished'; Severity = 'Warning'; InProduction = 'Error'; Finds = 'the port of a database published on all interfaces; in production, published at all'; Remedy = 'Publish it on 127.0.0.1 while developing; in production not at all.' }
        New-Sample LabConfigRule @{ Rule = 'Reload'; InProduction = 'Error'; Finds = 'in production, a command that reloads on change'; Remedy = 'Start the program itself.' }
    )
    LabConfigDifference = @(
        New-Sample LabConfigDifference @{ Service = 'api'; Path = 'services.api.image'; Kind = 'Changed'; ReferenceValue = 'composelab/api:dev'; DifferenceValue = 'composelab/api:prod'; ReferenceOrigin = $places[1]; DifferenceOrigin = $places[0] }
        New-Sample LabConfigDifference @{ Service = 'api'; Path = 'services.api.cap_drop[ALL]'; Kind = 'Added'; DifferenceValue = 'ALL'; DifferenceOrigin = $places[2] }
        New-Sample LabConfigDifference @{ Service = 'db'; Path = 'services.db.ports[5432/tcp]'; Kind = 'Removed'; ReferenceValue = '127.0.0.1:5432:5432/tcp'; ReferenceOrigin = $places[1] }
        New-Sample LabConfigDifference @{ Path = 'secrets.postgres_password'; Kind = 'Added'; DifferenceValue = '{name: composelab_postgres_password, file: /srv/lab/compose/secrets/postgres_password}'; DifferenceOrigin = $places[2] }
    )
    LabVariable         = @(
        New-Sample LabVariable @{ Name = 'API_PORT'; Value = '8080'; Source = 'Default'; Default = '8080'; IsRequired = $false; IsSecret = $false; Uses = @($places[0]); Shadows = @() }
        New-Sample LabVariable @{ Name = 'POSTGRES_PASSWORD'; Value = '********'; Source = 'DotEnv'; Origin = $places[3]; IsRequired = $true; IsSecret = $true; Uses = @($places[0], $places[2]); Shadows = @($hidden) }
        New-Sample LabVariable @{ Name = 'REGISTRY_TOKEN'; Source = 'Unset'; IsRequired = $true; IsSecret = $true; Uses = @($places[2]); Shadows = @() }
    )
    LabDbTestResult    = New-Sample LabDbTestResult @{ ProjectName = 'composelab'; Service = 'db'; Api = 'api'; Cause = 'WrongPassword'; Message = 'The password in .env is not the one of the user lab.'; Recommendation = 'New-LabEnvFile -Force'; Duration = [TimeSpan]::FromSeconds(0.88); Checks = $checks }
    LabDbCheck         = $checks
    LabLogLine         = @(
        New-Sample LabLogLine @{ ProjectName = 'composelab'; Service = 'api'; Number = 1; Container = 'composelab-api-1'; Time = $made; Stream = 'Output'; Text = 'Now listening on http://[::]:8000' }
        New-Sample LabLogLine @{ ProjectName = 'composelab'; Service = 'db'; Number = 1; Container = 'composelab-db-1'; Time = $made; Stream = 'Error'; Text = 'database system is ready to accept connections' }
        New-Sample LabLogLine @{ ProjectName = 'shop'; Service = 'web'; Number = 2; Container = 'shop_web.2.3pqukcw6jliq'; Node = 'node1'; TaskId = '3pqukcw6jliq'; Time = $made; Stream = 'Output'; Text = 'ready' }
    )
    LabCommandResult   = New-Sample LabCommandResult @{ ProjectName = 'composelab'; Service = 'db'; Container = 'composelab-db-1'; Command = @('psql', '-c', 'SELECT 1'); ExitCode = 2; Output = ''; ErrorOutput = 'connection refused'; Duration = [TimeSpan]::FromSeconds(0.07) }
    LabContainerImage  = New-Sample LabContainerImage @{ ProjectName = 'composelab'; Service = 'api'; Container = 'composelab-api-1'; Image = 'composelab/api:broken'; ImageId = $id; Size = 21700000 }
    LabCopy            = New-Sample LabCopy @{ ProjectName = 'composelab'; Service = 'db'; Container = 'composelab-db-1'; Source = 'composelab-db-1:/var/log'; Destination = '/srv/logs'; Files = 12; Size = 41200; Duration = [TimeSpan]::FromSeconds(0.21) }
    LabDbBackup        = @(
        New-Sample LabDbBackup @{ ProjectName = 'shop'; Service = 'db'; Database = 'orders'; BackupFile = '/srv/backups/shop-db-orders-20260131T023000Z.dump'; ManifestFile = '/srv/backups/shop-db-orders-20260131T023000Z.dump.manifest.json'; Format = 'Custom'; Size = 412000000; DatabaseSize = 1730000000; Tables = 200; Rows = 12345678; ServerVersion = '16.4'; CreatedAt = $made; Duration = [TimeSpan]::FromSeconds(83); Sha256 = '4bd65b276ba8' * 5 + '4bd6'; Verified = $true; Removed = @('/srv/backups/shop-db-orders-20251231T023000Z.dump') }
        New-Sample LabDbBackup @{ ProjectName = 'shop'; Service = 'db'; Database = 'audit'; BackupFile = '/srv/backups/audit.dir'; ManifestFile = '/srv/backups/audit.dir.manifest.json'; Format = 'Directory'; Size = 1200; DatabaseSize = 7500000; Tables = 3; ServerVersion = '16.4'; CreatedAt = $made; Duration = [TimeSpan]::FromSeconds(0.4); Removed = @() }
    )
    LabDbBackupTest    = @(
        New-Sample LabDbBackupTest @{ BackupFile = '/srv/backups/orders.dump'; ProjectName = 'shop'; Service = 'db'; Database = 'orders'; Ok = $true; Differences = @(); Tables = 200; Rows = 12345678; Image = 'postgres:16-alpine'; BackupCreatedAt = $made; TestedAt = $made; Duration = [TimeSpan]::FromSeconds(41) }
        New-Sample LabDbBackupTest @{ BackupFile = '/srv/backups/audit.dump'; ProjectName = 'shop'; Service = 'db'; Database = 'audit'; Ok = $false; Differences = @($difference); Tables = 3; Rows = 77; Image = 'postgres:16-alpine'; BackupCreatedAt = $made; TestedAt = $made; Duration = [TimeSpan]::FromSeconds(4.2) }
    )
    LabDbDifference    = $difference
    LabDbRestore       = New-Sample LabDbRestore @{ ProjectName = 'shop'; Service = 'db'; Database = 'orders'; PreviousDatabase = 'orders_before_20260131_093000'; BackupFile = '/srv/backups/orders.dump'; BackupCreatedAt = $made; Tables = 200; Rows = 12345678; Duration = [TimeSpan]::FromSeconds(95) }
    LabDbUpdate        = New-Sample LabDbUpdate @{ ProjectName = 'shop'; Service = 'db'; OldVersion = '16.4'; NewVersion = '17'; OldImage = 'postgres:16-alpine'; NewImage = 'postgres:17-alpine'; OldVolume = 'shop_data'; NewVolume = 'shop_data_pg17'; Databases = @('orders', 'stock'); Rows = 12345678; Changes = @('compose.yaml:4: image: postgres:17-alpine', 'compose.yaml:12: data: { name: shop_data_pg17 }'); Rollback = 'Update-LabDb -Rollback -Path ./shop'; Duration = [TimeSpan]::FromSeconds(95) }
    LabDbCollation     = New-Sample LabDbCollation @{ ProjectName = 'shop'; Service = 'db'; Database = 'orders'; Collation = $null; OldVersion = '2.36'; NewVersion = '2.41' }
    LabEvent           = @(
        New-Sample LabEvent @{ Time = $made; ProjectName = 'composelab'; Service = 'db'; Container = 'composelab-db-1'; ContainerId = '4bd65b276ba8' * 5 + '4bd6'; IsOneOff = $false; Action = 'health_status'; Detail = 'healthy' }
        New-Sample LabEvent @{ Time = $made; ProjectName = 'composelab'; Service = 'api'; Container = 'composelab-api-1'; ContainerId = '4bd65b276ba8' * 5 + '4bd6'; IsOneOff = $false; Action = 'die'; Detail = ''; ExitCode = 137 }
    )
    LabProcess         = @(
        New-Sample LabProcess @{ ProjectName = 'composelab'; Service = 'db'; Container = 'composelab-db-1'; Id = 20311; ParentId = 20290; User = '999'; Started = '09:26'; CpuTime = [TimeSpan]::FromSeconds(83); Command = 'postgres' }
        New-Sample LabProcess @{ ProjectName = 'composelab'; Service = 'db'; Container = 'composelab-db-1'; Id = 20377; ParentId = 20311; User = '999'; Started = '09:26'; CpuTime = [TimeSpan]::Zero; Command = 'postgres: lab lab 172.18.0.3(41234) idle' }
    )
    LabUsage           = New-Sample LabUsage @{ Time = $made; ProjectName = 'composelab'; Service = 'db'; Container = 'composelab-db-1'; CpuPercent = 12.34; Memory = 41200000; MemoryLimit = 536870912; NetworkReceived = 123456; NetworkSent = 7890; BlockRead = 0; BlockWritten = 4096; Processes = 7 }
    LabRollout         = @(
        New-Sample LabRollout @{ ProjectName = 'shop'; Service = 'web'; State = 'Converged'; Done = 3; Total = 3; Mode = 'replicated'; Image = 'shop/web:2'; Digest = $id; Ports = @('8080:80/tcp'); Message = ''; Name = 'shop_web'; ServiceId = 'svh6mlkk852lhxu6e30iw5o1k'; UpdatedAt = $made; CanUndo = $true }
        New-Sample LabRollout @{ ProjectName = 'shop'; Service = 'db'; State = 'RolledBack'; Done = 1; Total = 1; Mode = 'replicated'; Image = 'postgres:16-alpine'; Digest = ''; Ports = @(); Message = 'rollback completed'; Name = 'shop_db'; ServiceId = 'qqrmhc1bbvbf5pdrq9vtvj3sx'; UpdatedAt = $made; CanUndo = $false }
    )
    LabTask            = @(
        New-Sample LabTask @{ ProjectName = 'shop'; Service = 'web'; Slot = 1; Node = 'node1'; State = 'running'; DesiredState = 'running'; Since = $made; Error = ''; Pending = @(); Ports = @('49153:8000/tcp'); Image = 'shop/web:2'; TaskId = '3pqukcw6jliqr5ojw9ozct489'; ContainerId = '4bd65b276ba8' * 5 + '4bd6'; CreatedAt = $made }
        New-Sample LabTask @{ ProjectName = 'shop'; Service = 'web'; Slot = 2; Node = 'node2'; State = 'failed'; DesiredState = 'shutdown'; Since = $made; Error = 'task: non-zero exit (3)'; ExitCode = 3; Pending = @(); Image = 'shop/web:2'; TaskId = 'cnx7ioy6j4fo9sxephc6bu973'; ContainerId = '4bd65b276ba8' * 5 + '4bd6'; CreatedAt = $made }
        New-Sample LabTask @{ ProjectName = 'shop'; Service = 'web'; Slot = 3; Node = ''; State = 'pending'; DesiredState = 'running'; Since = $made; Error = 'no suitable node (insufficient resources on 1 node)'; Pending = @($pending); Image = 'shop/web:2'; TaskId = 'uk8zhfxozy66jxj5vk82h7ofa'; ContainerId = ''; CreatedAt = $made }
    )
    LabPendingReason   = $pending
    LabNode            = @(
        New-Sample LabNode @{ Name = 'node1'; State = 'ready'; Availability = 'Active'; Role = 'Manager'; IsLeader = $true; Reachability = 'reachable'; Tasks = 4; Cpus = 2; Memory = 8240000000; ReservedMemory = 536870912; Platform = 'linux/x86_64'; Version = '28.5.2'; Address = '10.99.0.1'; Labels = [Collections.Generic.Dictionary[string, string]]@{ }; NodeId = 'lq4lgpov6p0ynz2t4dgc187ro' }
        New-Sample LabNode @{ Name = 'node2'; State = 'down'; Availability = 'Drain'; Role = 'Worker'; IsLeader = $false; Reachability = ''; Tasks = 0; Cpus = 2; Memory = 8240000000; ReservedMemory = 0; Platform = 'linux/x86_64'; Version = '28.5.2'; Address = '10.99.0.2'; Labels = [Collections.Generic.Dictionary[string, string]]@{ }; NodeId = 'cnx7ioy6j4fo9sxephc6bu973' }
    )
    LabNetwork         = New-Sample LabNetwork @{ ProjectName = 'composelab'; Name = 'composelab_default'; Key = 'default'; NetworkId = '4bd65b276ba8' * 5 + '4bd6'; Driver = 'bridge'; IsExternal = $false; UsedBy = @('composelab-api-1', 'composelab-db-1') }
    LabVolume          = @(
        New-Sample LabVolume @{ ProjectName = 'composelab'; Name = 'composelab_db-data'; Key = 'db-data'; Driver = 'local'; IsExternal = $false; IsAnonymous = $false; UsedBy = @('composelab-db-1') }
        New-Sample LabVolume @{ ProjectName = 'composelab'; Name = 'shared'; Key = ''; Driver = 'local'; IsExternal = $true; IsAnonymous = $false; UsedBy = @('composelab-api-1', 'shop-web-1') }
    )
    LabWatchAction     = @(
        New-Sample LabWatchAction @{ ProjectName = 'composelab'; Service = 'api'; Action = 'Sync'; Succeeded = $true; Time = $made; Duration = [timespan]::FromMilliseconds(140); Paths = @('/srv/lab/src/Program.cs', '/srv/lab/src/Startup.cs'); Output = '' }
        New-Sample LabWatchAction @{ ProjectName = 'composelab'; Service = 'api'; Action = 'Exec'; Succeeded = $true; Time = $made; Duration = [timespan]::FromSeconds(2); Paths = @(); Output = "reloaded`n" }
    )
    LabVolumeBackup    = New-Sample LabVolumeBackup @{ ProjectName = 'composelab'; Volume = 'composelab_db-data'; File = '/srv/backups/db-data.tar.gz'; Size = 8400000; ContentSize = 47000000; Checksum = $id.Substring(7); IsConsistent = $true; CreatedAt = $made }
    LabEngine          = @(
        New-Sample LabEngine @{ Name = 'unix:///var/run/docker.sock'; Endpoint = 'unix:///var/run/docker.sock'; IsCurrent = $true; IsPrivate = $true; Reachable = $true; Version = '28.5.2'; ApiVersion = '1.51'; Platform = 'linux/amd64'; HostName = 'lab'; HostSystem = 'Debian GNU/Linux 12'; Processors = 2; Memory = 8240000000; Storage = 'overlayfs (containerd)'; Swarm = 'inactive'; Running = 2; Containers = 3; Images = 14 }
        New-Sample LabEngine @{ Name = 'edge1'; Endpoint = 'ssh://admin@edge1'; IsCurrent = $false; IsPrivate = $true; Reachable = $false; Error = 'No Docker engine answers at ssh://admin@edge1 (context edge1): its host key is not known on this machine.'; ErrorId = 'EngineNotTrusted' }
    )
    LabStackDifference = @(
        New-Sample LabStackDifference @{ ProjectName = 'shop'; Service = 'api'; Resource = 'container shop-api-1'; Kind = 'Changed'; Field = 'environment.LOG_LEVEL'; ReferenceValue = 'info'; Value = 'debug'; Reason = 'environment.LOG_LEVEL: debug -> info (compose.yaml:7)' }
        New-Sample LabStackDifference @{ ProjectName = 'shop'; Service = 'db'; Resource = 'container shop-db-1'; Kind = 'Stopped'; Field = ''; Reason = 'not running' }
    )
    LabCleanup         = New-Sample LabCleanup @{ Engine = 'unix:///var/run/docker.sock'; FreedSize = 1240000000; Failed = 1; Removed = @(New-Sample LabRemovedObject @{ Kind = 'DanglingImage'; Name = '0123456789ab'; Size = 1240000000 }) }
    LabRemovedObject   = @(
        New-Sample LabRemovedObject @{ Kind = 'Container'; Name = 'shop-api-1'; ProjectName = 'shop'; CreatedAt = $made; Size = 41200 }
        New-Sample LabRemovedObject @{ Kind = 'DanglingImage'; Name = '0123456789ab'; Size = 1240000000 }
    )
    LabEngineUsage     = New-Sample LabEngineUsage @{ Images = 2470000000; Containers = 41200; Volumes = 536870912; BuildCache = 870000000; Reclaimable = 1300000000; ReclaimableVolumes = 41200000 }
    LabEngineResult    = @(
        New-Sample LabEngineResult @{ Engine = 'edge1'; ProjectName = 'shop'; Action = 'Start'; Succeeded = $true; Changes = 7; Services = @(); Duration = [TimeSpan]::FromSeconds(4.2) }
        New-Sample LabEngineResult @{ Engine = 'edge2'; ProjectName = ''; Action = 'Start'; Succeeded = $false; Changes = 0; Services = @(); Duration = [TimeSpan]::FromSeconds(10); Error = 'edge2: No Docker engine answers.'; ErrorId = 'EngineUnreachable' }
    )
    LabServiceHash     = New-Sample LabServiceHash @{ ProjectName = 'composelab'; Service = 'api'; Hash = $id.Substring(7) }
    LabImage           = @(
        New-Sample LabImage @{ ProjectName = 'composelab'; Image = 'postgres:16-alpine'; ImageId = $id; Digest = $id; RegistryDigest = $id; Platform = 'linux/amd64'; CreatedAt = $made; Size = 247000000; Services = @('db'); UsedBy = @('composelab-db-1', 'shop-db-1') }
        New-Sample LabImage @{ ProjectName = 'composelab'; Image = $id; ImageId = $id; Platform = 'linux/arm64/v8'; Size = 21700000; Services = @('api'); UsedBy = @() }
    )
    LabImageTransfer   = @(
        New-Sample LabImageTransfer @{ ProjectName = 'composelab'; Image = 'postgres:16-alpine'; Services = @('db'); Result = 'Pulled'; Reason = ''; IsChanged = $true; ImageId = $id; Digest = $id }
        New-Sample LabImageTransfer @{ ProjectName = 'composelab'; Image = 'composelab/api:prod'; Services = @('api'); Result = 'Skipped'; Reason = 'it is built, not pulled'; ImageId = '' }
    )
    LabPublication     = New-Sample LabPublication @{ ProjectName = 'shop'; Reference = 'oci://registry.example.test/shop:1.2'; Digest = $id; PinnedReference = "oci://registry.example.test/shop:1.2@$id"; Files = @('compose.yaml', 'compose.prod.yaml'); Size = 2140; PushedImages = @('registry.example.test/shop/api:1.2'); Risks = @('compose.yaml:9:7: Service ''db'' has an environment file.') }
    LabPort            = @($port) + $apiPorts
    LabMount           = New-Sample LabMount @{ Type = 'volume'; Source = 'composelab_data'; Target = '/var/lib/postgresql/data'; ReadOnly = $false }
    LabSourceLocation  = $places
    LabFieldChange     = @($changes[0], (New-Sample LabFieldChange @{ Field = 'environment.LOG_LEVEL'; Before = 'info'; After = 'debug'; Origin = $places[1] }))
    LabVariableUse     = @(
        New-Sample LabVariableUse @{ Name = 'API_PORT'; Source = 'DotEnv'; File = '/srv/lab/compose/.env'; Line = 8 }
        New-Sample LabVariableUse @{ Name = 'REGION'; Source = 'Default' }
    )
    LabVariableValue   = $hidden
    LabBuildFailure    = New-Sample LabBuildFailure @{ Service = 'api'; Image = 'composelab/api:prod'; Step = $steps[1]; ExitCode = 1; Reason = 'The step failed.'; Output = @('error CS1002: ; expected') }
    LabOrigin          = New-Sample LabOrigin @{ Path = 'services.api.ports[0].published'; File = '/srv/lab/compose/compose.yaml'; Line = 12; Column = 9; Source = 'file'; Replaced = @(); Variables = @() }
}
