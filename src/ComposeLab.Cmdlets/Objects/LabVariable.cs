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

    /// <summary>Where the value stands; null when no file of variables holds it.</summary>
    public LabPlace? Origin { get; init; }

    /// <summary>The default that the files give; null when they give none. Masked like the value.</summary>
    public string? Default { get; init; }

    /// <summary>Whether a file refuses to load without it.</summary>
    public required bool IsRequired { get; init; }

    /// <summary>Whether its name is that of a secret.</summary>
    public required bool IsSecret { get; init; }

    /// <summary>Where the files use it, in their order.</summary>
    public required IReadOnlyList<LabPlace> Uses { get; init => field = Indexable.Of(value); }

    /// <summary>The values it hides, the strongest first.</summary>
    public required IReadOnlyList<LabVariableValue> Shadows { get; init => field = Indexable.Of(value); }

    /// <summary>Names the variable.</summary>
    /// <returns>Its name.</returns>
    public override string ToString() => Name;
}
