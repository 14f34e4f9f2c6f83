using System.Text.Json;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Tests.Hostile;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Preflight;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Planning;

/// <summary>Plans for projects with very many parts are made in time that grows with their size, not with its square.</summary>
public sealed class LargePlanTests
{
    // At these sizes, what is quadratic takes seconds, and what is linear less than a tenth of one; a busy machine needs more processor time for the same work.
    private const int Patience = 1_000;

    [Fact]
    public void Two_thousand_services_are_planned_and_saved_soon() =>
        Plans("services:\n" + Many(2_000, i => $"  s{i}: {{image: i, ports: ['{i + 1}:80']}}\n"), steps: 2_001, startOnly: true);

    [Fact]
    public void Five_hundred_services_are_stopped_restarted_and_removed_soon() =>
        Plans("services:\n" + Many(500, i => $"  s{i}: {{image: i, ports: ['{i + 1}:80']}}\n"), steps: 501);

    [Fact]
    public void Many_services_with_a_volume_and_a_network_each_are_planned_and_saved_soon() => Plans(
        "services:\n" + Many(300, i => $"  s{i}: {{image: i, volumes: ['v{i}:/d'], networks: [n{i}]}}\n")
            + "volumes: {" + Many(300, i => $"v{i}: ,") + "}\nnetworks: {" + Many(300, i => $"n{i}: ,") + "}\n",
        steps: 900);

    [Fact]
    public void A_long_chain_of_services_is_planned_and_saved_soon() =>
        Plans("services:\n" + Many(500, i => $"  s{i}: {{image: i{(i < 499 ? $", depends_on: [s{i + 1}]" : "")}}}\n"), steps: 501);

    [Fact]
    public void Two_hundred_services_of_which_each_waits_for_all_before_it_are_planned_and_saved_soon() => Plans(Dense(200), steps: 201, startOnly: true);

    [Fact]
    public void A_hundred_services_of_which_each_waits_for_all_before_it_are_stopped_restarted_and_removed_soon() => Plans(Dense(100), steps: 101);

    [Fact]
    public void Services_that_ended_do_not_multiply_the_steps_of_those_that_run()
    {
        ComposeProject project = Projects.Load(Dense(60));
        var engine = new SimulatedEngine().WithImagesOf(project);
        engine.Start(project);
        for (int number = 0; number < 59; number++)
        {
            engine.Change($"lab-s{number}-1", container => container with { State = ContainerState.Exited, Status = "Exited (0)", ExitCode = 0 });
        }

        StackPlan plan = Soon(() => StackPlanner.PlanRemove("lab", project, engine.State, new RemoveOptions()));
        Assert.All(plan.Operations, operation => Assert.InRange(operation.DependsOn.Count, 0, 60));
    }

