namespace ComposeLab;

/// <summary>Where a value of a merged config comes from.</summary>
public sealed class LabOrigin
{
    /// <summary>The value's place in the merged config, such as <c>services.api.ports[0].published</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The file as its path was given; null when no file holds the value.</summary>
    public string? File { get; init; }

    /// <summary>Line, from 1; 0 when no file holds the value.</summary>
    public int Line { get; init; }

    /// <summary>Column, from 1; 0 when no file holds the value.</summary>
    public int Column { get; init; }

    /// <summary>Who gave a value that no file holds: <c>default</c> (the specification), <c>given</c> (a parameter), <c>environment</c>, <c>folder</c>; else
    /// <c>file</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The values that this one replaced, the latest first.</summary>
    public required IReadOnlyList<LabOrigin> Replaced { get; init => field = Indexable.Of(value); }

    /// <summary>The variables that were interpolated into the value.</summary>
    public required IReadOnlyList<LabVariableUse> Variables { get; init => field = Indexable.Of(value); }

    /// <summary>The place in the form that editors and terminals make clickable.</summary>
    /// <returns><c>file:line:column</c>, or the source.</returns>
    public override string ToString() => File is null ? Source : $"{File}:{Line}:{Column}";
}
