using System.Management.Automation;
using ComposeLab.Cmdlets.Tests.Hosting;

namespace ComposeLab.Cmdlets.Tests.Swarm;

/// <summary>Creating a swarm, and adding and removing its nodes.</summary>
public sealed class NodeCommandTests : IDisposable
{
    private readonly TestSession _session = new();
    private readonly SwarmServer _manager = new("m1", "active") { Nodes = { "m1" } };
    private readonly SwarmServer _other = new("n2", "inactive");

    public NodeCommandTests() => _other.Changing = path => _manager.Nodes.AddRange(path == "/swarm/join" ? ["n2"] : []);

    public void Dispose()
    {
        _session.Dispose();
        _manager.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void A_swarm_is_created_with_the_given_addresses()
    {
        var node = (LabNode)Assert.Single(_session.Run($"Initialize-LabSwarm 127.0.0.1 -ListenAddress 127.0.0.1 -AddressPool 10.9.0.0/16 -Context {_other.Host}").Good());

        Assert.Equal("n2", node.NodeId);
        Assert.Equal("""POST /swarm/init {"ListenAddr":"127.0.0.1","AdvertiseAddr":"127.0.0.1","DefaultAddrPool":["10.9.0.0/16"]}""", Assert.Single(_other.Changes));
    }

    [Fact]
    public void An_engine_that_is_in_a_swarm_is_not_made_the_manager_of_another_one()
    {
        Assert.Equal("NodeInSwarm", _session.Run($"Initialize-LabSwarm -Context {_manager.Host}").ErrorId);
        Assert.Empty(_manager.Changes);
    }

    [Fact]
    public void A_node_joins_with_the_token_of_its_role_which_is_never_shown()
    {
        SessionResult run = _session.Run($"Add-LabNode {_other.Host} -Context {_manager.Host} -Verbose");

        Assert.Equal("n2", ((LabNode)Assert.Single(run.Good())).NodeId);
        Assert.Contains(SwarmServer.WorkerToken, Assert.Single(_other.Changes), StringComparison.Ordinal);
        Assert.Contains("10.0.0.1:2377", _other.Changes[0], StringComparison.Ordinal);
        Assert.DoesNotContain("SWMTKN", Shown(run), StringComparison.Ordinal);
    }

    [Fact]
    public void The_join_command_contains_the_token_of_its_role() => Assert.Equal(
        $"docker swarm join --token {SwarmServer.ManagerToken} 10.0.0.1:2377",
        Assert.Single(_session.Run($"Add-LabNode -ShowCommand -Role Manager -Context {_manager.Host}").Good()).ToString());

    [Theory]
    [InlineData("Initialize-LabSwarm -Context OTHER -WhatIf")]
    [InlineData("Add-LabNode OTHER -Context MANAGER -WhatIf")]
    [InlineData("Remove-LabNode m1 -Context MANAGER -Force -WhatIf")]
    public void WhatIf_changes_nothing(string command)
    {
        _session.Run(Filled(command)).Good();

        Assert.Empty(_manager.Changes);
        Assert.Empty(_other.Changes);
    }

    [Fact]
    public void The_last_manager_is_removed_only_on_request()
    {
        Assert.Equal("LastManager", _session.Run(Filled("Remove-LabNode m1 -Context MANAGER")).ErrorId);
        Assert.Empty(_manager.Changes);
        _session.Run(Filled("Remove-LabNode m1 -Context MANAGER -Force")).Good();
        Assert.Equal("POST /swarm/leave?force=1", Assert.Single(_manager.Changes));
    }

    [Fact]
    public void A_node_whose_engine_cannot_be_reached_is_removed_only_on_request()
    {
        _manager.Nodes.Add("n9");
        Assert.Equal("NodeUnreachable", _session.Run(Filled("Remove-LabNode n9 -Context MANAGER")).ErrorId);
        Assert.Empty(_manager.Changes);
        _session.Run(Filled("Remove-LabNode n9 -Context MANAGER -Force")).Good();
        Assert.Equal(["POST /nodes/n9/update?version=7", "DELETE /nodes/n9?force=1"], _manager.Changes.Select(change => string.Join(' ', change.Split(' ').Take(2))));
    }

    [Fact]
    public void A_task_that_waits_for_a_node_is_listed()
    {
        _manager.Tasks = """[{"ID":"t1","Spec":{},"ServiceID":"s1","Slot":1,"Status":{"State":"pending"},"DesiredState":"running"},{"ID":"t2","Spec":{}}]""";
        object[] tasks = [.. _session.Run(Filled("Get-LabTask -Context MANAGER")).Good()];
        Assert.Equal(["", ""], tasks.Cast<LabTask>().Select(task => task.Node));
    }

    [Fact]
    public void An_engine_without_a_swarm_says_how_to_create_one()
    {
        SessionResult run = _session.Run(Filled("Get-LabNode -Context OTHER"));
        Assert.Equal("SwarmManagerRequired", run.ErrorId);
        Assert.Contains("Initialize-LabSwarm", Shown(run), StringComparison.Ordinal);
    }

    private string Shown(SessionResult run) => string.Join(
        '\n',
        [.. run.Output.Select(one => PSSerializer.Serialize(one, 5)), .. run.Verbose, .. run.Warnings, .. run.Progress.Select(record => record.ToString()), $"{run.Error?.ErrorDetails?.Message} {run.Error?.ErrorDetails?.RecommendedAction} {run.Error?.Exception}", _session.Written]);

    private string Filled(string command) => command.Replace("OTHER", _other.Host, StringComparison.Ordinal).Replace("MANAGER", _manager.Host, StringComparison.Ordinal);
}
