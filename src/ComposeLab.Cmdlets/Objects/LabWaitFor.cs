namespace ComposeLab;

/// <summary>What a wait is for.</summary>
public enum LabWaitFor
{
    /// <summary>Running, and healthy if there is a healthcheck.</summary>
    Ready,

    /// <summary>The end of the containers.</summary>
    Exit,
}
