namespace ComposeLab.Engine.Planning;

/// <summary>What a container must be before others go on.</summary>
public enum WaitCondition
{
    /// <summary>It runs, and is healthy where it has a healthcheck; or it is a one-shot that ended with 0.</summary>
    Ready,

    /// <summary>It is healthy; having no healthcheck is an error.</summary>
    Healthy,

    /// <summary>It ended with 0.</summary>
    Completed,
}
