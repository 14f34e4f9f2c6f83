namespace ComposeLab;

/// <summary>When images are pulled.</summary>
public enum LabPullPolicy
{
    /// <summary>Only images that do not exist on the engine.</summary>
    Missing,

    /// <summary>Always, to get newer ones.</summary>
    Always,

    /// <summary>Never.</summary>
    Never,
}

/// <summary>Which images are removed with a stack.</summary>
public enum LabRemoveImage
{
    /// <summary>None.</summary>
    None,

    /// <summary>Images that were built for the stack and have no custom name.</summary>
    Local,

    /// <summary>All images that its services use.</summary>
    All,
}
