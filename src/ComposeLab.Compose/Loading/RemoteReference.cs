using System.Text.RegularExpressions;

namespace ComposeLab.Compose.Loading;

/// <summary>A Compose file on another machine: a project in a registry (<c>oci://...</c>) or in a git repository.</summary>
/// <param name="Text">The reference as written.</param>
/// <param name="IsGit">Whether it is in a git repository.</param>
/// <param name="Address">The name in the registry, without the scheme, or the address of the repository.</param>
/// <param name="Version">The branch, tag or commit of a repository; null for its default branch.</param>
/// <param name="Folder">The folder or file in the repository; null for its top.</param>
/// <param name="IsPinned">Whether it names its content, so that it is always the same: a digest or a whole commit id.</param>
public sealed partial record RemoteReference(string Text, bool IsGit, string Address, string? Version, string? Folder, bool IsPinned)
{
    private const string Registry = "oci://";

    /// <summary>Reads a path of a Compose file.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The reference; null if it is a path on this machine.</returns>
    public static RemoteReference? Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.StartsWith(Registry, StringComparison.Ordinal))
        {
            return new RemoteReference(path, false, path[Registry.Length..], null, null, Digest().IsMatch(path));
        }

        Match git = Git().Match(path);
        if (!git.Success)
        {
            return null;
        }

        string address = git.Groups["address"].Value;
        string? version = git.Groups["version"] is { Success: true, Length: > 0 } named ? named.Value : null;
        string? folder = git.Groups["folder"] is { Success: true, Length: > 0 } inside ? inside.Value : null;
        return new RemoteReference(
            path, true, address.StartsWith("github.com/", StringComparison.Ordinal) ? "https://" + address : address, version, folder, version is not null && Commit().IsMatch(version));
    }

    [GeneratedRegex("@sha256:[0-9a-f]{64}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Digest();

    [GeneratedRegex("^(?:[0-9a-f]{40}|[0-9a-f]{64})$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Commit();

    // Like docker compose, a web address is a repository only if it ends in .git.
    [GeneratedRegex(
        @"^(?<address>(?:https?://[^\s#]+\.git|(?:git|ssh|file)://[^\s#]+|git@[^\s#:]+:[^\s#]+|github\.com/[^\s#]+))(?:#(?<version>[^\s#:]*)(?::(?<folder>[^\s#]*))?)?$",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Git();
}

/// <summary>Fetches Compose files from other machines.</summary>
public interface IRemoteFiles
{
    /// <summary>Fetches a project with the files next to its Compose file.</summary>
    /// <param name="reference">The project.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The absolute path of its Compose file on this machine.</returns>
    string Fetch(RemoteReference reference, CancellationToken token);
}
