namespace ComposeLab.Compose.Yaml;

/// <summary>Where a value comes from.</summary>
/// <param name="File">The file with its path as specified, or a word in brackets (<c>[default]</c>) for values that no file contains.</param>
/// <param name="Line">Line, from 1; 0 if no file contains the value.</param>
/// <param name="Column">Column, from 1; 0 if no file contains the value.</param>
public sealed record Origin(string File, int Line, int Column)
{
    /// <summary>Column after the last character of a value on one line; 0 if unknown.</summary>
    public int EndColumn { get; init; }

    /// <summary>The origin of the value that this one replaced in a merge; which may have replaced another one.</summary>
    public Origin? Replaced { get; init; }

    /// <summary>The variables that were interpolated into the value.</summary>
    public IReadOnlyList<VariableUse> Variables { get; init; } = [];

    /// <summary>Whether the value is in a file.</summary>
    public bool IsInFile => Line > 0;

    /// <summary>The origin of a default value of the specification.</summary>
    public static Origin Default { get; } = new("[default]", 0, 0);

    /// <summary>The origin of a value that was given with the request.</summary>
    public static Origin Given { get; } = new("[given]", 0, 0);

    /// <summary>The origin of a value in the environment of the operating system.</summary>
    public static Origin Environment { get; } = new("[environment]", 0, 0);

    /// <summary>The origin of a project name that is the folder's name.</summary>
    public static Origin Folder { get; } = new("[folder]", 0, 0);

    /// <summary>This origin with the origin of the value it replaced.</summary>
    /// <param name="earlier">The origin of the replaced value.</param>
    /// <returns>A copy whose chain ends in <paramref name="earlier"/>.</returns>
    public Origin Replacing(Origin earlier) =>
        ReferenceEquals(this, earlier) ? this : this with { Replaced = Replaced is null ? earlier : Replaced.Replacing(earlier) };

    /// <summary>The position, in the form that editors and terminals recognize as a link.</summary>
    /// <returns><c>file:line:column</c>, or the bracketed word.</returns>
    public override string ToString() => IsInFile ? $"{File}:{Line}:{Column}" : File;
}

/// <summary>A variable that was interpolated into a value.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Source">The source of its value.</param>
/// <param name="File">The env file that contains it, with its path as specified; null for the other sources.</param>
/// <param name="Line">Line in that file, from 1; 0 for the other sources.</param>
public sealed record VariableUse(string Name, VariableSource Source, string? File = null, int Line = 0);

/// <summary>The source of a variable's value.</summary>
public enum VariableSource
{
    /// <summary>No source: it is not set.</summary>
    None,

    /// <summary>The operating system's environment.</summary>
    Os,

    /// <summary>The <c>.env</c> file of the project.</summary>
    DotEnv,

    /// <summary>A file named by <c>--env-file</c>, or an <c>env_file</c> of an include.</summary>
    EnvFile,

    /// <summary>The default written in the expression itself, as in <c>${PORT:-8080}</c>.</summary>
    Default,

    /// <summary>ComposeLab: <c>COMPOSE_PROJECT_NAME</c>.</summary>
    Project,
}
