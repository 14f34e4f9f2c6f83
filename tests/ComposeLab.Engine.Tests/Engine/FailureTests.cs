using System.Net;
using System.Net.Sockets;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Engine;

[Trait("Needs", "Engine")]
[Collection(EngineCollection.Name)]
public sealed class FailureTests(EngineFixture fixture)
{
    private const string Waiting = """
        services:
          api: { image: IMAGE, network_mode: host, init: true, depends_on: { db: { condition: service_healthy } } }
          db:
            image: IMAGE
            network_mode: host
            init: true
            command: ["sh", "-c", "echo starting up; exec sleep 600"]
            healthcheck: { test: ["CMD-SHELL", "echo no answer; test -e /tmp/up"], interval: 100ms, timeout: 2s, retries: 2 }
        """;

    [Fact]
    public async Task An_unhealthy_dependency_fails_the_start_with_its_output()
    {
        await using var stack = new TestStack(fixture.Engine);

        var fault = await Assert.ThrowsAsync<EngineException>(() => stack.StartAsync(Waiting));

        Assert.Equal((EngineErrorId.ServiceUnhealthy, "db"), (fault.Id, fault.Service));
        Assert.Contains("no answer", fault.Evidence!.Probes[^1].Output, StringComparison.Ordinal);
        Assert.Contains("starting up", fault.Evidence.LogTail);
        Assert.Equal(ContainerState.Created, (await stack.InspectAsync("api")).State);
    }

    [Theory]
    [InlineData("service_healthy")]
    [InlineData("service_completed_successfully")]
    public async Task A_dependency_that_exits_fails_the_start_with_its_code_and_log(string condition)
    {
        await using var stack = new TestStack(fixture.Engine);

        var fault = await Assert.ThrowsAsync<EngineException>(() => stack.StartAsync($$"""
            services:
              api: { image: IMAGE, network_mode: host, depends_on: { job: { condition: {{condition}} } } }
              job: { image: IMAGE, network_mode: host, command: ["sh", "-c", "echo giving up; exit 7"], healthcheck: { test: "false", interval: 30s } }
            """));

        Assert.True(fault.Id == EngineErrorId.ServiceExited, fault.ToString());
        Assert.Equal((EngineErrorId.ServiceExited, "job", 7), (fault.Id, fault.Service, fault.Evidence?.ExitCode));
        Assert.Equal(["giving up"], fault.Evidence!.LogTail);
    }

