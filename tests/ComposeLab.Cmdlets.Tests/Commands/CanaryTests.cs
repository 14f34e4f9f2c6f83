using System.Management.Automation;
using System.Reflection;
using ComposeLab.Cmdlets.Tests.Hosting;

namespace ComposeLab.Cmdlets.Tests.Commands;

/// <summary>
/// A project full of secrets goes through every cmdlet: none of them may come out in an object, as Export-Clixml writes it, in a file, the text of -WhatIf, a warning, a verbose message, a progress record or an error with
/// everything inside it. A cmdlet that is not in the list fails the test, so that none is forgotten.
/// </summary>
public sealed class CanaryTests : IDisposable
{
    private const string Mark = "Canary7";

    private static readonly Dictionary<string, string[]> Calls = new(StringComparer.Ordinal)
    {
        ["Show-MergedConfig"] = ["Show-MergedConfig -Path $p", "Show-MergedConfig -Path $p -Origin", "Show-MergedConfig -Path $p -Format Json", "Show-MergedConfig -Path $p -AsObject", "Show-MergedConfig -Path $p -Only Images", "Show-MergedConfig -Path $p -NoEnvResolution -NoPathResolution -NoConsistency"],
        ["Compare-LabConfig"] = ["Compare-LabConfig '' Dev -Path $p"],
        ["Get-LabVariable"] = ["Get-LabVariable -Path $p"],
        ["Test-LabConfig"] = ["Test-LabConfig -Path $p", "Test-LabConfig -Path $p -Policy Production"],
        ["Get-LabConfigRule"] = ["Get-LabConfigRule"],
        ["Export-LabReport"] = ["Export-LabReport (Join-Path $p report.html) -Path $p; Get-Content -Raw (Join-Path $p report.html)"],
        ["Get-LabStackPlan"] = ["Get-LabStackPlan -Path $p", "Get-LabStackPlan -Path $p | ConvertTo-Json -Depth 9", "Get-LabStackPlan -Path $p -For Remove"],
        ["Start-LabStack"] = ["Start-LabStack -Path $p -WhatIf", "Start-LabStack -Path $p -Pull Never"],
        ["Stop-LabStack"] = ["Stop-LabStack -Path $p -WhatIf"],
        ["Suspend-LabStack"] = ["Suspend-LabStack -Path $p -WhatIf"],
        ["Resume-LabStack"] = ["Resume-LabStack -Path $p"],
        ["Restart-LabStack"] = ["Restart-LabStack -Path $p -WhatIf"],
        ["Remove-LabStack"] = ["Remove-LabStack -Path $p -WhatIf"],
        ["Wait-LabStack"] = ["Wait-LabStack -Path $p -TimeoutSec 1"],
        ["Get-LabStack"] = ["Get-LabStack canary*"],
        ["Deploy-LabStack"] = ["Deploy-LabStack -Path $p -WhatIf", "Deploy-LabStack -Path $p"],
        ["Undo-LabDeployment"] = ["Undo-LabDeployment -Path $p"],
        ["Get-LabTask"] = ["Get-LabTask -ProjectName canary"],
        ["Get-LabNode"] = ["Get-LabNode"],
        ["Initialize-LabSwarm"] = ["Initialize-LabSwarm -WhatIf"],
        ["Add-LabNode"] = ["Add-LabNode default -WhatIf"],
        ["Remove-LabNode"] = ["Remove-LabNode canary"],
        ["Set-LabNode"] = ["Set-LabNode canary -Availability Active"],
        ["Get-LabEngine"] = ["Get-LabEngine"],
        ["Compare-LabStack"] = ["Compare-LabStack -Path $p"],
        ["Clear-LabEngine"] = ["Clear-LabEngine -WhatIf"],
        ["Get-LabService"] = ["Get-LabService -Path $p"],
        ["Get-LabLog"] = ["Get-LabLog -Path $p"],
        ["Invoke-LabCommand"] = ["Invoke-LabCommand cache -Path $p -- redis-cli -a Canary7-typed-word"],
        ["Invoke-LabRun"] = ["Invoke-LabRun cache -Path $p -WhatIf", "Invoke-LabRun cache -Path $p -Pull Never", "Invoke-LabRun cache -Path $p -Publish '${REDIS_PASSWORD}'"],
        ["Copy-LabItem"] = ["Copy-LabItem cache:/etc/hosts (Join-Path $p hosts) -Path $p"],
        ["Export-LabContainer"] = ["Export-LabContainer cache (Join-Path $p x.tar) -Path $p"],
        ["New-LabImage"] = ["New-LabImage cache canary:x -Path $p"],
        ["Get-LabNetwork"] = ["Get-LabNetwork -Path $p"],
        ["Get-LabVolume"] = ["Get-LabVolume -Path $p"],
        ["Get-LabImage"] = ["Get-LabImage -Path $p"],
        ["Receive-LabImage"] = ["Receive-LabImage -Path $p -WhatIf", "Receive-LabImage -Path $p -Policy Missing -IgnoreFailure"],
        ["Send-LabImage"] = ["Send-LabImage -Path $p"],
        ["Publish-LabStack"] = ["Publish-LabStack 127.0.0.1:1/canary:1 -Path $p -WhatIf", "Publish-LabStack 127.0.0.1:1/canary:1 -Path $p -Force"],
        ["Remove-LabImage"] = ["Remove-LabImage -Path $p -WhatIf"],
        ["Watch-LabStack"] = ["Watch-LabStack -Path $p -WhatIf", "Watch-LabStack -Path $p -NoStart"],
        ["Backup-LabVolume"] = ["Backup-LabVolume data (Join-Path $p data.tar.gz) -Path $p"],
        ["Restore-LabVolume"] = ["Restore-LabVolume data (Join-Path $p data.tar.gz) -Path $p"],
        ["Get-LabProcess"] = ["Get-LabProcess -Path $p"],
        ["Get-LabEvent"] = ["Get-LabEvent -Path $p"],
        ["Enter-LabService"] = ["Enter-LabService cache -Path $p"],
        ["Build-LabImage"] = ["Build-LabImage -Path $p -WhatIf", "Build-LabImage -Path $p"],
        ["Get-LabImageSize"] = ["Get-LabImageSize -Path $p"],
        ["Measure-LabStack"] = ["Measure-LabStack -Path $p"],
        ["Measure-LabBuildCache"] = ["Measure-LabBuildCache -Path $p"],
        ["Test-LabDb"] = ["Test-LabDb -Path $p -TimeoutSec 2"],
        ["Invoke-LabQuery"] = ["Invoke-LabQuery 'SELECT 1' -Path $p"],
        ["Backup-LabDb"] = ["Backup-LabDb -Path $p -OutFile (Join-Path $p x.dump) -WhatIf", "Backup-LabDb -Path $p -OutFile (Join-Path $p x.dump)"],
        ["Test-LabDbBackup"] = ["Test-LabDbBackup (Join-Path $p .env)"],
        ["Restore-LabDb"] = ["Restore-LabDb (Join-Path $p .env) -Path $p -Force"],
        ["Update-LabDb"] = ["Update-LabDb 17 -Path $p -WhatIf", "Update-LabDb -Rollback -Path $p -Force", "Update-LabDb -Collation -Path $p -Force"],
        ["Reset-LabDbPassword"] = ["Reset-LabDbPassword -Path $p -Force"],
        ["New-LabEnvFile"] = ["New-LabEnvFile -Path $p"],
    };

