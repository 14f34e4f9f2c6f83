namespace ComposeLab.Engine.Planning;

/// <summary>The labels of stacks. They are the same as in the reference, so that both tools recognize each other's stacks.</summary>
public static class StackLabels
{
    /// <summary>The project's name.</summary>
    public const string Project = "com.docker.compose.project";

    /// <summary>The service's name.</summary>
    public const string Service = "com.docker.compose.service";

    /// <summary>The version of the tool that created the container; it determines the recipe of the config hash.</summary>
    public const string Version = "com.docker.compose.version";

    /// <summary>The project directory.</summary>
    public const string WorkingDirectory = "com.docker.compose.project.working_dir";

    /// <summary>The Compose files, absolute, separated by commas.</summary>
    public const string ConfigFiles = "com.docker.compose.project.config_files";

    /// <summary>The specified environment files, separated by commas.</summary>
    public const string EnvironmentFile = "com.docker.compose.project.environment_file";

    /// <summary>Whether the container is a one-off container of <c>run</c>: <c>True</c> or <c>False</c>.</summary>
    public const string OneOff = "com.docker.compose.oneoff";

    /// <summary>A random text that distinguishes a one-off container from others of its service.</summary>
    public const string Slug = "com.docker.compose.slug";

    /// <summary>The kind of hook that an init container runs: <c>pre_start</c>. Such a container has no config hash, so it does not count as one of the service's containers.</summary>
    public const string Hook = "com.docker.compose.hook";

    /// <summary>The config hash.</summary>
    public const string ConfigHash = "com.docker.compose.config-hash";

    /// <summary>The container's number among those of its service, from 1.</summary>
    public const string Number = "com.docker.compose.container-number";

    /// <summary>The dependencies of the service, as <c>db:service_healthy:false</c>, separated by commas.</summary>
    public const string DependsOn = "com.docker.compose.depends_on";

    /// <summary>The id of the image the container was created from.</summary>
    public const string Image = "com.docker.compose.image";

    /// <summary>The container that this one replaced.</summary>
    public const string Replace = "com.docker.compose.replace";

    /// <summary>The network's key in the project.</summary>
    public const string Network = "com.docker.compose.network";

    /// <summary>The volume's key in the project.</summary>
    public const string Volume = "com.docker.compose.volume";

    /// <summary>Only in this module: the values a container was created with, to list changes later. Secrets are fingerprints.</summary>
    public const string Config = "composelab.config";

    /// <summary>Only in this module: fingerprints of the secrets and configs that were copied into a container, by path.</summary>
    public const string Files = "composelab.files";

    /// <summary>The version of the reference with the recipes in use; other tools read it in <see cref="Version"/>.</summary>
    public const string DialectVersion = "2.40.3";
}
