namespace ComposeLab.Engine.Docker;

/// <summary>The address of the engine, and the setting it comes from.</summary>
/// <param name="Address">The address: <c>unix:</c>, <c>tcp:</c>, <c>http:</c> or <c>npipe:</c>.</param>
/// <param name="Source">The setting, for messages: <c>DOCKER_HOST</c>, <c>context colima</c>, <c>default</c>.</param>
public sealed record EngineEndpoint(Uri Address, string Source)
{
    /// <summary>The socket of a standard installation on Linux and macOS.</summary>
    public const string DefaultUnixSocket = "unix:///var/run/docker.sock";

    /// <summary>The pipe of a standard installation on Windows.</summary>
    public const string DefaultPipe = "npipe://./pipe/docker_engine";

    /// <summary>Whether the engine is on this machine, so that its paths and ports are this machine's.</summary>
    public bool IsLocal => Address.Scheme is "unix" or "npipe";

    /// <summary>Finds the endpoint like the docker client: an explicit host, DOCKER_HOST, the current docker context, the default.</summary>
    /// <param name="environment">The OS environment; DOCKER_HOST, DOCKER_CONTEXT, DOCKER_CONFIG and HOME or USERPROFILE are read.</param>
    /// <param name="host">An address that overrides all settings, or null.</param>
    /// <returns>The endpoint; nothing is contacted.</returns>
    /// <exception cref="EngineException">EngineUnreachable: the address is not valid, or the context does not exist.</exception>
    public static EngineEndpoint Resolve(IReadOnlyDictionary<string, string> environment, string? host = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (!string.IsNullOrWhiteSpace(host))
        {
            return Parse(host, "the specified host");
        }

        if (environment.TryGetValue("DOCKER_HOST", out string? fromEnvironment) && fromEnvironment.Length > 0)
        {
            return Parse(fromEnvironment, "DOCKER_HOST");
        }

        var contexts = new DockerContexts(environment);
        string? current = contexts.CurrentName;
        return current is null
            ? Parse(OperatingSystem.IsWindows() ? DefaultPipe : DefaultUnixSocket, "default")
            : Parse(contexts.HostOf(current), $"context {current}");
    }

    /// <summary>The address as text.</summary>
    /// <returns>The address followed by its source.</returns>
    public override string ToString() => $"{Address.OriginalString} ({Source})";

    private static EngineEndpoint Parse(string text, string source)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw Unusable(text, source, "it is blank");
        }

        if (text.Any(character => char.IsWhiteSpace(character) || char.IsControl(character) || character is ',' or ';'))
        {
            throw Unusable(text, source, "it contains spaces or several addresses");
        }

        string address = text.Contains("://", StringComparison.Ordinal) ? text : "tcp://" + text;
        if (address.StartsWith("npipe:////./pipe/", StringComparison.OrdinalIgnoreCase))
        {
            // Docker's own format; the client library supports only the other one.
            address = "npipe://./pipe/" + address["npipe:////./pipe/".Length..];
        }

        if (text.StartsWith("npipe:", StringComparison.OrdinalIgnoreCase) && !OperatingSystem.IsWindows())
        {
            throw Unusable(text, source, "named pipes exist only on Windows");
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri))
        {
            throw Unusable(text, source, "it is not an address");
        }

        return uri.Scheme switch
        {
            "unix" when uri.AbsolutePath.Length <= 1 => throw Unusable(text, source, "it contains no socket path"),
            "tcp" or "http" when uri.Host.Length == 0 || uri.UserInfo.Length > 0 || uri.AbsolutePath.Length > 1 =>
                throw Unusable(text, source, "only a host and a port are allowed after the scheme"),
            "unix" or "tcp" or "http" or "npipe" => new EngineEndpoint(uri, source),
            "ssh" => throw Unusable(text, source, "ssh is not supported"),
            _ => throw Unusable(text, source, $"the scheme '{uri.Scheme}' is unknown"),
        };
    }

    private static EngineException Unusable(string text, string source, string why) => new(
        EngineErrorId.EngineUnreachable,
        $"The engine address '{text}' (from {source}) is not valid: {why}. Use unix://PATH or tcp://HOST:PORT.",
        $"Set DOCKER_HOST, for example: $env:DOCKER_HOST = '{DefaultUnixSocket}'");
}
