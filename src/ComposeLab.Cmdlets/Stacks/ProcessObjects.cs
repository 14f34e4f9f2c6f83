using System.Globalization;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Stacks;

/// <summary>Creates objects from the engine's list of processes.</summary>
internal static class ProcessObjects
{
    /// <summary>Creates the objects.</summary>
    /// <param name="container">The container.</param>
    /// <param name="processes">Its processes. The columns depend on the tool that the engine runs.</param>
    /// <returns>One object for each process.</returns>
    public static IReadOnlyList<LabProcess> Of(ObservedContainer container, ContainerProcesses processes)
    {
        int user = Column("UID", "USER");
        int id = Column("PID");
        int parent = Column("PPID");
        int started = Column("STIME", "START");
        int time = Column("TIME");
        int command = Column("CMD", "COMMAND");
        return
        [
            .. processes.Rows.Select(row => new LabProcess
            {
                ProjectName = container.Project,
                Service = container.Service,
                Container = container.Name,
                Id = Number(Value(row, id)),
                ParentId = Number(Value(row, parent)),
                User = Value(row, user),
                Started = Value(row, started),
                CpuTime = Duration(Value(row, time)),
                Command = Value(row, command),
            }),
        ];

        int Column(params string[] names) => processes.Titles.ToList().FindIndex(title => names.Contains(title, StringComparer.OrdinalIgnoreCase));
    }

    private static string Value(IReadOnlyList<string> row, int column) => column >= 0 && column < row.Count ? row[column] : "";

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    // [days-]hours:minutes:seconds, or minutes:seconds.
    private static TimeSpan Duration(string text)
    {
        string[] days = text.Split('-', 2);
        int[] parts = [.. days[^1].Split(':').Select(Number)];
        TimeSpan time = parts switch
        {
            [var hours, var minutes, var seconds] => new TimeSpan(hours, minutes, seconds),
            [var minutes, var seconds] => new TimeSpan(0, minutes, seconds),
            _ => TimeSpan.Zero,
        };
        return days.Length > 1 ? time + TimeSpan.FromDays(Number(days[0])) : time;
    }
}
