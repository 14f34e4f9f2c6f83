namespace ComposeLab;

/// <summary>A place in a file that a value comes from.</summary>
public sealed class LabSourceLocation
{
    /// <summary>The file (absolute).</summary>
    public required string File { get; init; }

    /// <summary>Line, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Column, from 1; 0 if unknown.</summary>
    public int Column { get; init; }

    /// <summary>The short form of the place.</summary>
    /// <returns>The file's name and the line.</returns>
    public override string ToString() => $"{Path.GetFileName(File)}:{Line}";
}
