namespace ComposeLab.Compose.Yaml;

/// <summary>Who gave a variable its value.</summary>
public enum VariableSource
{
    /// <summary>Nobody: it is unset.</summary>
    None,

    /// <summary>The operating system's environment.</summary>
    Os,

    /// <summary>The <c>.env</c> file of the project.</summary>
    DotEnv,

    /// <summary>A file named by <c>--env-file</c>, or an <c>env_file</c> of an include.</summary>
    EnvFile,

    /// <summary>The default written in the expression itself, as in <c>${PORT:-8080}</c>.</summary>
    Default,

    /// <summary>ComposeLab: <c>COMPOSE_PROJECT_NAME</c>.</summary>
    Project,
}
