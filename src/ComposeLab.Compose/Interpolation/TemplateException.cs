namespace ComposeLab.Compose.Interpolation;

/// <summary>An expression cannot be interpolated. Callers turn it into an error of the file it stands in.</summary>
/// <param name="message">What was expected and what was found.</param>
/// <param name="recommendation">What to do next.</param>
/// <param name="offset">Where in the text the fault begins.</param>
/// <param name="length">How many characters are at fault.</param>
internal sealed class TemplateException(string message, string recommendation, int offset, int length) : Exception(message)
{
    /// <summary>What to do next.</summary>
    public string Recommendation { get; } = recommendation;

    /// <summary>Where in the text the fault begins.</summary>
    public int Offset { get; } = offset;

    /// <summary>How many characters are at fault.</summary>
    public int Length { get; } = length;

    /// <summary>Whether the expression is sound, but its variable must be set and is not.</summary>
    public bool IsRequired { get; init; }
}
