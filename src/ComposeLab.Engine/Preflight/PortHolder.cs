using System.Globalization;

namespace ComposeLab.Engine.Preflight;

/// <summary>Finds the process that uses a port, as far as the user's permissions allow. Supported only on Linux.</summary>
internal static class PortHolder
{
    private const int LocalAddressColumn = 1;
    private const int StateColumn = 3;
    private const int InodeColumn = 9;
    private const string Listening = "0A";

    /// <summary>Names the process.</summary>
    /// <param name="protocol"><c>tcp</c> or <c>udp</c>.</param>
    /// <param name="port">The port.</param>
    /// <returns><c>nginx (process 4711)</c>, or <c>a process</c> if it is unknown.</returns>
    public static string Name(string protocol, int port)
    {
        HashSet<string> sockets = [.. Inodes(protocol, port).Select(inode => $"socket:[{inode}]")];
        return sockets.Count == 0 ? "a process" : Processes().Where(process => Holds(process, sockets)).Select(Describe).FirstOrDefault() ?? "a process of another user";
    }

    private static IEnumerable<string> Inodes(string protocol, int port)
    {
        string suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return new[] { $"/proc/net/{protocol}", $"/proc/net/{protocol}6" }
            .SelectMany(Lines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns.Length > InodeColumn && columns[LocalAddressColumn].EndsWith(suffix, StringComparison.Ordinal)
                && (protocol != "tcp" || columns[StateColumn] == Listening))
            .Select(columns => columns[InodeColumn])
            .Where(inode => inode != "0");
    }

    private static IEnumerable<string> Processes() => Try(() => Directory.GetDirectories("/proc"))
        .Where(directory => char.IsAsciiDigit(Path.GetFileName(directory)[0]));

    private static bool Holds(string process, HashSet<string> sockets) => Try(() => Directory.GetFiles(Path.Combine(process, "fd")))
        .Any(file => Try(() => new[] { File.ResolveLinkTarget(file, returnFinalTarget: false)?.Name ?? "" }).Any(sockets.Contains));

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
