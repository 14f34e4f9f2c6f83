using System.Diagnostics.CodeAnalysis;
using ComposeLab.Compose.Normalizing;

namespace ComposeLab.Stacks;

/// <summary>An end of a copy: a path of this machine, or a path in a container of a service, <c>db:/var/log</c>.</summary>
/// <param name="Service">The service; null for this machine.</param>
/// <param name="Path">The path.</param>
internal sealed record CopyAddress(string? Service, string Path)
{
    /// <summary>Whether it is in a container.</summary>
    [MemberNotNullWhen(true, nameof(Service))]
    public bool IsInContainer => Service is not null;

    /// <summary>Reads an address. A path that starts with a dot, a separator or a drive letter is one of this machine, even if it contains a colon.</summary>
    /// <param name="text">The address.</param>
    /// <param name="host">The rules of this host.</param>
    /// <returns>Its parts.</returns>
    public static CopyAddress Parse(string text, HostPaths host)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        bool isLocal = colon <= 0 || text[0] is '.' or '/' or '\\' or '~' || host.IsAbsolute(text);
        return isLocal ? new CopyAddress(null, text) : new CopyAddress(text[..colon], text[(colon + 1)..]);
    }
}
