namespace ComposeLab;

/// <summary>A variable that compose files use.</summary>
public sealed class LabVariable
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The value in use; null when it is unset. Masked when it looks secret and was not asked for.</summary>
    public string? Value { get; init; }

    /// <summary>Who gives the value.</summary>
    public required LabVariableSource Source { get; init; }

    /// <summary>Where the value stands; null when no environment file holds it.</summary>
    public LabSourceLocation? Origin { get; init; }

    /// <summary>The default that the files give; null when they give none. Masked like the value.</summary>
    public string? Default { get; init; }

    /// <summary>Whether a file refuses to load without it.</summary>
    public required bool IsRequired { get; init; }

    /// <summary>Whether its name is that of a secret.</summary>
    public required bool IsSecret { get; init; }

    /// <summary>Where the files use it, in their order.</summary>
    public required IReadOnlyList<LabSourceLocation> Uses { get; init => field = Indexable.Of(value); }

    /// <summary>The values it hides, the strongest first.</summary>
    public required IReadOnlyList<LabVariableValue> Shadows { get; init => field = Indexable.Of(value); }

    /// <summary>Names the variable.</summary>
    /// <returns>Its name.</returns>
    public override string ToString() => Name;
}

/// <summary>Who gives a variable its value.</summary>
public enum LabVariableSource
{
    /// <summary>Nobody: it is unset.</summary>
    Unset,

    /// <summary>The environment of this session.</summary>
    Environment,

    /// <summary>The .env file of the project.</summary>
    DotEnv,

    /// <summary>A file named by -EnvFile, or by an include.</summary>
    EnvFile,

    /// <summary>The default that the compose files give.</summary>
    Default,

    /// <summary>ComposeLab: the project's name.</summary>
    Project,
}

/// <summary>A variable that was interpolated into a value. Its own value is not part of it: it may be a secret.</summary>
public sealed class LabVariableUse
{
    /// <summary>The variable's name.</summary>
    public required string Name { get; init; }

    /// <summary>Who gave it its value: <c>None</c> (it is unset), <c>Os</c>, <c>DotEnv</c>, <c>EnvFile</c>, <c>Default</c> (the expression itself) or
    /// <c>Project</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The environment file that holds it; null for other sources.</summary>
    public string? File { get; init; }

    /// <summary>Line in that file, from 1; 0 for other sources.</summary>
    public int Line { get; init; }

    /// <summary>The variable and its source.</summary>
    /// <returns>Such as <c>TAG (Os)</c> or <c>TAG (.env:3)</c>.</returns>
    public override string ToString() => File is null ? $"{Name} ({Source})" : $"{Name} ({System.IO.Path.GetFileName(File)}:{Line})";
}

/// <summary>A value that somebody gives a variable and that another one hides.</summary>
public sealed class LabVariableValue
{
    /// <summary>Who gives it.</summary>
    public required LabVariableSource Source { get; init; }

    /// <summary>Where it stands; null when no file holds it.</summary>
    public LabSourceLocation? Origin { get; init; }

    /// <summary>The value, masked when it looks secret and was not asked for.</summary>
    public required string Value { get; init; }

    /// <summary>The value and where it stands.</summary>
    /// <returns>Such as <c>.env:3: 8080</c>.</returns>
    public override string ToString() => $"{Origin?.ToString() ?? Source.ToString()}: {Value}";
}
