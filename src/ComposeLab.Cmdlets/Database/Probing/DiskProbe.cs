using System.Globalization;
using System.Text;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Database.Probing;

/// <summary>Asks a database's container how much room there is for its data.</summary>
internal static class DiskProbe
{
    /// <summary>Asks.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="container">The container, running.</param>
    /// <param name="token">Ends the attempt.</param>
    /// <returns>The free bytes; null when the container cannot tell.</returns>
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

    /// <summary>Reads the free bytes out of what <c>df -Pk</c> prints.</summary>
    /// <param name="text">A heading and a line with device, size, used, free in KiB.</param>
    /// <returns>The free bytes; null when the text is no such table.</returns>
    public static long? Read(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] cells = lines.Length < 2 ? [] : lines[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return cells.Length >= 4 && long.TryParse(cells[3], NumberStyles.None, CultureInfo.InvariantCulture, out long free) ? free * 1024 : null;
    }
}
