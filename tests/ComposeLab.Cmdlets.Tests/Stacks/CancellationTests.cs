using ComposeLab.Cmdlets.Tests.Database.Backups;
using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Cmdlets.Tests.Stacks;

/// <summary>What Ctrl-C does while an engine does not answer.</summary>
[Collection(ProcessEnvironmentCollection.Name)]
public sealed class CancellationTests : IDisposable
{
    private const string Project = """
        name: fake
        services:
          web: { image: none, build: ., develop: { watch: [ { action: restart, path: . } ] } }
          db: { image: "postgres:16", environment: { POSTGRES_PASSWORD: secret } }

        """;

    // The checksum is that of an empty file.
    private const string EmptyBackup = """
        {
          "Format": 1, "Project": "fake", "Volume": "fake_data", "Driver": "local", "DriverOptions": {}, "Labels": {}, "Size": 0, "ContentSize": 0, "IsConsistent": true,
          "Sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "CreatedAt": "2026-01-01T00:00:00+00:00"
        }
        """;

    // Below every limit of an engine call: within this time only Ctrl-C closes a connection.
    private static readonly TimeSpan ShorterThanEveryLimit = TimeSpan.FromSeconds(9);

    private readonly TestSession _session = new();
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Waits
    {
        get
        {
            string[] commands =
            [
                "Backup-LabVolume data $project/data.tar.gz -ProjectName fake",
                "Backup-LabDb -Path $project -OutFile $project/x.dump",
                "Build-LabImage -Path $project",
                "Export-LabReport -Path $project -OutFile $project/report.html",
                "Clear-LabEngine -WhatIf",
                "Compare-LabStack -Path $project",
                "Copy-LabItem web:/etc/hosts $project/hosts -ProjectName fake",
                "Export-LabContainer web $project/web.tar -ProjectName fake",
                "Deploy-LabStack -Path $project",
                "Undo-LabDeployment -ProjectName fake",
                "Get-LabTask",
                "Get-LabNode",
                "Set-LabNode node1 -Availability Drain",
                "Initialize-LabSwarm -WhatIf",
                "Add-LabNode default",
                "Remove-LabNode node1",
                "Get-LabEngine default",
                "Get-LabEvent -ProjectName fake",
                "Get-LabImageSize -Path $project",
                "Get-LabLog -ProjectName fake",
                "Get-LabNetwork -ProjectName fake",
                "Get-LabProcess -ProjectName fake",
                "Get-LabService -ProjectName fake",
                "Get-LabStack",
                "Get-LabStackPlan -Path $project",
                "Get-LabStackPlan -For Remove -Path $project",
                "Get-LabVolume -ProjectName fake",
                "Get-LabImage -ProjectName fake",
                "Publish-LabStack 127.0.0.1:1/fake:1 -Path $project -ResolveDigest -Force",
                "Receive-LabImage -Path $project",
                "Remove-LabImage -ProjectName fake",
                "Send-LabImage -Path $project",
                "Invoke-LabCommand web ls -Path $project",
                "Invoke-LabQuery 'select 1' -Path $project",
                "Remove-LabStack -Path $project -Force",
                "Invoke-LabRun web -Path $project",
                "Measure-LabStack -ProjectName fake",
                "New-LabImage web fake:x -ProjectName fake",
                "Reset-LabDbPassword -Path $project -Force",
                "Restart-LabStack -Path $project",
                "Restore-LabVolume data $project/kept.tar.gz -Path $project",
                "Restore-LabDb $project/shop.dump -Path $project -Force",
                "Resume-LabStack -ProjectName fake",
                "Start-LabStack -Path $project",
                "Start-LabStack -Path $project -ExitCodeFrom web",
                "Stop-LabStack -ProjectName fake",
                "Suspend-LabStack -ProjectName fake",
                "Test-LabDb -Path $project",
                "Test-LabDbBackup $project/shop.dump",
                "Test-LabDb -Path $project -Wait",
                "Update-LabDb 17 -Path $project -Force",
                "Update-LabDb -Rollback -Path $project -Force",
                "Wait-LabStack -Path $project",
                "Watch-LabStack -Path $project",
                "Wait-LabStack -Path $project -For Exit",
            ];
            // It looks for something to measure before its second call.
            var data = new TheoryData<string, string> { { "Measure-LabBuildCache -Path $project", "silence" } };
            foreach (string command in commands)
            {
                data.Add(command, "silence");
                data.Add(command, "silence after version");
            }

            return data;
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Waits))]
    public async Task Ctrl_C_ends_every_wait_for_an_engine(string command, string misbehavior)
    {
        _folder.Write("compose.yaml", Project);
        _folder.Write("Dockerfile", "FROM scratch\n");
        _folder.Write("kept.tar.gz", "");
        _folder.Write("kept.tar.gz.json", EmptyBackup);
        _folder.Write("shop.dump", "abc");
        _folder.Write("shop.dump.manifest.json", Manifests.Of(Manifests.Shop).Write());
        await using var engine = new FakeEngine(misbehavior);
        string? before = Environment.GetEnvironmentVariable("DOCKER_HOST");
        Environment.SetEnvironmentVariable("DOCKER_HOST", engine.Host);
        try
        {
            _session.StopWhen(
                () => engine.IsHanging,
                () => Assert.True(SpinWait.SpinUntil(() => engine.Abandoned.IsCompleted, ShorterThanEveryLimit), "the connection was not closed"),
                $"param($project) {command}",
                _folder.Path);
        }
        finally
        {
            Environment.SetEnvironmentVariable("DOCKER_HOST", before);
        }
    }

    [Fact]
    public void Every_cmdlet_that_asks_an_engine_is_tried()
    {
        // These read files only, but for one that needs a terminal.
        string[] local = ["Enter-LabService", "Compare-LabConfig", "Get-LabConfigRule", "Get-LabVariable", "New-LabEnvFile", "Show-MergedConfig", "Test-LabConfig"];
        IEnumerable<string> all = typeof(LabErrorId).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetCustomAttributes(typeof(System.Management.Automation.CmdletAttribute), inherit: false))
            .Cast<System.Management.Automation.CmdletAttribute>()
            .Select(name => $"{name.VerbName}-{name.NounName}");

        IEnumerable<string> tried = Waits.Select(row => row.Data.Item1.Split(' ')[0]).Distinct();

        Assert.Equal(all.Order(), tried.Concat(local).Order());
    }
}