    // By name, by value in another place, and by form.
    private const string Compose = """
        name: canary
        services:
          cache:
            image: canary/none:1
            command: redis-server --requirepass ${REDIS_PASSWORD} --note "${API_TOKEN} in a word"
            environment:
              CACHE: "redis ${REDIS_PASSWORD} now"
              DBPASS: Canary7-dbpass
              PGPASS: Canary7-pgpass
              GITHUB_PAT: Canary7-pat
              SENTRY_DSN: https://Canary7dsn0123456789@sentry.example/1
              SESSION_SALT: Canary7-salt
              COOKIE: Canary7-cookie
              AWS_CREDS: Canary7-creds
              DATABASE_URL: postgres://app:Canary7-url@db:5432/app
              HOOK: https://hooks.slack.com/services/T0/B0/Canary7hook
              SIGNED: https://blob.example/x?sv=1&sig=Canary7sig
              AUTH: "Authorization: Bearer Canary7Bearer0123"
              CLIENT: "curl -u user:Canary7-curl https://x.example; mysql -pCanary7-mysql; redis-cli -a Canary7-redis"
              KEY: "-----BEGIN PRIVATE KEY-----\nCanary7Pem\n-----END PRIVATE KEY-----"
            labels:
              traefik.http.middlewares.a.basicauth.users: "user:$$2y$$05$$Canary7hash0123456789"
              note: "${REDIS_PASSWORD}"
            healthcheck: { test: ["CMD", "redis-cli", "-a", "${REDIS_PASSWORD}", "ping"] }
            volumes: [ "data:/data" ]
            secrets: [ s ]
            configs: [ c ]
          db:
            image: postgres:16-canary-none
            environment: { POSTGRES_PASSWORD: "${DB_SECRET}" }
          web:
            build: { context: ., args: { NPM_TOKEN: "${API_TOKEN}", WORD: "x${API_TOKEN}x" } }
            depends_on: [ cache ]
        volumes: { data: }
        secrets: { s: { environment: DB_SECRET } }
        configs: { c: { content: "password=${REDIS_PASSWORD}" } }

        """;

