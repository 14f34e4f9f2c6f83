using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Privileges;

/// <summary>Who may talk to the engine may do everything, read-only mount or not.</summary>
internal sealed class DockerSocketMountedRule() : ServiceRule(new RuleInfo(
    "DockerSocketMounted",
    Warning,
    Error,
    "the engine's socket mounted into a service: that is root on the host, read-only or not",
    "Put a proxy that allows single API calls in between, or allow it with a reason."))
{
    private static readonly string[] Sockets =
        ["/var/run/docker.sock", "/run/docker.sock", "/run/containerd/containerd.sock", "/run/podman/podman.sock", "/var/run/podman/podman.sock"];

    /// <summary>Whether a path of the host is an engine's socket.</summary>
    /// <param name="source">The path.</param>
    public static bool IsSocket(string source) => Sockets.Contains(source, StringComparer.Ordinal) || source.EndsWith("/docker.sock", StringComparison.Ordinal);

    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        if (service.UseApiSocket)
        {
            yield return RuleMatch(context, service, "use_api_socket", service.Node["use_api_socket"]!);
        }

        foreach ((MountDefinition mount, int index) in service.Volumes.Select((mount, index) => (mount, index)))
        {
            if (mount is { Type: MountType.Bind, Source: { } source } && IsSocket(source))
            {
                yield return RuleMatch(context, service, $"volumes[{index}]", mount.Node);
            }
        }
    }

    private static RuleMatch RuleMatch(RuleContext context, ServiceDefinition service, string path, Yaml.Node value) => context.At(
        service,
        path,
        value,
        $"{service.Name} holds the engine's socket: it can start a container that owns this machine, also through a read-only mount.",
        "Mount a socket proxy that allows only the calls it needs, or silence this with '# composelab: allow DockerSocketMounted reason'.");
}
