using System.Globalization;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Tests.Support;

/// <summary>
/// A stack of one test, in a separate directory; it is removed completely after the test, also if it fails. Services whose network does not matter use the
/// machine's (<c>network_mode: host</c>), because a container without its own starts in half the time.
/// </summary>
internal sealed class TestStack : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _limit;
    private readonly IEngine _engine;

    /// <summary>Prepares a stack.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="limit">The longest the test may take; null for a minute.</param>
    public TestStack(IEngine engine, TimeSpan? limit = null)
    {
        _limit = new CancellationTokenSource(limit ?? Limit);
        _engine = engine;
        Name = string.Create(CultureInfo.InvariantCulture, $"cltest-{Guid.NewGuid():N}")[..18];
        Directory = System.IO.Directory.CreateTempSubdirectory(Name + "-").FullName;
        Stacks = new StackEngine(engine, new NoImages());
    }

    /// <summary>The project's name.</summary>
    public string Name { get; }

    /// <summary>The project directory.</summary>
    public string Directory { get; }

    /// <summary>Plans and carries out.</summary>
    public StackEngine Stacks { get; }

    /// <summary>What happened so far.</summary>
    public RecordedEvents Events { get; } = new();

    /// <summary>Ends what takes longer than a test may.</summary>
    public CancellationToken Token => _limit.Token;

    /// <summary>Loads the project; <c>IMAGE</c> stands for the small image.</summary>
    /// <param name="yaml">The compose file.</param>
    /// <param name="environment">The variables it sees.</param>
    public ComposeProject Load(string yaml, IReadOnlyDictionary<string, string>? environment = null) =>
        Projects.LoadFrom(Directory, yaml.Replace("IMAGE", EngineFixture.Image, StringComparison.Ordinal), environment, Name);

    /// <summary>Starts the project.</summary>
    /// <param name="yaml">The compose file.</param>
    /// <param name="options">How it is started.</param>
    /// <param name="environment">The variables it sees.</param>
    public async Task<StackPlan> StartAsync(string yaml, StartOptions? options = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        StackPlan plan = await Stacks.PlanStartAsync(Load(yaml, environment), options ?? new StartOptions(), Token);
        await Stacks.ExecuteAsync(plan, Events, Token);
        return plan;
    }

    /// <summary>Reads the engine's own words about the first container of a service.</summary>
    /// <param name="service">The service.</param>
    public async Task<ContainerDetails> InspectAsync(string service) =>
        await _engine.InspectContainerAsync($"{Name}-{service}-1", Token) ?? throw new InvalidOperationException($"There is no container of service '{service}'.");

    /// <summary>Runs a command in the first container of a service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="command">The command, for a shell.</param>
    /// <returns>What it printed, without the last line's end.</returns>
    public async Task<string> RunAsync(string service, string command)
    {
        ExecResult result = await ExecRunner.RunAsync(
            _engine, $"{Name}-{service}-1", new ExecSpec { Command = ["/bin/sh", "-c", command] }, Token);
        return (result.Output + result.Error).TrimEnd('\n');
    }

    /// <summary>Runs a command in the first container of a service as soon as that runs.</summary>
    /// <param name="service">The service.</param>
    /// <param name="command">The command, for a shell.</param>
    public async Task RunWhenUpAsync(string service, string command)
    {
        await using var watch = new StackWatch(_engine, Name, Token);
        while (true)
        {
            Task changed = watch.Changed;
            if (await watch.LookAsync($"{Name}-{service}-1", Token) is { State: ContainerState.Running })
            {
                await RunAsync(service, command);
                return;
            }

            await StackWatch.NextAsync(changed, TimeSpan.FromSeconds(1), Token);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        StackPlan plan = await Stacks.PlanRemoveAsync(
            Name, null, new RemoveOptions { Volumes = true, RemoveOrphans = true, StopLimit = TimeSpan.Zero }, limit.Token);
        await Stacks.ExecuteAsync(plan, new RecordedEvents(), limit.Token);
        System.IO.Directory.Delete(Directory, recursive: true);
        _limit.Dispose();
    }
}
