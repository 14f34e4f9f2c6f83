namespace ComposeLab.Compose.Diagnostics;

/// <summary>The stable ids of everything that can be wrong with Compose files. Scripts rely on them: they never change their meaning.</summary>
public enum ComposeErrorId
{
    /// <summary>A Compose file does not exist or cannot be read.</summary>
    ComposeFileNotFound,

    /// <summary>A Compose file is not valid YAML or breaks a rule of the specification.</summary>
    ComposeFileInvalid,

    /// <summary>A Compose profile or lab profile is unknown.</summary>
    ProfileNotFound,

    /// <summary>A variable that must be set (<c>${NAME:?words}</c>) is not.</summary>
    VariableRequired,

    /// <summary>A key is not an attribute of the specification.</summary>
    UnsupportedAttribute,

    /// <summary>Two files give values that cannot be merged.</summary>
    MergeConflict,

    /// <summary>Services, files or extended services depend on each other in a circle.</summary>
    DependencyCycle,

    /// <summary>A service is named that the project does not have.</summary>
    ServiceNotFound,

    /// <summary>An env file does not exist or cannot be read.</summary>
    EnvFileNotFound,

    /// <summary>A line of an env file cannot be understood.</summary>
    EnvFileInvalid,

    /// <summary>The project name holds other characters than <c>a-z 0-9 _ -</c>.</summary>
    ProjectNameInvalid,
}
