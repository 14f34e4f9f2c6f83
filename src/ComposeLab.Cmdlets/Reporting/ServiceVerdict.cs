namespace ComposeLab.Reporting;

/// <summary>The state of a service in a report; a later value is worse.</summary>
internal enum ServiceVerdict
{
    /// <summary>The engine could not be queried.</summary>
    Unknown,

    /// <summary>It has completed.</summary>
    Done,

    /// <summary>It is running, and its health check passes if it has one.</summary>
    Good,

    /// <summary>It is not ready yet, or paused.</summary>
    Waiting,

    /// <summary>It has no container.</summary>
    Absent,

    /// <summary>It failed.</summary>
    Bad,
}
