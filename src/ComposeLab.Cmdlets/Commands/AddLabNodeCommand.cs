using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engine.Docker;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Projects;
using ComposeLab.Swarm;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Adds engines to a swarm as workers or managers.</para>
/// <para type="description">Joins each engine to the swarm of the manager that -Context names, and waits until it is ready. The join token goes from the manager to the
/// engine and is never shown. For an engine that cannot be reached from here, -ShowCommand returns the docker command to type on it; that command contains the
/// token.</para>
/// </summary>
/// <example>
/// <summary><para>Adds two workers to the swarm of the current engine.</para></summary>
/// <code>Add-LabNode ssh://admin@10.0.0.2, ssh://admin@10.0.0.3</code>
/// </example>
/// <example>
/// <summary><para>Returns the command that makes another machine a manager. It contains a secret.</para></summary>
/// <code>Add-LabNode -ShowCommand -Role Manager</code>
/// </example>
[Cmdlet(VerbsCommon.Add, "LabNode", SupportsShouldProcess = true, DefaultParameterSetName = ByEngine)]
[OutputType(typeof(LabNode), ParameterSetName = [ByEngine])]
[OutputType(typeof(string), ParameterSetName = [AsCommand])]
public sealed class AddLabNodeCommand : LabSwarmCmdlet
{
    private const string ByEngine = "Engine";
    private const string AsCommand = "Command";

    /// <summary><para type="description">The engines to add: names of docker contexts, or addresses such as ssh://admin@10.0.0.2.</para></summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = ByEngine)]
    [EngineNames]
    [ArgumentCompleter(typeof(ContextCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] NodeContext { get; set; } = [];

    /// <summary><para type="description">Returns the docker command that adds an engine, to be typed on its machine. It contains the join token, which is a
    /// secret.</para></summary>
    [Parameter(Mandatory = true, ParameterSetName = AsCommand)]
    public SwitchParameter ShowCommand { get; set; }

    /// <summary><para type="description">Worker or Manager. Default: Worker.</para></summary>
    [Parameter]
    [OneValue]
    public LabNodeRole Role { get; set; }

    /// <summary><para type="description">The addresses of managers, with their ports, as the new nodes reach them. Default: those that the swarm knows.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] ManagerAddress { get; set; } = [];

    /// <summary><para type="description">The IP address or network interface under which other nodes reach the new one. Required if its machine has several
    /// addresses.</para></summary>
    [Parameter(ParameterSetName = ByEngine)]
    [ValidateNotNullOrEmpty]
    public string? AdvertiseAddress { get; set; }

    /// <summary><para type="description">How long a node may take to become ready, in seconds. Default: 60.</para></summary>
    [Parameter(ParameterSetName = ByEngine)]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 60;

    private protected override async Task RunAsync(EngineSession session, IPipelineOutput output, CancellationToken token)
    {
        IReadOnlyList<SwarmNode> nodes = await session.Engine.ListNodesAsync(token).ConfigureAwait(false);
        string[] managers = ManagerAddress.Length > 0
            ? ManagerAddress
            : [.. nodes.Where(node => node.ManagerStatus is { Reachability: "reachable" }).OrderBy(node => node.Name, StringComparer.Ordinal).Select(node => node.ManagerStatus!.Addr).OfType<string>()];
        if (ShowCommand)
        {
            await output.WriteAsync($"docker swarm join --token {await TokenAsync().ConfigureAwait(false)} {managers.FirstOrDefault() ?? "MANAGER:2377"}").ConfigureAwait(false);
            return;
        }

        foreach (string name in NodeContext.Distinct(StringComparer.Ordinal))
        {
            using EngineSession joining = await EngineSession.OpenAsync(new ProjectSelection { Location = "", Environment = ProcessEnvironment.Read(), Context = name }, token).ConfigureAwait(false);
            EngineDescription engine = await joining.Engine.DescribeAsync(token).ConfigureAwait(false);
            if (engine.IsInSwarm && nodes.All(node => node.Id != engine.SwarmNodeId))
            {
                throw SwarmNodes.InSwarm(name, engine);
            }

            if (engine.IsInSwarm)
            {
                output.Verbose($"{name} is already a node of this swarm.");
                await SwarmNodes.WriteAsync(session.Engine, engine.SwarmNodeId, output, token).ConfigureAwait(false);
                continue;
            }

            string action = $"Add the engine {name} ({engine.Host}) to the swarm as a {Role.ToString().ToLowerInvariant()}";
            if (!await output.ShouldProcessAsync(action, $"{action}?", "Add-LabNode").ConfigureAwait(false))
            {
                continue;
            }

            await joining.Engine.JoinSwarmAsync(
                new SwarmMembership { AdvertiseAddr = AdvertiseAddress, RemoteAddrs = managers, JoinToken = await TokenAsync().ConfigureAwait(false) }, token).ConfigureAwait(false);
            string id = (await joining.Engine.DescribeAsync(token).ConfigureAwait(false)).SwarmNodeId;
            await SwarmNodes.UntilAsync(
                session.Engine,
                swarm => swarm.Nodes.Any(node => node.Id == id && node.Status.State == "ready"),
                TimeSpan.FromSeconds(TimeoutSec),
                () => $"Node {engine.Host} did not become ready within {TimeoutSec} seconds.",
                token).ConfigureAwait(false);
            await SwarmNodes.WriteAsync(session.Engine, id, output, token).ConfigureAwait(false);
        }

        async Task<string> TokenAsync()
        {
            SwarmJoinTokens tokens = await session.Engine.ReadJoinTokensAsync(token).ConfigureAwait(false);
            return Role == LabNodeRole.Manager ? tokens.Manager : tokens.Worker;
        }
    }
}
