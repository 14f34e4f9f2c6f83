namespace ComposeLab.Engine.Images.Caching;

/// <summary>What was changed between two builds of the same image.</summary>
public enum CacheScenario
{
    /// <summary>Nothing.</summary>
    Unchanged,

    /// <summary>A file of source code.</summary>
    Code,

    /// <summary>A file that names dependencies.</summary>
    Dependency,
}
