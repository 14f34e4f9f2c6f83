using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Projects;
using ComposeLab.Stacks;
using ComposeLab.Swarm;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Lists the stacks on the engine.</para>
/// <para type="description">Shows every stack, running or not, including stacks created by docker compose, like docker compose ls. If the engine is a manager of a
/// swarm, the stacks of the swarm are listed too, like docker stack ls. Reads only the labels of the
/// containers; the Compose files are not needed.</para>
/// </summary>
/// <example>
/// <summary><para>Lists all stacks.</para></summary>
/// <code run="true">Get-LabStack</code>
/// </example>
/// <example>
/// <summary><para>Lists the stacks of all docker contexts in one table.</para></summary>
/// <code>Get-LabEngine | Get-LabStack</code>
/// </example>
/// <example>
/// <summary><para>Stops the stacks whose names start with test.</para></summary>
/// <code>Get-LabStack test* | Stop-LabStack</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "LabStack")]
[OutputType(typeof(LabStack))]
public sealed class GetLabStackCommand : LabCmdlet
{
    private readonly List<string?> _engines = [];
    private IReadOnlyDictionary<string, string> _environment = new Dictionary<string, string>();

    /// <summary><para type="description">The project names. Default: all. It is an error if a stack with a name without wildcards does not exist.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProjectNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] ProjectName { get; set; } = ["*"];

    /// <summary><para type="description">The Docker engines to list, all at the same time: names of docker contexts, or addresses such as ssh://admin@edge1. Default:
    /// DOCKER_HOST, the current docker context, or the engine of this machine. Accepts the objects of Get-LabEngine and names from the pipeline.</para></summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Engine")]
    [EngineNames]
    [ArgumentCompleter(typeof(ContextCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Context { get; set; } = [];

    /// <inheritdoc/>
    private protected override bool RunsOnce => true;

    /// <inheritdoc/>
    private protected override bool EndsWithFault => false;

    /// <inheritdoc/>
    protected override void Prepare()
    {
        _environment = ProcessEnvironment.Read();
        if (!IsGiven(nameof(Context)))
        {
            _engines.Add(null);
            return;
        }

        foreach (string name in Context.Where(name => !_engines.Contains(name)))
        {
            EngineEndpoint.Resolve(_environment, name);
            _engines.Add(name);
        }
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        var selection = new ProjectSelection { Location = "", Environment = _environment };
        Task<(string Name, IReadOnlyList<ObservedStack> Stacks, IReadOnlyList<LabStack> Deployed)>[] reads = [.. _engines.Select(engine => Task.Run(() => ReadAsync(selection with { Context = engine }, token), token))];
        var names = new NamePatterns(ProjectName);
        List<ObservedStack> all = [];
        List<string> deployed = [];
        bool isComplete = true;
        foreach (Task<(string Name, IReadOnlyList<ObservedStack> Stacks, IReadOnlyList<LabStack> Deployed)> read in reads)
        {
            try
            {
                (string engine, IReadOnlyList<ObservedStack> stacks, IReadOnlyList<LabStack> swarm) = await read.ConfigureAwait(false);
                all.AddRange(stacks);
                deployed.AddRange(swarm.Select(stack => stack.ProjectName));
                foreach (ObservedStack stack in stacks.Where(stack => names.Match(stack.Name)))
                {
                    await output.WriteAsync(StackObjects.Of(stack, engine)).ConfigureAwait(false);
                }

                foreach (LabStack stack in swarm.Where(stack => names.Match(stack.ProjectName)))
                {
                    await output.WriteAsync(stack).ConfigureAwait(false);
                }
            }
            catch (EngineException fault) when (reads.Length > 1)
            {
                isComplete = false;
                await output.WriteErrorAsync(ErrorRecords.From(fault)).ConfigureAwait(false);
            }
        }

        foreach (string missing in isComplete ? names.Unmatched(all.Select(stack => stack.Name).Concat(deployed)) : [])
        {
            await output.WriteErrorAsync(ErrorRecords.From(StackTarget.Missing(missing, all))).ConfigureAwait(false);
        }
    }

    private static async Task<(string Name, IReadOnlyList<ObservedStack> Stacks, IReadOnlyList<LabStack> Deployed)> ReadAsync(ProjectSelection selection, CancellationToken token)
    {
        using EngineSession session = await EngineSession.OpenAsync(selection, token).ConfigureAwait(false);
        string name = session.Engine.Info.Endpoint.Name;
        Task<IReadOnlyList<ServiceRollout>> rollouts = session.Stacks.FindRolloutsAsync(null, token);
        IReadOnlyList<ObservedStack> stacks = await session.Stacks.ListStacksAsync(token).ConfigureAwait(false);
        return (name, stacks, [.. (await rollouts.ConfigureAwait(false)).GroupBy(rollout => rollout.Stack, StringComparer.Ordinal).Select(group => SwarmObjects.Of([.. group], name))]);
    }
}
