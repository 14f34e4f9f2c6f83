namespace ComposeLab.Compose.Yaml;

/// <summary>Where a value comes from.</summary>
/// <param name="File">The file as its path was given, or a word in brackets (<c>[default]</c>) for values that no file holds.</param>
/// <param name="Line">Line, from 1; 0 when no file holds the value.</param>
/// <param name="Column">Column, from 1; 0 when no file holds the value.</param>
public sealed record Origin(string File, int Line, int Column)
{
    /// <summary>Column after the last character of a value on one line; 0 when unknown.</summary>
    public int EndColumn { get; init; }

    /// <summary>The origin of the value that this one replaced in a merge; itself may have replaced another.</summary>
    public Origin? Replaced { get; init; }

    /// <summary>The variables that were interpolated into the value.</summary>
    public IReadOnlyList<VariableUse> Variables { get; init; } = [];

    /// <summary>Whether the value stands in a file.</summary>
    public bool IsInFile => Line > 0;

    /// <summary>The origin of a value that the specification supplies when nobody wrote one.</summary>
    public static Origin Default { get; } = new("[default]", 0, 0);

    /// <summary>The origin of a value that was given with the request.</summary>
    public static Origin Given { get; } = new("[given]", 0, 0);

    /// <summary>The origin of a value that the operating system's environment holds.</summary>
    public static Origin Environment { get; } = new("[environment]", 0, 0);

    /// <summary>The origin of a name that is the project folder's.</summary>
    public static Origin Folder { get; } = new("[folder]", 0, 0);

    /// <summary>This origin, remembering the value it replaced.</summary>
    /// <param name="earlier">The origin of the replaced value.</param>
    /// <returns>A copy whose chain ends in <paramref name="earlier"/>.</returns>
    public Origin Replacing(Origin earlier) =>
        ReferenceEquals(this, earlier) ? this : this with { Replaced = Replaced is null ? earlier : Replaced.Replacing(earlier) };

    /// <summary>The place in the form editors and terminals make clickable.</summary>
    /// <returns><c>file:line:column</c>, or the bracketed word.</returns>
    public override string ToString() => IsInFile ? $"{File}:{Line}:{Column}" : File;
}
