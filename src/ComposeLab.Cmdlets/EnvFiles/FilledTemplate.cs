namespace ComposeLab.EnvFiles;

/// <summary>The result of a template.</summary>
/// <param name="Text">The text of the new file, with LF line endings.</param>
/// <param name="Values">The values in it by name. Contains secrets: never print it.</param>
/// <param name="Generated">The names of the variables with generated passwords, in file order.</param>
internal sealed record FilledTemplate(string Text, IReadOnlyDictionary<string, string> Values, IReadOnlyList<string> Generated);
