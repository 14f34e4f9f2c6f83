namespace ComposeLab;

/// <summary>What a project is meant for.</summary>
public enum LabPolicy
{
    /// <summary>The lab profile says it: Prod and Production mean production, everything else does not.</summary>
    ByProfile,

    /// <summary>Production, whatever the profile.</summary>
    Prod,

    /// <summary>Anything but production, whatever the profile.</summary>
    None,
}
