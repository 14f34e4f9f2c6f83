namespace ComposeLab;

/// <summary>A variable that was interpolated into a value. Its own value is not part of it: it may be a secret.</summary>
public sealed class LabVariableUse
{
    /// <summary>The variable's name.</summary>
    public required string Name { get; init; }

    /// <summary>Who gave it its value: <c>None</c> (it is unset), <c>Os</c>, <c>DotEnv</c>, <c>EnvFile</c>, <c>Default</c> (the expression itself) or
    /// <c>Project</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The file of variables that holds it; null for other sources.</summary>
    public string? File { get; init; }

    /// <summary>Line in that file, from 1; 0 for other sources.</summary>
    public int Line { get; init; }

    /// <summary>The variable and its source.</summary>
    /// <returns>Such as <c>TAG (Os)</c> or <c>TAG (.env:3)</c>.</returns>
    public override string ToString() => File is null ? $"{Name} ({Source})" : $"{Name} ({System.IO.Path.GetFileName(File)}:{Line})";
}
