using System.Globalization;

namespace ComposeLab.Engine.Preflight;

/// <summary>
/// Names the processes that hold ports, as far as this user may see it. Linux tells; other systems do not without help. The machine is read once, when the first name is needed.
/// </summary>
internal sealed class PortHolder
{
    private const int LocalAddressColumn = 1;
    private const int StateColumn = 3;
    private const int InodeColumn = 9;
    private const string Listening = "0A";
    private const string SocketPrefix = "socket:[";

    private readonly Lazy<IReadOnlyDictionary<string, string>> _owners = new(Owners);
    private readonly Dictionary<string, ILookup<int, string>> _inodes = new(StringComparer.Ordinal);

    /// <summary>Names the process.</summary>
    /// <param name="protocol"><c>tcp</c> or <c>udp</c>.</param>
    /// <param name="port">The port.</param>
    /// <returns><c>nginx (process 4711)</c>, or <c>a process</c> where it cannot be known.</returns>
    public string Name(string protocol, int port)
    {
        if (!_inodes.TryGetValue(protocol, out ILookup<int, string>? inodes))
        {
            _inodes[protocol] = inodes = Inodes(protocol);
        }

        string[] sockets = [.. inodes[port]];
        return sockets.Length == 0 ? "a process" : sockets.Select(inode => _owners.Value.GetValueOrDefault(inode)).FirstOrDefault(owner => owner is not null) ?? "a process of another user";
    }

    private static ILookup<int, string> Inodes(string protocol) => new[] { $"/proc/net/{protocol}", $"/proc/net/{protocol}6" }
        .SelectMany(Lines)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(columns => columns.Length > InodeColumn && (protocol != "tcp" || columns[StateColumn] == Listening) && columns[InodeColumn] != "0")
        .Select(columns => (Port: PortOf(columns[LocalAddressColumn]), Inode: columns[InodeColumn]))
        .ToLookup(socket => socket.Port, socket => socket.Inode);

    private static int PortOf(string address) =>
        int.TryParse(address.AsSpan(address.LastIndexOf(':') + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int port) ? port : 0;

    // The first process in the order of /proc that has a socket open, by the socket's inode.
    private static IReadOnlyDictionary<string, string> Owners()
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string process in Processes())
        {
            string? words = null;
            foreach (string target in Try(() => Directory.GetFiles(Path.Combine(process, "fd")))
                .SelectMany(file => Try(() => [File.ResolveLinkTarget(file, returnFinalTarget: false)?.Name ?? ""]))
                .Where(target => target.StartsWith(SocketPrefix, StringComparison.Ordinal)))
            {
                owners.TryAdd(target[SocketPrefix.Length..^1], words ??= Describe(process));
            }
        }

        return owners;
    }

    private static IEnumerable<string> Processes() => Try(() => Directory.GetDirectories("/proc"))
        .Where(directory => char.IsAsciiDigit(Path.GetFileName(directory)[0]));

    private static string Describe(string process)
    {
        string name = Lines(Path.Combine(process, "comm")).FirstOrDefault() ?? "a program";
        return $"{name} (process {Path.GetFileName(process)})";
    }

    private static IReadOnlyList<string> Lines(string file) => Try(() => File.ReadAllLines(file));

    // Processes start and end while they are read, and those of other users are not accessible.
    private static IReadOnlyList<string> Try(Func<string[]> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
