namespace ComposeLab.Reporting;

/// <summary>What a report says of a service in one word; a later value is worse.</summary>
internal enum ServiceVerdict
{
    /// <summary>The engine could not be asked.</summary>
    Unknown,

    /// <summary>It ran to its end.</summary>
    Done,

    /// <summary>It runs, and its health check, where there is one, passes.</summary>
    Good,

    /// <summary>It is not up yet, or frozen.</summary>
    Waiting,

    /// <summary>It has no container.</summary>
    Absent,

    /// <summary>It failed.</summary>
    Bad,
}
