namespace ComposeLab.Engine.Planning;

/// <summary>Which images go with a stack.</summary>
public enum RemovedImages
{
    /// <summary>None.</summary>
    None,

    /// <summary>Those that were built for it and have no name of their own.</summary>
    Local,

    /// <summary>All that its services run.</summary>
    All,
}
