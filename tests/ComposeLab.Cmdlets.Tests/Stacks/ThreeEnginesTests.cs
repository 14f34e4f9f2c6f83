using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Cmdlets.Tests.Stacks;

/// <summary>One command for three real engines, each in namespaces of its own. <c>./lab test --engines</c> runs it; the whole run does not.</summary>
[Trait("Needs", "OwnEngine")]
public sealed class ThreeEnginesTests : IAsyncLifetime
{
    private const string Projects = """
        services:
          web: { image: composelab-tests/busybox:1, init: true, stop_grace_period: 1s }
          db: { image: composelab-tests/busybox:1, init: true, stop_grace_period: 1s }
        """;

    private readonly TestSession _session = new();
    private readonly TemporaryFolder _folder = new();
    private OwnEngine[] _engines = [];

    public async ValueTask InitializeAsync()
    {
        _engines = await Task.WhenAll(OwnEngine.StartAsync(), OwnEngine.StartAsync(), OwnEngine.StartAsync());
        File.WriteAllText(_folder.At("compose.yaml"), "name: fleet\n" + Projects);
    }

    public async ValueTask DisposeAsync()
    {
        _session.Dispose();
        foreach (OwnEngine engine in _engines)
        {
            await engine.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task A_fleet_is_started_compared_and_removed_with_one_command_each()
    {
        // A plan changes nothing.
        Assert.Empty(Run("$engines | Start-LabStack -Path $path -WhatIf").Output);
        Assert.All(Hosts, host => Assert.Contains(host, _session.Written, StringComparison.Ordinal));
        Assert.Empty(Run("Get-LabStack -Context $engines").Output);

        // Every engine answers for itself.
        LabEngineResult[] started = Results(Run("$engines | Start-LabStack -Path $path -ThrottleLimit 2"));
        Assert.Equal(Hosts, started.Select(result => result.Engine).Order(StringComparer.Ordinal));
        Assert.All(started, result => Assert.True(result is { Succeeded: true, Services.Count: 2 }, result.ToString()));

        LabStack[] stacks = [.. Run("Get-LabStack -Context $engines").Output.Select(item => item.BaseObject).OfType<LabStack>()];
        Assert.Equal(Hosts, stacks.Select(stack => stack.Engine).Order(StringComparer.Ordinal));
        Assert.All(stacks, stack => Assert.Equal("fleet", stack.ProjectName));

        // Nothing has drifted, until one engine gets another definition.
        Assert.Empty(Run("$engines | Compare-LabStack -Path $path").Output);
        File.WriteAllText(_folder.At("compose.yaml"), "name: fleet\n" + Projects.Replace("web: { ", "web: { environment: { LEVEL: debug }, ", StringComparison.Ordinal));
        Assert.All(Results(Run("$engines[0] | Start-LabStack -Path $path")), result => Assert.True(result.Succeeded));
        SessionResult drift = Run("Compare-LabStack -ProjectName fleet -ReferenceContext $engines[0] -Context $engines[1]");
        Assert.NotEmpty(drift.Output);

        // An engine that dies does not stop the others, unless that is requested.
        await _engines[2].KillAsync();
        LabEngineResult[] rest = Results(Run("$engines | Restart-LabStack -ProjectName fleet -ThrottleLimit 2 -ErrorAction SilentlyContinue"));
        Assert.Equal([true, true, false], Hosts.Select(host => rest.Single(result => result.Engine == host).Succeeded).OrderDescending());
        Assert.Equal("EngineUnreachable", rest.Single(result => !result.Succeeded).ErrorId);

        LabEngineResult[] stopped = Results(Run("$engines | Stop-LabStack -ProjectName fleet -ThrottleLimit 1 -StopOnError -ErrorAction SilentlyContinue"));
        Assert.Equal("EngineUnreachable", stopped.Single(result => result.Engine == "unix://" + _engines[2].Socket).ErrorId);
        Assert.All(stopped.Where(result => result.Engine != "unix://" + _engines[2].Socket), result => Assert.Equal("FleetStopped", result.ErrorId));

        await _engines[2].StartAgainAsync();
        Assert.All(Results(Run("$engines | Remove-LabStack -ProjectName fleet -Force")), result => Assert.True(result.Succeeded, result.ToString()));
        Assert.Empty(Run("Get-LabStack -Context $engines").Output);
    }

    private string[] Hosts => [.. _engines.Select(engine => "unix://" + engine.Socket).Order(StringComparer.Ordinal)];

    private SessionResult Run(string script) => _session.Run("param($list, $path) $engines = $list.Split(','); " + script, string.Join(',', _engines.Select(engine => "unix://" + engine.Socket)), _folder.Path);

    private static LabEngineResult[] Results(SessionResult result) => [.. result.Output.Select(item => item.BaseObject).OfType<LabEngineResult>()];
}
