namespace ComposeLab.Engine.Execution;

/// <summary>How far a piece of work is.</summary>
public enum EventPhase
{
    /// <summary>It goes on.</summary>
    Working,

    /// <summary>It ended well.</summary>
    Done,

    /// <summary>It failed; the error follows as an exception.</summary>
    Failed,

    /// <summary>Something that the user should know; the work goes on.</summary>
    Warning,
}
