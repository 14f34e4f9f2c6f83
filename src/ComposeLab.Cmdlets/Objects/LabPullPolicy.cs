namespace ComposeLab;

/// <summary>When images are pulled.</summary>
public enum LabPullPolicy
{
    /// <summary>Only images that the engine does not have.</summary>
    Missing,

    /// <summary>Always, so that newer ones are fetched.</summary>
    Always,

    /// <summary>Never.</summary>
    Never,
}

/// <summary>Which images are removed with a stack.</summary>
public enum LabRemoveImage
{
    /// <summary>None.</summary>
    None,

    /// <summary>Images that were built for the stack and have no name of their own.</summary>
    Local,

    /// <summary>All images that its services use.</summary>
    All,
}
