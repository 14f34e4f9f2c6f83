namespace ComposeLab;

/// <summary>A variable that Compose files use.</summary>
public sealed class LabVariable
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The current value; null if it is not set. Masked if it looks secret, unless -ShowSecret was specified.</summary>
    public string? Value { get; init; }

    /// <summary>The source of the value.</summary>
    public required LabVariableSource Source { get; init; }

    /// <summary>The place of the value; null if it is in no environment file.</summary>
    public LabSourceLocation? Origin { get; init; }

    /// <summary>The default in the files; null if there is none. Masked like the value.</summary>
    public string? Default { get; init; }

    /// <summary>Whether the project cannot be loaded without it.</summary>
    public required bool IsRequired { get; init; }

    /// <summary>Whether its name is that of a secret.</summary>
    public required bool IsSecret { get; init; }

    /// <summary>Where the files use it, in file order.</summary>
    public required IReadOnlyList<LabSourceLocation> Uses { get; init => field = Indexable.Of(value); }

    /// <summary>The values it overrides, highest precedence first.</summary>
    public required IReadOnlyList<LabVariableValue> Shadows { get; init => field = Indexable.Of(value); }

    /// <summary>Names the variable.</summary>
    /// <returns>Its name.</returns>
    public override string ToString() => Name;
}

/// <summary>The source of the value of a variable.</summary>
public enum LabVariableSource
{
    /// <summary>No source: it is not set.</summary>
    Unset,

    /// <summary>The environment of this session.</summary>
    Environment,

    /// <summary>The .env file of the project.</summary>
    DotEnv,

    /// <summary>A file of -EnvFile, or of an include.</summary>
    EnvFile,

    /// <summary>The default in the Compose files.</summary>
    Default,

    /// <summary>ComposeLab: the project's name.</summary>
    Project,
}

/// <summary>A variable that was interpolated into a value. Its own value is not included, because it may be a secret.</summary>
public sealed class LabVariableUse
{
    /// <summary>The variable's name.</summary>
    public required string Name { get; init; }

    /// <summary>The source of its value: <c>None</c> (it is not set), <c>Os</c>, <c>DotEnv</c>, <c>EnvFile</c>, <c>Default</c> (the expression itself) or
    /// <c>Project</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The environment file that contains it; null for other sources.</summary>
    public string? File { get; init; }

    /// <summary>Line in that file, from 1; 0 for other sources.</summary>
    public int Line { get; init; }

    /// <summary>The variable and its source.</summary>
    /// <returns>Such as <c>TAG (Os)</c> or <c>TAG (.env:3)</c>.</returns>
    public override string ToString() => File is null ? $"{Name} ({Source})" : $"{Name} ({System.IO.Path.GetFileName(File)}:{Line})";
}

/// <summary>A value of a variable that is overridden by another one.</summary>
public sealed class LabVariableValue
{
    /// <summary>Its source.</summary>
    public required LabVariableSource Source { get; init; }

    /// <summary>Its place; null if it is in no file.</summary>
    public LabSourceLocation? Origin { get; init; }

    /// <summary>The value. Masked if it looks secret, unless -ShowSecret was specified.</summary>
    public required string Value { get; init; }

    /// <summary>The value and its place.</summary>
    /// <returns>Such as <c>.env:3: 8080</c>.</returns>
    public override string ToString() => $"{Origin?.ToString() ?? Source.ToString()}: {Value}";
}
