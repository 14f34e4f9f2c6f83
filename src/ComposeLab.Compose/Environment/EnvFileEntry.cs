namespace ComposeLab.Compose.Environment;

/// <summary>A variable as an env file sets it.</summary>
/// <param name="Name">The variable's name.</param>
/// <param name="Value">Its value, expanded.</param>
/// <param name="Line">Line of the name, from 1.</param>
/// <param name="Column">Column of the name, from 1.</param>
internal sealed record EnvFileEntry(string Name, string Value, int Line, int Column);
