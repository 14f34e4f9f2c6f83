using System.Management.Automation;
using ComposeLab.Engine.Docker;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Swarm;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Creates a swarm: makes an engine its first manager.</para>
/// <para type="description">Afterwards, Deploy-LabStack can deploy stacks to the engine, and Add-LabNode adds other engines. Containers that already run on the engine
/// are not affected.</para>
/// </summary>
/// <example>
/// <summary><para>Creates a swarm of one node, for this machine only.</para></summary>
/// <code>Initialize-LabSwarm -AdvertiseAddress 127.0.0.1 -ListenAddress 127.0.0.1</code>
/// </example>
/// <example>
/// <summary><para>Creates a swarm on another machine, and adds a second engine as a worker.</para></summary>
/// <code>Initialize-LabSwarm -Context ssh://admin@10.0.0.1 -AdvertiseAddress 10.0.0.1; Add-LabNode ssh://admin@10.0.0.2 -Context ssh://admin@10.0.0.1</code>
/// </example>
[Cmdlet(VerbsData.Initialize, "LabSwarm", SupportsShouldProcess = true)]
[OutputType(typeof(LabNode))]
public sealed class InitializeLabSwarmCommand : LabSwarmCmdlet
{
    /// <summary><para type="description">The IP address or network interface under which other nodes reach this one, optionally with a port. Required if the machine has
    /// several addresses.</para></summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? AdvertiseAddress { get; set; }

    /// <summary><para type="description">The IP address or network interface where the manager listens, optionally with a port. Default: all addresses, port
    /// 2377.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ListenAddress { get; set; }

    /// <summary><para type="description">The address ranges of overlay networks, such as 10.20.0.0/16. Default: 10.0.0.0/8.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] AddressPool { get; set; } = [];

    private protected override async Task RunAsync(EngineSession session, IPipelineOutput output, CancellationToken token)
    {
        EngineEndpoint endpoint = session.Engine.Info.Endpoint;
        EngineDescription engine = await session.Engine.DescribeAsync(token).ConfigureAwait(false);
        if (engine.IsInSwarm)
        {
            throw SwarmNodes.InSwarm(endpoint.Name, engine);
        }

        string action = $"Create a swarm with the engine {endpoint.Name} as its manager";
        if (!await output.ShouldProcessAsync(action, $"{action}?", "Initialize-LabSwarm").ConfigureAwait(false))
        {
            return;
        }

        var settings = new SwarmSettings { AdvertiseAddr = AdvertiseAddress, DefaultAddrPool = AddressPool.Length == 0 ? null : AddressPool };
        string node = await session.Engine.InitializeSwarmAsync(ListenAddress is null ? settings : settings with { ListenAddr = ListenAddress }, token).ConfigureAwait(false);
        await SwarmNodes.WriteAsync(session.Engine, node, output, token).ConfigureAwait(false);
    }
}
