using System.Text.RegularExpressions;

namespace ComposeLab.Engine.Registries;

/// <summary>The name of an artifact in a registry: <c>host/repository:tag</c>, with or without <c>@sha256:...</c>.</summary>
/// <param name="Host">Host and port of the registry.</param>
/// <param name="Repository">The repository in it.</param>
/// <param name="Tag">The tag; null if only the digest is named.</param>
/// <param name="Digest">The digest, including <c>sha256:</c>; null if only a tag is named.</param>
public sealed partial record RegistryReference(string Host, string Repository, string? Tag, string? Digest)
{
    /// <summary>The scheme of artifacts among Compose files.</summary>
    public const string Scheme = "oci://";

    private const string Hub = "registry-1.docker.io";

    /// <summary>What identifies the content: the digest, otherwise the tag.</summary>
    public string Version => Digest ?? Tag!;

    /// <summary>Whether the registry is on this machine, where docker uses no encryption either.</summary>
    public bool IsLocal => Host.Split(':')[0] is "localhost" or "[" || Host.StartsWith("127.", StringComparison.Ordinal) || Host.StartsWith("[::1]", StringComparison.Ordinal);

    /// <summary>The name under which docker keeps the credential.</summary>
    internal string CredentialName => Host == Hub ? Images.Credentials.ImageRegistry.Default : Host;

    /// <summary>Reads a name.</summary>
    /// <param name="text">The name, with or without <c>oci://</c>. Without a host, it is on Docker Hub; without tag and digest, it has the tag <c>latest</c>.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="EngineException">RegistryFailed: it is not a valid name.</exception>
    public static RegistryReference Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string name = text.StartsWith(Scheme, StringComparison.Ordinal) ? text[Scheme.Length..] : text;
        Match match = Form().Match(name);
        if (!match.Success)
        {
            throw new EngineException(
                EngineErrorId.RegistryFailed, $"'{text}' is not the name of an artifact in a registry.", "Use HOST/REPOSITORY:TAG, in lowercase, or HOST/REPOSITORY@sha256:DIGEST");
        }

        string? host = match.Groups["host"] is { Success: true } given ? given.Value : null;
        bool isHub = host is null or "docker.io" or "index.docker.io";
        string repository = match.Groups["repository"].Value;
        string? digest = match.Groups["digest"] is { Success: true } pinned ? pinned.Value : null;
        string? tag = match.Groups["tag"] is { Success: true } named ? named.Value : digest is null ? "latest" : null;
        return new RegistryReference(
            isHub ? Hub : host!, isHub && !repository.Contains('/', StringComparison.Ordinal) ? "library/" + repository : repository, tag, digest);
    }

    /// <summary>The name as it is written in a Compose file.</summary>
    /// <returns>The name, without the scheme.</returns>
    public override string ToString() => $"{(Host == Hub ? "docker.io" : Host)}/{Repository}{(Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";

    /// <summary>The address of a part of the registry.</summary>
    /// <param name="path">The path below the repository, such as <c>manifests/latest</c>.</param>
    /// <returns>The address.</returns>
    internal Uri At(string path) => new($"{(IsLocal ? "http" : "https")}://{Host}/v2/{Repository}/{path}");

    [GeneratedRegex(
        @"^(?:(?<host>(?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+|localhost|\[[0-9A-Fa-f:]+\]|[A-Za-z0-9-]+(?=:\d))(?::\d{1,5})?)/)?"
        + @"(?<repository>[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*)"
        + @"(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
