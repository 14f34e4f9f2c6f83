namespace ComposeLab.Database.Diagnosis;

/// <summary>Where a variable of a service gets its value, for messages that say what to change.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="Value">The value that the project gives it; null when it gives none. May be secret.</param>
/// <param name="File">The file that holds the value; null when none does.</param>
/// <param name="Line">The line there, from 1; 0 when unknown.</param>
/// <param name="LineText">The line's text; empty when unknown. May be secret.</param>
internal sealed record LoginPlace(string Variable, string? Value, string? File, int Line, string LineText)
{
    /// <summary>The place as people and editors write it.</summary>
    /// <returns><c>file:line</c>, or nothing.</returns>
    public override string ToString() => File is null ? "" : $"{File}:{Line}";
}
