namespace ComposeLab.Engine.Docker;

/// <summary>The processes of a container, as a table.</summary>
/// <param name="Titles">The names of the columns, such as <c>PID</c>.</param>
/// <param name="Rows">The processes; each has a value for each column.</param>
public sealed record ContainerProcesses(IReadOnlyList<string> Titles, IReadOnlyList<IReadOnlyList<string>> Rows);
