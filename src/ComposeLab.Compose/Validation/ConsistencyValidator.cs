using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Validation.Consistency;

namespace ComposeLab.Compose.Validation;

/// <summary>Checks that the parts of a project fit together: references, exclusive attributes, circles.</summary>
public static class ConsistencyValidator
{
    private static readonly IReadOnlyList<Action<ComposeProject, ServiceDefinition>> Checks =
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

    /// <summary>Checks the project with its active services, before unreferenced resources are dropped.</summary>
    /// <param name="project">The project.</param>
    /// <exception cref="ComposeException">Parts do not fit.</exception>
    public static void Validate(ComposeProject project)
    {
        foreach (ServiceDefinition service in project.Services.Values)
        {
            foreach (Action<ComposeProject, ServiceDefinition> check in Checks)
            {
                check(project, service);
            }
        }

        foreach (SecretDefinition secret in project.Secrets.Values)
        {
            if (!secret.External && string.IsNullOrEmpty(secret.File) && string.IsNullOrEmpty(secret.Environment))
            {
                throw ComposeException.At(
                    ComposeErrorId.ComposeFileInvalid,
                    $"secrets.{secret.Key} must have one of file, environment, or be external.",
                    $"Say where its content comes from, for example 'file: ./{secret.Key}'.",
                    secret.Origin,
                    $"secrets.{secret.Key}");
            }
        }

        ContainerNameCheck.Check(project);
        CircleCheck.Check(project);
    }
}
