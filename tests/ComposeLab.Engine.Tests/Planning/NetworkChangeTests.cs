using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Planning;

public sealed class NetworkChangeTests
{
    private const string Pair = """
        services:
          api: { image: api, depends_on: [db], environment: { MODE: one } }
          db: { image: db, networks: { default: { aliases: [data], ipv4_address: 10.9.0.9 } } }
        networks: { default: { labels: { a: one }, ipam: { config: [{ subnet: 10.9.0.0/24 }] } } }
        """;

    private static readonly string Changed = Pair.Replace("{ a: one }", "{ a: two }", StringComparison.Ordinal);

    [Fact]
    public void A_changed_network_is_recreated_and_its_containers_are_reconnected_to_it()
    {
        (SimulatedEngine engine, StackPlan plan) = Plan(Pair, Changed);

        Assert.Equal(
            PlanCase.Text("""
                recreate network lab_default: its configuration changed
                reconnect container lab-db-1: network lab_default is recreated
                reconnect container lab-api-1: network lab_default is recreated
                """),
            plan.ToString());
        engine.Carry(plan.Operations);
        Assert.Equal("nothing to do\n", engine.Plan(Projects.Load(Changed)).ToString());
    }

    [Fact]
    public void A_reconnected_container_has_the_names_and_addresses_of_its_creation()
    {
        EndpointSpec created = Plan(null, Pair).Plan.Operations.OfType<CreateContainerOperation>().Single(step => step.Service == "db").Spec.Networks["lab_default"];

        EndpointSpec connected = Plan(Pair, Changed).Plan.Operations.OfType<ConnectNetworkOperation>().Single(step => step.Service == "db").Endpoint;

        Assert.Equivalent(created, connected, strict: true);
        Assert.Equal("10.9.0.9", connected.IPv4Address);
    }

    [Fact]
    public void Fixed_addresses_are_taken_before_the_engine_chooses_others()
    {
        ConnectNetworkOperation[] steps = [.. Plan(Pair, Changed).Plan.Operations.OfType<ConnectNetworkOperation>()];

        Assert.Contains(steps.Single(step => step.Service == "db").Id, steps.Single(step => step.Service == "api").DependsOn);
    }

    [Fact]
    public void A_container_that_has_changed_too_is_stopped_before_its_network_disappears()
    {
        (SimulatedEngine engine, StackPlan plan) = Plan(Pair, Changed.Replace("MODE: one", "MODE: two", StringComparison.Ordinal));

        Assert.Equal(
            PlanCase.Text("""
                recreate network lab_default: its configuration changed
                reconnect container lab-db-1: network lab_default is recreated
                recreate container lab-api-1: environment.MODE: one -> two (compose.yaml:2)
                """),
            plan.ToString());
        Assert.Equal("api", Assert.Single(plan.Operations.OfType<StopContainerOperation>()).Service);
        engine.Carry(plan.Operations);
    }

    [Fact]
    public void An_exited_container_is_reconnected_before_it_is_started()
    {
        (SimulatedEngine engine, StackPlan plan) = Plan(Pair, Changed, running => running.Change("lab-db-1", Exited));

        Assert.Contains("reconnect container lab-db-1: network lab_default is recreated\n", plan.ToString(), StringComparison.Ordinal);
        Assert.Contains("start container lab-db-1: exited with code 1\n", plan.ToString(), StringComparison.Ordinal);
        engine.Carry(plan.Operations);
    }

    [Fact]
    public void A_container_that_keeps_restarting_is_recreated_with_its_network()
    {
        StackPlan plan = Plan(Pair, Changed, running => running.Change("lab-api-1", container => container with { State = ContainerState.Restarting })).Plan;

        Assert.Contains("recreate container lab-api-1: network lab_default is recreated\n", plan.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_container_that_is_not_in_a_network_of_its_service_is_connected()
    {
        (SimulatedEngine engine, StackPlan plan) = Plan(Pair, Pair, running => running.Change(
            "lab-api-1", container => container with { Networks = new Dictionary<string, ContainerNetwork>() }));

        Assert.Equal("connect container lab-api-1: it is not in network lab_default\n", plan.ToString());
        engine.Carry(plan.Operations);
        Assert.Equal("nothing to do\n", engine.Plan(Projects.Load(Pair)).ToString());
    }

    [Fact]
    public void An_exited_container_whose_network_was_replaced_is_connected_to_the_new_one()
    {
        (SimulatedEngine engine, StackPlan plan) = Plan(Pair, Pair, running => running.Change(
            "lab-db-1", container => Exited(container) with { Networks = new Dictionary<string, ContainerNetwork> { ["lab_default"] = new() { NetworkId = "gone", IpAddress = "" } } }));

        Assert.Equal("connect container lab-db-1: network lab_default was replaced\nstart container lab-db-1: exited with code 1\n", plan.ToString());
        engine.Carry(plan.Operations);
    }

    [Fact]
    public void A_reviewed_plan_shows_which_network_is_left_and_joined()
    {
        PlanRecord record = PlanRecord.Of(Plan(Pair, Changed).Plan);

        Assert.All(record.Operations.Where(step => step.Kind is OperationKind.DisconnectNetwork), step => Assert.Contains("network id", step.State.Keys));
        Assert.Equal(2, record.Operations.Count(step => step.Kind == OperationKind.DisconnectNetwork));
    }

    private static (SimulatedEngine Engine, StackPlan Plan) Plan(string? before, string after, Action<SimulatedEngine>? change = null)
    {
        ComposeProject wanted = Projects.Load(after);
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(wanted);
        if (before is not null)
        {
            engine.Start(Projects.Load(before));
            change?.Invoke(engine);
        }

        return (engine, engine.Plan(wanted));
    }

    private static ContainerSummary Exited(ContainerSummary container) => container with { State = ContainerState.Exited, ExitCode = 1 };
}
