using System.Globalization;
using System.Text;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Database.Probing;

/// <summary>Queries a database container for the free space of its data disk.</summary>
internal static class DiskProbe
{
    /// <summary>Queries it.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="container">The container, running.</param>
    /// <param name="token">Cancels the attempt.</param>
    /// <returns>The free bytes; null if the container cannot report them.</returns>
    public static async Task<long?> FreeAsync(IEngine engine, string container, CancellationToken token)
    {
        var spec = new ExecSpec { Command = ["sh", "-c", "df -Pk \"${PGDATA:-/var/lib/postgresql/data}\""] };
        try
        {
            using IExecSession session = await engine.StartExecAsync(container, spec, token).ConfigureAwait(false);
            using var output = new MemoryStream();
            await session.CopyOutputAsync(output, Stream.Null, token).ConfigureAwait(false);
            return Read(Encoding.UTF8.GetString(output.ToArray()));
        }
        catch (EngineException)
        {
            return null;
        }
    }

    /// <summary>Reads the free bytes from the output of <c>df -Pk</c>.</summary>
    /// <param name="text">A heading and a line with device, size, used, free in KiB.</param>
    /// <returns>The free bytes; null if the text is not such a table.</returns>
    public static long? Read(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] cells = lines.Length < 2 ? [] : lines[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return cells.Length >= 4 && long.TryParse(cells[3], NumberStyles.None, CultureInfo.InvariantCulture, out long free) ? free * 1024 : null;
    }
}
