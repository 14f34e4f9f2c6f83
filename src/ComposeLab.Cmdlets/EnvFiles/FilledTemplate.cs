namespace ComposeLab.EnvFiles;

/// <summary>What became of a template.</summary>
/// <param name="Text">The text of the new file, lines ended by a line feed.</param>
/// <param name="Values">The values in it by name. Holds secrets: never print it.</param>
/// <param name="Generated">The names of the variables whose passwords were filled in, in the order of the file.</param>
internal sealed record FilledTemplate(string Text, IReadOnlyDictionary<string, string> Values, IReadOnlyList<string> Generated);
