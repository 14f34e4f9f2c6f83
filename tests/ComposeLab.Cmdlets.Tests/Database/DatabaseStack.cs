using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Cmdlets.Tests.Database;

/// <summary>The lab's API and a PostgreSQL server, on the real engine, in a separate folder: started once, broken and fixed by the tests.</summary>
public sealed partial class DatabaseStack : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();

    internal string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"dbtest-{Guid.NewGuid():N}")[..15];

    internal TestSession Session { get; } = new();

    internal IEngine Engine { get; private set; } = null!;

    internal string File => _folder.At("compose.yaml");

    internal string Select => $"-Path '{_folder.Path}'";

    private int ApiPort { get; } = FreePort();

    private string Good => $$"""
        name: {{Name}}
        services:
          db:
            image: {{Image("POSTGRES_IMAGE", "postgres:16-alpine")}}
            command: ["postgres", "-c", "max_connections=8"]
            environment:
              POSTGRES_USER: lab
              POSTGRES_PASSWORD: ${POSTGRES_PASSWORD}
            volumes: ["data:/var/lib/postgresql/data"]
            tmpfs: [/tmp]
            healthcheck:
              test: ["CMD-SHELL", "test ! -e /tmp/sick && pg_isready -q -h 127.0.0.1 -U lab"]
              interval: 3s
              timeout: 15s
              retries: 2
              start_period: 30s
            stop_grace_period: 5s
          api:
            image: {{Name}}/api:prod
            build:
              context: {{Repository.Root}}
              args: { TARGET: prod, DOTNET_AOT_SDK_IMAGE: "{{Image("DOTNET_AOT_SDK_IMAGE", "")}}", DOTNET_RUNTIME_DEPS_IMAGE: "{{Image("DOTNET_RUNTIME_DEPS_IMAGE", "")}}" }
            environment:
              DATABASE_URL: postgresql://lab@db:5432/lab
              DATABASE_PASSWORD: ${POSTGRES_PASSWORD}
            ports: ["127.0.0.1:{{ApiPort}}:8000"]
            healthcheck: { test: ["CMD", "/app/api", "--healthcheck"], interval: 5s, timeout: 15s, retries: 2, start_period: 10s }
            stop_grace_period: 1s
        volumes: { data: {} }
        """;

    public async ValueTask InitializeAsync()
    {
        Engine = await EngineConnection.ConnectAsync(TestEngine.Endpoint(), CancellationToken.None);
        Restore();
        // On a busy machine, the API would otherwise be unhealthy before the database is created.
        Run($"Start-LabStack db {Select}").Good();
        Run($"Start-LabStack {Select}").Good();
    }

    public async ValueTask DisposeAsync()
    {
        Run($"Remove-LabStack {Select} -Volume -Force -TimeoutSec 1");
        await Engine.RemoveImageAsync($"{Name}/api:prod", force: true, CancellationToken.None);
        Engine.Dispose();
        Session.Dispose();
        _folder.Dispose();
    }

    internal SessionResult Run(string script) => Session.Run(script);

    internal LabDbTestResult Test(string more = "") => Assert.IsType<LabDbTestResult>(Assert.Single(Run($"Test-LabDb {Select} {more}").Good()));

    /// <summary>The correct project; the containers are not changed.</summary>
    internal void Restore()
    {
        _folder.Write("compose.yaml", Good);
        _folder.Write(".env", "POSTGRES_PASSWORD=first-password\n");
    }

    /// <summary>Applies a recommendation like a user: the edit if there is one, then the command.</summary>
    internal void Type(string recommendation)
    {
        string first = recommendation.Split('\n')[0];
        if (Edits().Match(first) is { Success: true } edit)
        {
            string[] lines = System.IO.File.ReadAllLines(edit.Groups["file"].Value);
            int index = int.Parse(edit.Groups["line"].ValueSpan, CultureInfo.InvariantCulture) - 1;
            Assert.Contains(edit.Groups["from"].Value, lines[index], StringComparison.Ordinal);
            lines[index] = lines[index].Replace(edit.Groups["from"].Value, edit.Groups["to"].Value, StringComparison.Ordinal);
            System.IO.File.WriteAllLines(edit.Groups["file"].Value, lines);
        }
        else if (Lines().Match(first) is { Success: true } whole)
        {
            string[] lines = System.IO.File.ReadAllLines(whole.Groups["file"].Value);
            int index = int.Parse(whole.Groups["line"].ValueSpan, CultureInfo.InvariantCulture) - 1;
            lines[index] = lines[index][..^lines[index].TrimStart().Length] + whole.Groups["text"].Value;
            System.IO.File.WriteAllLines(whole.Groups["file"].Value, lines);
        }
        else
        {
            Assert.False(first.StartsWith("In ", StringComparison.Ordinal), first);
        }

        Run(first[(first.IndexOf("then: ", StringComparison.Ordinal) is >= 0 and var then ? then + 6 : 0)..]).Good();
    }

    internal string Container(string service) => $"{Name}-{service}-1";

    internal async Task<string> ExecAsync(string service, string command, string? user = null)
    {
        ExecResult result = await ExecRunner.RunAsync(
            Engine, Container(service), new ExecSpec { Command = ["sh", "-c", command], User = user }, CancellationToken.None);
        return result.Output + result.Error;
    }

    internal LabDbTestResult Works()
    {
        LabDbTestResult result = Test();
        Assert.True(result.Ok, Told(result));
        return result;
    }

    /// <summary>A stack that works: what one test left broken must not decide about the next.</summary>
    internal LabDbTestResult Working()
    {
        Restore();
        LabDbTestResult result = Test();
        if (!result.Ok)
        {
            Run($"Remove-LabStack {Select} -Volume -Force -TimeoutSec 1; Start-LabStack {Select}").Good();
            result = Works();
        }

        return result;
    }

    internal void WaitFor(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, Patience), "the condition never held");

    /// <summary>Everything that a result says, to be searched for secrets.</summary>
    internal static string Told(LabDbTestResult result)
    {
        var text = new StringBuilder(result.Message).AppendLine(result.Recommendation);
        foreach (LabDbCheck check in result.Checks)
        {
            text.AppendLine(check.ToString());
        }

        return text.ToString();
    }

    // The images that ./lab provides on this machine.
    internal static string Image(string variable, string otherwise)
    {
        string file = Path.Combine(Repository.Root, "compose", ".env");
        string? line = System.IO.File.Exists(file)
            ? System.IO.File.ReadLines(file).FirstOrDefault(text => text.StartsWith(variable + "=", StringComparison.Ordinal))
            : null;
        return line?[(variable.Length + 1)..] ?? otherwise;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"^In (?<file>.+):(?<line>\d+) write (?<to>\S+) instead of (?<from>\S+), then: ")]
    private static partial Regex Edits();

    [GeneratedRegex(@"^In (?<file>.+):(?<line>\d+) write (?<text>.+), then: ")]
    private static partial Regex Lines();
}
