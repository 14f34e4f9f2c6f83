namespace ComposeLab;

/// <summary>A value that somebody gives a variable and that another one hides.</summary>
public sealed class LabVariableValue
{
    /// <summary>Who gives it.</summary>
    public required LabVariableSource Source { get; init; }

    /// <summary>Where it stands; null when no file holds it.</summary>
    public LabPlace? Origin { get; init; }

    /// <summary>The value, masked when it looks secret and was not asked for.</summary>
    public required string Value { get; init; }

    /// <summary>The value and where it stands.</summary>
    /// <returns>Such as <c>.env:3: 8080</c>.</returns>
    public override string ToString() => $"{Origin?.ToString() ?? Source.ToString()}: {Value}";
}
