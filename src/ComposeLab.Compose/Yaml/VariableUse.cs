namespace ComposeLab.Compose.Yaml;

/// <summary>A variable that was interpolated into a value.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Source">Who gave it its value.</param>
/// <param name="File">The env file that holds it, as its path was given; null for the other sources.</param>
/// <param name="Line">Line in that file, from 1; 0 for the other sources.</param>
public sealed record VariableUse(string Name, VariableSource Source, string? File = null, int Line = 0);
