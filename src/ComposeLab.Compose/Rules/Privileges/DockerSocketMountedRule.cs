using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Privileges;

/// <summary>Access to the engine is root access, even through a read-only mount.</summary>
internal sealed class DockerSocketMountedRule() : ServiceRule(new RuleInfo(
    "DockerSocketMounted",
    Warning,
    Error,
    "the engine's socket mounted into a service, which gives it root access to the host, read-only or not",
    "Use a socket proxy that allows only some API calls, or allow it with a reason."))
{
    private static readonly string[] Sockets =
        ["/var/run/docker.sock", "/run/docker.sock", "/run/containerd/containerd.sock", "/run/podman/podman.sock", "/var/run/podman/podman.sock"];

    /// <summary>Whether a host path is an engine's socket.</summary>
    /// <param name="source">The path.</param>
    public static bool IsSocket(string source) => Sockets.Contains(source, StringComparer.Ordinal) || source.EndsWith("/docker.sock", StringComparison.Ordinal) || IsPipe(source);

    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        if (service.UseApiSocket)
        {
            yield return RuleMatch(context, service, "use_api_socket", service.Node["use_api_socket"]!);
        }

        foreach ((MountDefinition mount, int index) in service.Volumes.Select((mount, index) => (mount, index)))
        {
            if (mount is { Type: MountType.Bind or MountType.Npipe, Source: { } source } && IsSocket(source))
            {
                yield return RuleMatch(context, service, $"volumes[{index}]", mount.Node);
            }
        }
    }

    private static bool IsPipe(string source) =>
        source.Replace('\\', '/') is var path && path.StartsWith("//./pipe/", StringComparison.Ordinal) && path.Contains("docker", StringComparison.OrdinalIgnoreCase);

    private static RuleMatch RuleMatch(RuleContext context, ServiceDefinition service, string path, Yaml.Node value) => context.At(
        service,
        path,
        value,
        $"{service.Name} has access to the engine's socket: it can start a container with full control of this machine, even through a read-only mount.",
        "Mount a socket proxy that allows only the calls it needs, or allow it with '# composelab: allow DockerSocketMounted reason'.");
}
