using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engine.Docker;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Projects;

namespace ComposeLab.Commands;

/// <summary>The base class of the cmdlets about a whole swarm, which need no project. Several contexts are several swarms, one after the other.</summary>
public abstract class LabSwarmCmdlet : LabCmdlet
{
    private readonly List<ProjectSelection> _selections = [];

    /// <summary><para type="description">The managers to use: names of docker contexts, or addresses such as ssh://admin@edge1. Default: DOCKER_HOST, the current docker
    /// context, or the engine of this machine. Accepts the property Engine of pipeline objects.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Engine")]
    [EngineNames]
    [ArgumentCompleter(typeof(ContextCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Context { get; set; } = [];

    /// <inheritdoc/>
    protected override void Prepare()
    {
        var selection = new ProjectSelection { Location = "", Environment = ProcessEnvironment.Read() };
        foreach (string name in Context.Distinct(StringComparer.Ordinal))
        {
            EngineEndpoint.Resolve(selection.Environment, name);
        }

        _selections.Clear();
        _selections.AddRange(Context.Length == 0 ? [selection] : Context.Distinct(StringComparer.Ordinal).Select(name => selection with { Context = name }));
    }

    /// <inheritdoc/>
    protected sealed override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        foreach (ProjectSelection selection in _selections)
        {
            using EngineSession session = await EngineSession.OpenAsync(selection, token).ConfigureAwait(false);
            await RunAsync(session, output, token).ConfigureAwait(false);
        }
    }

    /// <summary>The work for one swarm.</summary>
    /// <param name="session">A manager.</param>
    /// <param name="output">Receives objects, messages and questions.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes with the work.</returns>
    private protected abstract Task RunAsync(EngineSession session, IPipelineOutput output, CancellationToken token);
}