    [Fact]
    public async Task An_optional_dependency_that_fails_is_a_warning()
    {
        await using var stack = new TestStack(fixture.Engine);

        await stack.StartAsync(
            """
            services:
              api: { image: IMAGE, network_mode: host, init: true, depends_on: { job: { condition: service_completed_successfully, required: false } } }
              job: { image: IMAGE, network_mode: host, command: ["sh", "-c", "exit 7"] }
            """,
            new StartOptions { NoWait = true });

        Assert.Equal(ContainerState.Running, (await stack.InspectAsync("api")).State);
        Assert.Contains(stack.Events.Warnings, warning => warning.Contains("exited with code 7", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("exit 3", "no")]
    [InlineData("sleep 0.1; exit 3", "no")]
    [InlineData("exit 3", "always")]
    public async Task A_service_that_exits_right_after_its_start_is_a_failure(string command, string restart)
    {
        await using var stack = new TestStack(fixture.Engine);

        var fault = await Assert.ThrowsAsync<EngineException>(() => stack.StartAsync($$"""
            services: { web: { image: IMAGE, network_mode: host, command: ["sh", "-c", "{{command}}"], restart: "{{restart}}" } }
            """));

        Assert.Equal((EngineErrorId.ServiceExited, "web", 3), (fault.Id, fault.Service, fault.Evidence?.ExitCode));
    }

    [Fact]
    public async Task A_service_that_is_not_healthy_in_time_is_reported_with_the_last_state()
    {
        await using var stack = new TestStack(fixture.Engine);

        var fault = await Assert.ThrowsAsync<EngineException>(() => stack.StartAsync(
            Waiting.Replace("100ms", "30s", StringComparison.Ordinal), new StartOptions { ReadyLimit = TimeSpan.FromMilliseconds(700) }));

        Assert.Equal((EngineErrorId.TimedOut, "db"), (fault.Id, fault.Service));
        Assert.Contains("starting", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_that_is_canceled_returns_and_the_next_one_converges()
    {
        await using var stack = new TestStack(fixture.Engine);
        string yaml = Waiting.Replace("100ms", "30s", StringComparison.Ordinal);
        StackPlan plan = await stack.Stacks.PlanStartAsync(stack.Load(yaml), new StartOptions(), stack.Token);
        foreach (string moment in new[] { "creating", "waiting" })
        {
            using var stop = new CancellationTokenSource();
            var events = new WatchedEvents(happened => happened.Status == moment, stop.Cancel);

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stack.Stacks.ExecuteAsync(plan, events, stop.Token).WaitAsync(TimeSpan.FromSeconds(20)));

            plan = await stack.Stacks.PlanStartAsync(stack.Load(yaml), new StartOptions(), stack.Token);
        }

        Task start = stack.Stacks.ExecuteAsync(plan, stack.Events, stack.Token);
        await stack.RunWhenUpAsync("db", "touch /tmp/up");
        await start;
        Assert.Equal(ContainerState.Running, (await stack.InspectAsync("api")).State);
    }

    [Fact]
    public async Task A_container_that_is_killed_between_plan_and_execution_is_planned_again()
    {
        const string Yaml = "services: { db: { image: IMAGE, network_mode: host, init: true } }";
        await using var stack = new TestStack(fixture.Engine);
        await stack.StartAsync(Yaml);
        StackPlan plan = await stack.Stacks.PlanStartAsync(stack.Load(Yaml), new StartOptions(), stack.Token);
        Assert.True(plan.IsEmpty);
        await fixture.Engine.KillContainerAsync((await stack.InspectAsync("db")).Id, "SIGKILL", stack.Token);
        while ((await stack.InspectAsync("db")).State == ContainerState.Running)
        {
            // The engine answers before the container has ended.
            await Task.Yield();
        }

        await stack.Stacks.ExecuteAsync(plan, stack.Events, stack.Token);

        Assert.Equal(ContainerState.Running, (await stack.InspectAsync("db")).State);
    }

    [Fact]
    public async Task A_container_that_is_removed_between_plan_and_execution_is_planned_again()
    {
        const string Yaml = "services: { db: { image: IMAGE, network_mode: host, init: true, environment: { A: one } } }";
        await using var stack = new TestStack(fixture.Engine);
        await stack.StartAsync(Yaml);
        await stack.Stacks.ExecuteAsync(await stack.Stacks.PlanStopAsync(stack.Name, null, new StopOptions(), stack.Token), stack.Events, stack.Token);
        StackPlan plan = await stack.Stacks.PlanStartAsync(stack.Load(Yaml), new StartOptions(), stack.Token);
        await fixture.Engine.RemoveContainerAsync((await stack.InspectAsync("db")).Id, force: true, anonymousVolumes: false, stack.Token);

        await stack.Stacks.ExecuteAsync(plan, stack.Events, stack.Token);

        Assert.Equal(ContainerState.Running, (await stack.InspectAsync("db")).State);
    }

    [Fact]
    public async Task Parallel_starts_result_in_one_stack()
    {
        const string Yaml = """
            services:
              a: { image: IMAGE, init: true, volumes: ["data:/data"] }
              b: { image: IMAGE, init: true, depends_on: [a] }
            volumes: { data: }
            """;
        await using var stack = new TestStack(fixture.Engine);

        ComposeProject project = stack.Load(Yaml);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
            await stack.Stacks.ExecuteAsync(await stack.Stacks.PlanStartAsync(project, new StartOptions(), stack.Token), stack.Events, stack.Token))));

        Assert.Equal(2, (await stack.Stacks.ListServicesAsync(stack.Name, stack.Token)).Count);
        Assert.Single(await fixture.Engine.ListNetworksAsync([$"{StackLabels.Project}={stack.Name}"], stack.Token));
        Assert.True((await stack.Stacks.PlanStartAsync(stack.Load(Yaml), new StartOptions(), stack.Token)).IsEmpty);
    }