    private readonly TestSession _session = new();
    private readonly TemporaryFolder _folder = new();

    public CanaryTests()
    {
        _folder.Write(".env", "REDIS_PASSWORD=Canary7-redis-password\nAPI_TOKEN=Canary7-api-token\nDB_SECRET=Canary7-db-secret\n");
        _folder.Write(".env.example", "REDIS_PASSWORD=\nAPI_TOKEN=\n");
        _folder.Write("Dockerfile", "FROM canary/none:1\nARG NPM_TOKEN\nRUN echo $NPM_TOKEN\n");
        _folder.Write("compose.yaml", Compose);
        _folder.Write("compose.dev.yaml", "services: { cache: { environment: { CACHE: \"dev ${REDIS_PASSWORD}\" } } }\n");
    }

    public static TheoryData<string> Cmdlets => [.. Calls.Keys];

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Every_cmdlet_is_tried() => Assert.Equal(
        typeof(LabErrorId).Assembly.GetExportedTypes().Select(type => type.GetCustomAttribute<CmdletAttribute>()).OfType<CmdletAttribute>().Select(name => $"{name.VerbName}-{name.NounName}").Order(),
        Calls.Keys.Order());

    [Theory]
    [MemberData(nameof(Cmdlets))]
    [Trait("Needs", "Engine")]
    public void No_secret_comes_out_of(string cmdlet)
    {
        foreach (string call in Calls[cmdlet])
        {
            Shows(call);
        }
    }

    [Theory]
    [InlineData("services: { cache: { image: i, environment: { DB_PASSWORD: [Canary7-list] } } }")]
    [InlineData("services: { cache: { image: i, environment: { DB_PASSWORD: Canary7-text }, ports: [ { x: 1 } ] } }")]
    [InlineData("services: { cache: { image: i, ports: [ \"${REDIS_PASSWORD}\" ] } }")]
    [InlineData("services: { cache: { image: i, mem_limit: \"${REDIS_PASSWORD}\" } }")]
    [InlineData("services: { cache: { image: i, depends_on: [ \"${REDIS_PASSWORD}\" ] } }")]
    [InlineData("services: { cache: { image: \"${NOT_SET:?the password is ${REDIS_PASSWORD}}\" } }")]
    [InlineData("services: { cache: { image: i, env_file: \"${REDIS_PASSWORD}\" } }")]
    [InlineData("services: { cache: { image: i, networks: [ \"${REDIS_PASSWORD}\" ] } }")]
    public void No_secret_comes_out_of_an_error(string compose)
    {
        _folder.Write("compose.yaml", compose);
        SessionResult result = _session.Run("param($p) Show-MergedConfig -Path $p -Verbose", _folder.Path);
        Assert.NotNull(result.Error);
        Shows("Show-MergedConfig -Path $p");
        Shows("Test-LabConfig -Path $p");
    }

    private void Shows(string call)
    {
        SessionResult result = _session.Run(
            $"param($p) $VerbosePreference = 'Continue'; {call} | ForEach-Object {{ [System.Management.Automation.PSSerializer]::Serialize($_, 6); $_ | Out-String -Width 400; if ($_ -is [string]) {{ $_ }} }}",
            _folder.Path);
        IEnumerable<string> said =
        [
            .. result.Output.Select(output => output?.ToString() ?? ""),
            _session.Written,
            .. result.Warnings,
            .. result.Verbose,
            .. result.Progress.Select(record => $"{record.Activity} {record.StatusDescription} {record.CurrentOperation}"),
            .. result.Errors.Append(result.Terminating).OfType<ErrorRecord>().Select(Everything),
        ];
        Assert.All(said, text => Assert.True(!text.Contains(Mark, StringComparison.Ordinal), $"{call}: {Around(text)}"));
    }

    // What Get-Error shows, the exceptions inside included.
    private static string Everything(ErrorRecord error)
    {
        string text = $"{error} {error.ErrorDetails?.Message} {error.ErrorDetails?.RecommendedAction} {PSSerializer.Serialize(error.TargetObject, 4)}";
        for (Exception? inner = error.Exception; inner is not null; inner = inner.InnerException)
        {
            text += $"\n{inner}\n{string.Join(' ', inner.Data.Values.Cast<object?>())}";
        }

        return text;
    }

    private static string Around(string text)
    {
        int at = Math.Max(0, text.IndexOf(Mark, StringComparison.Ordinal));
        return text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 60)];
    }
}
