namespace ComposeLab;

/// <summary>Who gives a variable its value.</summary>
public enum LabVariableSource
{
    /// <summary>Nobody: it is unset.</summary>
    Unset,

    /// <summary>The environment of this session.</summary>
    Environment,

    /// <summary>The .env file of the project.</summary>
    DotEnv,

    /// <summary>A file named by -EnvFile, or by an include.</summary>
    EnvFile,

    /// <summary>The default that the compose files give.</summary>
    Default,

    /// <summary>ComposeLab: the project's name.</summary>
    Project,
}
