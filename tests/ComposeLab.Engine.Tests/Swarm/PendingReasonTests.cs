using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Tests.Swarm;

/// <summary>Why no node runs a task.</summary>
public class PendingReasonTests
{
    private static readonly SwarmNode Node = SimulatedSwarm.Node("node1");

    [Fact]
    public void A_node_that_could_run_a_task_has_no_reason() => Assert.Empty(Of(new SwarmTaskSpec(), Node));

    [Fact]
    public void A_node_that_is_down_or_drained_says_so()
    {
        Assert.Equal([PendingKind.Down], Of(new SwarmTaskSpec(), Node with { Status = new SwarmNodeStatus("down") }).Select(reason => reason.Kind));
        Assert.Equal([PendingKind.Availability], Of(new SwarmTaskSpec(), Node with { Spec = Node.Spec with { Availability = "drain" } }).Select(reason => reason.Kind));
    }

    [Theory]
    [InlineData("node.role == manager", true)]
    [InlineData("node.role != manager", false)]
    [InlineData("node.hostname==node1", false)]
    [InlineData("node.labels.zone == b", true)]
    [InlineData("node.labels.zone == A", false)]
    [InlineData("node.platform.os == windows", true)]
    public void A_constraint_that_a_node_does_not_meet_is_a_reason_with_its_value(string constraint, bool fails)
    {
        SwarmNode node = Node with { Spec = Node.Spec with { Labels = new Dictionary<string, string> { ["zone"] = "a" } } };
        Assert.Equal(fails, Of(new SwarmTaskSpec { Placement = new SwarmPlacement { Constraints = [constraint] } }, node).Any(reason => reason.Kind == PendingKind.Constraint));
    }

    [Theory]
    [InlineData("amd64", false)]
    [InlineData("arm64", true)]
    public void A_platform_that_does_not_fit_is_a_reason(string architecture, bool fails) =>
        Assert.Equal(fails, Of(new SwarmTaskSpec { Placement = new SwarmPlacement { Platforms = [new SwarmPlatform(architecture, "linux")] } }, Node).Any(reason => reason.Kind == PendingKind.Platform));

    [Fact]
    public void Resources_that_other_tasks_have_reserved_are_not_free()
    {
        var half = new SwarmTaskSpec { Resources = new SwarmResources(null, new SwarmAmounts { MemoryBytes = 600_000_000 }) };
        Assert.Empty(Of(half, Node));
        Assert.Equal([PendingKind.Resources], Of(half, Node, Task("other", half, Node.Id)).Select(reason => reason.Kind));
        Assert.Equal([PendingKind.Resources], Of(new SwarmTaskSpec { Resources = new SwarmResources(null, new SwarmAmounts { NanoCpus = 3_000_000_000 }) }, Node).Select(reason => reason.Kind));
    }

    [Fact]
    public void A_host_port_that_another_task_uses_is_a_reason()
    {
        var service = new SwarmService
        {
            Id = "s1",
            Spec = new SwarmServiceSpec { Name = "web", TaskTemplate = new SwarmTaskSpec(), EndpointSpec = new SwarmEndpoint { Ports = [new SwarmPort { PublishedPort = 80, TargetPort = 80, PublishMode = "host" }] } },
        };
        PendingReason reason = Assert.Single(PendingReasons.Of(Task("t", new SwarmTaskSpec(), ""), [Node], [Task("other", new SwarmTaskSpec(), Node.Id)], [service]));
        Assert.Equal((PendingKind.Port, "port 80 is in use by another task"), (reason.Kind, reason.Detail));
    }

    [Fact]
    public void A_plugin_that_a_node_does_not_have_is_a_reason()
    {
        SwarmNode node = Node with { Description = Node.Description with { Engine = new SwarmNodeEngine("28", null, [new SwarmPlugin("Volume", "local"), new SwarmPlugin("Log", "json-file")]) } };
        var task = new SwarmTaskSpec
        {
            ContainerSpec = new SwarmContainerSpec { Image = "x", Mounts = [new SwarmMount { VolumeOptions = new SwarmVolumeOptions { DriverConfig = new SwarmDriver("nfs", null) } }] },
            LogDriver = new SwarmDriver("splunk", null),
        };
        Assert.Equal([PendingKind.Plugin, PendingKind.Plugin], Of(task, node).Select(reason => reason.Kind));
    }

    [Fact]
    public void A_node_with_the_most_tasks_of_a_service_says_so() => Assert.Equal(
        [PendingKind.MaxReplicas],
        Of(new SwarmTaskSpec { Placement = new SwarmPlacement { MaxReplicas = 1 } }, Node, Task("other", new SwarmTaskSpec(), Node.Id)).Select(reason => reason.Kind));

    private static IReadOnlyList<PendingReason> Of(SwarmTaskSpec spec, SwarmNode node, params SwarmTask[] others) => PendingReasons.Of(Task("t", spec, ""), [node], others, []);

    private static SwarmTask Task(string id, SwarmTaskSpec spec, string node) =>
        new() { Id = id, ServiceId = "s1", Slot = 1, NodeId = node, Spec = spec, Status = new SwarmTaskStatus { State = node.Length == 0 ? "pending" : "running" }, DesiredState = "running" };
}
