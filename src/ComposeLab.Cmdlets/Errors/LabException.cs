namespace ComposeLab.Errors;

/// <summary>An error found by a cmdlet itself. The Compose and Engine layers have their own exceptions.</summary>
public sealed class LabException : Exception
{
    /// <summary>Creates an error.</summary>
    /// <param name="id">Its stable id.</param>
    /// <param name="message">What was expected and what was found. Must not contain secrets.</param>
    /// <param name="recommendation">How to fix it. If it is a command, it can be pasted.</param>
    /// <param name="target">The subject of the error, for <c>TargetObject</c>; may be null.</param>
    /// <param name="inner">The cause; may be null.</param>
    public LabException(LabErrorId id, string message, string recommendation, object? target = null, Exception? inner = null)
        : base(message, inner)
    {
        Id = id;
        Recommendation = recommendation;
        Target = target;
    }

    /// <summary>The stable id of the error.</summary>
    public LabErrorId Id { get; }

    /// <summary>How to fix it.</summary>
    public string Recommendation { get; }

    /// <summary>The subject of the error; null if there is none.</summary>
    public object? Target { get; }
}
