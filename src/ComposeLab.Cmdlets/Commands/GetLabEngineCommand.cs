using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engine.Docker;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Projects;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Shows the Docker engines of the docker contexts, and whether they answer.</para>
/// <para type="description">Connects to all engines at the same time and shows version, platform, processors, memory and swarm state, or the reason why an engine does
/// not answer. The objects can be piped to the other cmdlets, which then use these engines.</para>
/// </summary>
/// <example>
/// <summary><para>Shows the engines of all docker contexts.</para></summary>
/// <code run="true">Get-LabEngine</code>
/// </example>
/// <example>
/// <summary><para>Shows the stacks of the engines that answer in one table.</para></summary>
/// <code>Get-LabEngine | Where-Object Reachable | Get-LabStack</code>
/// </example>
/// <example>
/// <summary><para>Shows how much disk an engine uses, through ssh.</para></summary>
/// <code>(Get-LabEngine ssh://admin@edge1 -Usage).Usage</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "LabEngine")]
[OutputType(typeof(LabEngine), typeof(bool))]
public sealed class GetLabEngineCommand : LabCmdlet
{
    private readonly List<Task<LabEngine>> _broken = [];
    private readonly List<EngineEndpoint> _endpoints = [];
    private IReadOnlyDictionary<string, string> _environment = new Dictionary<string, string>();
    private EngineEndpoint? _current;

    /// <summary><para type="description">Names of docker contexts, with wildcards, or addresses such as ssh://admin@edge1, tcp://host:2376 or unix:///path. Default: the
    /// engine of DOCKER_HOST or of this machine, and all docker contexts.</para></summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("Context")]
    [EngineNames]
    [ArgumentCompleter(typeof(ContextCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary><para type="description">Also measures the disk use of images, containers, volumes and build cache. This can take minutes on a large engine.</para></summary>
    [Parameter]
    public SwitchParameter Usage { get; set; }

    /// <summary><para type="description">Returns only whether all engines answer.</para></summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    private protected override bool RunsOnce => true;

    /// <inheritdoc/>
    protected override void Prepare()
    {
        _environment = ProcessEnvironment.Read();
        _current ??= OrNull(() => EngineEndpoint.Resolve(_environment));
        string[] known = [DockerContexts.DefaultName, .. new DockerContexts(_environment).Names];
        foreach (string name in Name)
        {
            IEnumerable<string> names = WildcardPattern.ContainsWildcardCharacters(name) && !name.Contains("://", StringComparison.Ordinal)
                ? known.Where(WildcardPattern.Get(name, WildcardOptions.IgnoreCase).IsMatch)
                : [name];
            foreach (string one in names)
            {
                Add(one, isNamed: one == name);
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        Task<LabEngine>[] asked = [.. _endpoints.Select(endpoint => Task.Run(() => AskAsync(endpoint, token), token)), .. _broken];
        if (Quiet)
        {
            LabEngine[] engines = await Task.WhenAll(asked).ConfigureAwait(false);
            await output.WriteAsync(engines.All(engine => engine.Reachable)).ConfigureAwait(false);
            return;
        }

        foreach (Task<LabEngine> engine in asked)
        {
            await output.WriteAsync(await engine.ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    // A context that cannot be used must not hide the others; one that was typed is an error.
    private void Add(string name, bool isNamed)
    {
        try
        {
            EngineEndpoint endpoint = EngineEndpoint.Resolve(_environment, name);
            if (_endpoints.TrueForAll(other => other.Name != endpoint.Name))
            {
                _endpoints.Add(endpoint);
            }
        }
        catch (ComposeLab.Engine.EngineException fault) when (!isNamed)
        {
            _broken.Add(Task.FromResult(EngineObject.Unusable(name, ErrorRecords.From(fault))));
        }
    }

    private static EngineEndpoint? OrNull(Func<EngineEndpoint> resolve)
    {
        try
        {
            return resolve();
        }
        catch (ComposeLab.Engine.EngineException)
        {
            return null;
        }
    }

    private async Task<LabEngine> AskAsync(EngineEndpoint endpoint, CancellationToken token)
    {
        var engine = new EngineObject(endpoint, endpoint.Name == _current?.Name);
        try
        {
            using IEngine connected = await EngineConnection.ConnectAsync(endpoint, token).ConfigureAwait(false);
            EngineDescription description = await connected.DescribeAsync(token).ConfigureAwait(false);
            return engine.Of(connected.Info, description, Usage ? await connected.MeasureDiskAsync(token).ConfigureAwait(false) : null);
        }
        catch (ComposeLab.Engine.EngineException fault)
        {
            return engine.Of(ErrorRecords.From(fault));
        }
    }
}
