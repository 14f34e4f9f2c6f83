using System.Collections;
using System.Management.Automation;
using ComposeLab.Engine.Docker;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Swarm;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Changes the availability, role or labels of nodes of a swarm.</para>
/// <para type="description">With -Availability Drain, waits until the tasks of the node have ended; the swarm starts them on other nodes. Labels that are not named are
/// kept.</para>
/// </summary>
/// <example>
/// <summary><para>Moves all tasks away from a node, before maintenance.</para></summary>
/// <code>Set-LabNode node2 -Availability Drain</code>
/// </example>
/// <example>
/// <summary><para>Labels a node for the database, and removes another label.</para></summary>
/// <code>Set-LabNode node1 -Label @{ db = 'true'; old = $null }</code>
/// </example>
[Cmdlet(VerbsCommon.Set, "LabNode", SupportsShouldProcess = true)]
[OutputType(typeof(LabNode))]
public sealed class SetLabNodeCommand : LabNodeCmdlet
{
    /// <summary><para type="description">Whether the nodes get tasks. Active: yes. Pause: they keep their tasks and get no new ones. Drain: their tasks are
    /// moved.</para></summary>
    [Parameter]
    [OneValue]
    public LabNodeAvailability? Availability { get; set; }

    /// <summary><para type="description">Worker or Manager.</para></summary>
    [Parameter]
    [OneValue]
    public LabNodeRole? Role { get; set; }

    /// <summary><para type="description">Labels to set, such as @{ zone = 'a' }. $null removes a label.</para></summary>
    [Parameter]
    [Table]
    [ValidateNotNull]
    public Hashtable Label { get; set; } = [];

    /// <summary><para type="description">Returns without waiting until a drained node is empty.</para></summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    private protected override async Task RunAsync(EngineSession session, IPipelineOutput output, CancellationToken token)
    {
        IReadOnlyList<SwarmNode> nodes = await session.Engine.ListNodesAsync(token).ConfigureAwait(false);
        SwarmNode[] chosen = [.. Name.Distinct(StringComparer.Ordinal).Select(name => SwarmNodes.Find(name, nodes))];
        foreach (SwarmNode node in chosen)
        {
            SwarmNodeSpec spec = Changed(node.Spec);
            string[] changes = [.. Changes(node.Spec, spec)];
            string action = $"Set {string.Join(", ", changes)} of node {node.Name}";
            if (changes.Length > 0 && !await output.ShouldProcessAsync(action, $"{action}?", "Set-LabNode").ConfigureAwait(false))
            {
                continue;
            }

            if (changes.Length > 0)
            {
                await session.Engine.UpdateNodeAsync(node.Id, node.Version.Index, spec, token).ConfigureAwait(false);
            }

            if (Availability == LabNodeAvailability.Drain && !NoWait)
            {
                await SwarmNodes.DrainedAsync(session.Engine, node, TimeoutSec, token).ConfigureAwait(false);
            }

            if (PassThru)
            {
                await SwarmNodes.WriteAsync(session.Engine, node.Id, output, token).ConfigureAwait(false);
            }
        }
    }

    private SwarmNodeSpec Changed(SwarmNodeSpec spec)
    {
        var labels = new Dictionary<string, string>(spec.Labels ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Label)
        {
            string key = $"{entry.Key}";
            if (entry.Value is null)
            {
                labels.Remove(key);
            }
            else
            {
                labels[key] = $"{entry.Value}";
            }
        }

        return spec with
        {
            Labels = labels,
            Availability = Availability?.ToString().ToLowerInvariant() ?? spec.Availability,
            Role = Role?.ToString().ToLowerInvariant() ?? spec.Role,
        };
    }

    private static IEnumerable<string> Changes(SwarmNodeSpec before, SwarmNodeSpec after)
    {
        if (before.Availability != after.Availability)
        {
            yield return $"availability {after.Availability}";
        }

        if (before.Role != after.Role)
        {
            yield return $"role {after.Role}";
        }

        IReadOnlyDictionary<string, string> old = before.Labels ?? new Dictionary<string, string>();
        foreach (string key in old.Keys.Union(after.Labels!.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).Where(key => old.GetValueOrDefault(key) != after.Labels.GetValueOrDefault(key)))
        {
            yield return after.Labels.TryGetValue(key, out string? value) ? $"label {key}={value}" : $"label {key} (removed)";
        }
    }
}
