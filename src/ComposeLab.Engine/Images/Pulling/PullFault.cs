namespace ComposeLab.Engine.Images.Pulling;

/// <summary>Why a pull failed.</summary>
internal enum PullFault
{
    /// <summary>The registry has no such image or tag.</summary>
    NotFound,

    /// <summary>The registry asks for a login, or does not let this one in.</summary>
    Denied,

    /// <summary>The registry cannot be reached, or broke the transfer off.</summary>
    Unreachable,

    /// <summary>The image exists, but not for the platform.</summary>
    NoSuchPlatform,

    /// <summary>The registry asks to wait.</summary>
    TooMany,

    /// <summary>Anything else.</summary>
    Other,
}
