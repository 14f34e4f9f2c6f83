using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Validation;

/// <summary>Checks that the parts of a project are consistent: references, exclusive attributes, cycles.</summary>
public static class ConsistencyValidator
{
    private static readonly IReadOnlyList<Action<CheckedProject, ServiceDefinition>> Checks =
    [
        SourceCheck.Check,
        BuildCheck.Check,
        ReferenceCheck.Check,
        HealthcheckCheck.Check,
        DependencyCheck.Check,
        AmountCheck.Check,
        WatchCheck.Check,
        MountCheck.Check,
    ];

    /// <summary>Checks the project with its active services, before unreferenced resources are removed.</summary>
    /// <param name="loaded">The project.</param>
    /// <param name="model">The model with every resource in the files: the project keeps only the used ones.</param>
    /// <exception cref="ComposeException">Parts are not consistent.</exception>
    public static void Validate(ComposeProject loaded, MappingNode model)
    {
        var project = new CheckedProject(loaded, model);
        foreach (ServiceDefinition service in project.Services.Values)
        {
            foreach (Action<CheckedProject, ServiceDefinition> check in Checks)
            {
                check(project, service);
            }
        }

        foreach (SecretDefinition secret in model.Named("secrets", (key, node) => new SecretDefinition(key, node)).Values)
        {
            if (!secret.External && string.IsNullOrEmpty(secret.File) && string.IsNullOrEmpty(secret.Environment))
            {
                throw ComposeException.At(
                    ComposeErrorId.ComposeFileInvalid,
                    $"secrets.{secret.Key} must have one of file, environment, or be external.",
                    $"Specify where its content comes from, for example 'file: ./{secret.Key}'.",
                    secret.Origin,
                    $"secrets.{secret.Key}");
            }
        }

        ContainerNameCheck.Check(project);
        CycleCheck.Check(project);
    }
}

/// <summary>A project during its checks.</summary>
/// <param name="Project">The project.</param>
/// <param name="Model">The model with every resource in the files.</param>
internal sealed record CheckedProject(ComposeProject Project, MappingNode Model)
{
    /// <summary>The active services.</summary>
    public IReadOnlyDictionary<string, ServiceDefinition> Services => Project.Services;

    /// <summary>The services that no active Compose profile enables.</summary>
    public IReadOnlyDictionary<string, ServiceDefinition> DisabledServices => Project.DisabledServices;

    /// <summary>Whether the files define a resource.</summary>
    /// <param name="kind">Its kind: <c>network</c>, <c>volume</c>, <c>secret</c>, <c>config</c> or <c>model</c>.</param>
    /// <param name="key">Its key.</param>
    public bool Defines(string kind, string key) => Model[kind + "s"] is MappingNode resources && resources.Contains(key);

    /// <summary>The keys of the resources of a kind.</summary>
    /// <param name="kind">The kind.</param>
    public IEnumerable<string> Keys(string kind) => (Model[kind + "s"] as MappingNode)?.Entries.Select(entry => entry.Key) ?? [];
}