    [Fact]
    public void A_range_of_ports_that_two_services_publish_is_one_finding()
    {
        ComposeProject project = Projects.Load("services: {a: {image: i, ports: ['1-65535:1-65535']}, b: {image: i, ports: ['1-65535:1-65535']}}");
        StackPlan plan = Soon(() => new SimulatedEngine().WithImagesOf(project).Plan(project));
        IReadOnlyList<PreflightFinding> findings = Soon(() => PortCheck.Find(WantedPort.Of(project, plan), plan, [], []));
        Assert.Contains("1-65535/tcp", Assert.Single(findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_meets_every_port_that_this_machine_listens_on()
    {
        ComposeProject project = Projects.Load("services: {a: {image: i, ports: ['1-65535:1-65535']}}");
        StackPlan plan = new SimulatedEngine().WithImagesOf(project).Plan(project);
        HostListener[] listeners = [.. Enumerable.Range(1, 20_000).Select(number => new HostListener("tcp", new(System.Net.IPAddress.Loopback, number * 2)))];
        Assert.Equal(20_000, Soon(() => PortCheck.Find(WantedPort.Of(project, plan), plan, [], listeners)).Count);
    }

    private static string Dense(int count) =>
        "services:\n" + Many(count, i => $"  s{i}: {{image: i, depends_on: [{string.Join(',', Enumerable.Range(0, i).Select(j => $"s{j}"))}]}}\n");

    private static string Many(int count, Func<int, string> text) => string.Concat(Enumerable.Range(0, count).Select(text));

    private static void Plans(string yaml, int steps, bool startOnly = false)
    {
        ComposeProject project = Projects.Load(yaml);
        var engine = new SimulatedEngine().WithImagesOf(project);
        StackPlan plan = Soon(() => engine.Plan(project));
        Assert.Equal(steps, plan.Steps.Count);
        Soon(() => plan.ToString());
        // The seals are slow on purpose.
        PlanRecord saved = Soon(() => PlanRecord.Of(plan, "00", rounds: 1));
        Assert.Empty(Soon(() => saved.Differences(plan)));
        Soon(() => JsonSerializer.Serialize(saved));
        Soon(() => PortCheck.Find(WantedPort.Of(project, plan), plan, [], []));

        if (startOnly)
        {
            return;
        }

        ObservedState state = After(project, plan);
        Assert.True(Soon(() => StackPlanner.PlanStart(project, state, new StartOptions(), engine.Info)).IsEmpty);
        Soon(() => StackPlanner.PlanStart(project, state, new StartOptions { ForceRecreate = true }, engine.Info));
        foreach (ComposeProject? files in new[] { project, null })
        {
            Soon(() => StackPlanner.PlanStop("lab", files, state, new StopOptions()));
            Soon(() => StackPlanner.PlanRemove("lab", files, state, new RemoveOptions { Volumes = true }));
            Soon(() => StackPlanner.PlanRestart("lab", files, state, new RestartOptions()));
            Soon(() => StackPlanner.PlanWait("lab", files, state, new WaitOptions()));
        }
    }

    // What the engine shows after the plan; the simulated engine looks every container up by its name.
    private static ObservedState After(ComposeProject project, StackPlan plan) => new()
    {
        Images = new SimulatedEngine().WithImagesOf(project).State.Images,
        Networks = [.. plan.Operations.OfType<CreateNetworkOperation>().Select(create => new NetworkSummary { Id = "id-" + create.Spec.Name, Name = create.Spec.Name, Driver = "bridge", Labels = create.Spec.Labels })],
        Volumes = [.. plan.Operations.OfType<CreateVolumeOperation>().Select(create => new VolumeSummary { Name = create.Spec.Name, Driver = "local", Labels = create.Spec.Labels })],
        Containers = [.. plan.Operations.OfType<CreateContainerOperation>().Select((create, index) => new ObservedContainer(new ContainerSummary
        {
            Id = $"{index:x12}" + new string('0', 52),
            Name = create.Spec.Name,
            Image = create.Spec.Image,
            ImageId = $"sha256:{create.Spec.Image}:1",
            Created = DateTimeOffset.UnixEpoch,
            State = ContainerState.Running,
            Health = HealthStatus.None,
            ExitCode = null,
            Status = "Up 1 second",
            Labels = create.Spec.Labels,
            Ports = [],
            Networks = create.Spec.Networks.Keys.ToDictionary(name => name, name => new ContainerNetwork { NetworkId = "id-" + name, IpAddress = "" }),
            Mounts = [.. create.Spec.Binds.Select(bind => bind.Split(':')).Select(parts => new ContainerMount { Type = "volume", Name = parts[0], Source = parts[0], Target = parts[1], Writable = true }),
                .. create.Spec.Mounts.Select(mount => new ContainerMount { Type = mount.Type, Name = mount.Source, Source = mount.Source, Target = mount.Target, Writable = true })],
        }))],
    };

    // Measured is the work of this thread: what else the machine does at the same time does not count.
    private static T Soon<T>(Func<T> work)
    {
        var before = ThreadTime.Now;
        T result = work();
        Assert.InRange((ThreadTime.Now - before).TotalMilliseconds, 0, Patience);
        return result;
    }
}
