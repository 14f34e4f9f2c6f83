namespace ComposeLab.Errors;

/// <summary>A fault found by a cmdlet itself. What the Compose and Engine layers find has exceptions of its own.</summary>
public sealed class LabException : Exception
{
    /// <summary>Creates a fault.</summary>
    /// <param name="id">Its stable name.</param>
    /// <param name="message">What was expected and what was found; no secret in it.</param>
    /// <param name="recommendation">What to do about it; where it is a command it can be pasted.</param>
    /// <param name="target">What the fault is about, for <c>TargetObject</c>; may be null.</param>
    /// <param name="inner">What caused it; may be null.</param>
    public LabException(LabErrorId id, string message, string recommendation, object? target = null, Exception? inner = null)
        : base(message, inner)
    {
        Id = id;
        Recommendation = recommendation;
        Target = target;
    }

    /// <summary>The stable name of the fault.</summary>
    public LabErrorId Id { get; }

    /// <summary>What to do about it.</summary>
    public string Recommendation { get; }

    /// <summary>What the fault is about; null where it has no object.</summary>
    public object? Target { get; }
}