    [Fact]
    public async Task A_start_that_hangs_does_not_prevent_others_from_removing_the_stack()
    {
        await using var stack = new TestStack(fixture.Engine);
        StackPlan plan = await stack.Stacks.PlanStartAsync(stack.Load(Waiting.Replace("100ms", "60s", StringComparison.Ordinal)), new StartOptions(), stack.Token);
        var waits = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task start = stack.Stacks.ExecuteAsync(plan, new WatchedEvents(happened => happened.Status == "waiting", waits.SetResult), stack.Token);
        await waits.Task.WaitAsync(stack.Token);

        await stack.Stacks.ExecuteAsync(
            await stack.Stacks.PlanRemoveAsync(stack.Name, null, new RemoveOptions(), stack.Token), stack.Events, stack.Token);

        EngineException fault = await Assert.ThrowsAsync<EngineException>(() => start);
        Assert.True(fault.Id == EngineErrorId.ServiceExited, fault.ToString());
        Assert.Empty(await stack.Stacks.ListServicesAsync(stack.Name, stack.Token));
    }

    [Fact]
    public async Task Ports_in_use_are_reported_with_their_owner_before_anything_changes()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int byProcess = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var other = new TestStack(fixture.Engine);
        await other.StartAsync("services: { web: { image: IMAGE, init: true, ports: [\"127.0.0.1::80\"] } }");
        int byContainer = (await other.Stacks.ListServicesAsync(other.Name, other.Token)).Single().Summary.Ports.Single(port => port.HostPort is not null).HostPort!.Value;
        await using var stack = new TestStack(fixture.Engine);

        var fault = await Assert.ThrowsAsync<EngineException>(() => stack.StartAsync($$"""
            services:
              one: { image: IMAGE, ports: ["{{byProcess}}:80"] }
              two: { image: IMAGE, ports: ["127.0.0.1:{{byContainer}}:80"] }
            """));

        Assert.Equal(EngineErrorId.PreflightFailed, fault.Id);
        Assert.All(fault.Findings, finding => Assert.Equal(EngineErrorId.PortAlreadyAllocated, finding.Id));
        Assert.Contains($"process {System.Environment.ProcessId}", fault.Findings[0].Message, StringComparison.Ordinal);
        Assert.Equal(2, fault.Findings[0].Line);
        Assert.Contains($"{other.Name}-web-1 of project '{other.Name}'", fault.Findings[1].Message, StringComparison.Ordinal);
        Assert.Empty(await fixture.Engine.ListNetworksAsync([$"{StackLabels.Project}={stack.Name}"], stack.Token));
    }

    [Fact]
    public async Task A_container_name_in_use_is_reported_with_all_other_problems_before_anything_changes()
    {
        await using var other = new TestStack(fixture.Engine);
        await using var stack = new TestStack(fixture.Engine);
        string name = $"{other.Name}-own";
        await other.StartAsync($"services: {{ web: {{ image: IMAGE, init: true, container_name: {name} }} }}");

        var fault = await Assert.ThrowsAsync<EngineException>(() => stack.StartAsync($$"""
            services:
              one: { image: IMAGE }
              two: { image: IMAGE, container_name: {{name}}, volumes: ["./missing.conf:/missing.conf"] }
            """));

        Assert.Equal([EngineErrorId.BindSourceMissing, EngineErrorId.ContainerNameInUse], fault.Findings.Select(finding => finding.Id));
        Assert.Contains($"'{name}' (service 'two') is already used by a container of project '{other.Name}'", fault.Findings[1].Message, StringComparison.Ordinal);
        Assert.Equal(3, fault.Findings[1].Line);
        Assert.Empty(await fixture.Engine.ListNetworksAsync([$"{StackLabels.Project}={stack.Name}"], stack.Token));
    }

    [Fact]
    public async Task A_port_of_a_container_that_is_replaced_is_free()
    {
        await using var stack = new TestStack(fixture.Engine);
        string yaml = $"services: {{ web: {{ image: IMAGE, init: true, ports: [\"127.0.0.1:{FreePort()}:80\"], environment: {{ A: one }} }} }}";
        await stack.StartAsync(yaml);

        StackPlan plan = await stack.StartAsync(yaml.Replace("one", "two", StringComparison.Ordinal));

        Assert.False(plan.IsEmpty);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
