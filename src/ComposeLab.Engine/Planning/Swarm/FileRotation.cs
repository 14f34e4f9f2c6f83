using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>
/// Chooses the version of each config and secret. A swarm cannot change their content: a new content is a new object. The first version has docker's name, so that
/// either tool recognizes it; later versions have a hash of their content in the name.
/// </summary>
/// <param name="stack">The stack.</param>
/// <param name="observed">The swarm.</param>
/// <param name="draft">The plan so far; added to.</param>
internal sealed class FileRotation(SwarmStack stack, ObservedSwarm observed, PlanDraft draft)
{
    // How many versions that nothing uses are kept, so that services can be rolled back to them.
    private const int KeptVersions = 2;

    private readonly Dictionary<(ResourceKind Kind, string Key), PlannedFile> _planned = [];

    /// <summary>Plans the files that services use.</summary>
    public void Plan()
    {
        foreach (SwarmStackFile file in stack.Files)
        {
            _planned[(file.Kind, file.Key)] = file.IsExternal ? External(file) : Version(file);
        }
    }

    /// <summary>Fills in the chosen versions.</summary>
    /// <param name="spec">The definition of a service, with keys as names.</param>
    /// <returns>The definition with names and, for objects that exist, ids.</returns>
    public SwarmServiceSpec Fill(SwarmServiceSpec spec) => spec with
    {
        TaskTemplate = spec.TaskTemplate with
        {
            ContainerSpec = spec.TaskTemplate.ContainerSpec! with
            {
                Secrets = spec.TaskTemplate.ContainerSpec.Secrets is { } secrets
                    ? [.. secrets.Select(use => _planned.GetValueOrDefault((ResourceKind.Secret, use.Name!)) is { } file ? use with { Name = file.Name, Id = file.Id } : use).OrderBy(use => use.Name, StringComparer.Ordinal)]
                    : null,
                Configs = spec.TaskTemplate.ContainerSpec.Configs is { } configs
                    ? [.. configs.Select(use => _planned.GetValueOrDefault((ResourceKind.Config, use.Name!)) is { } file ? use with { Name = file.Name, Id = file.Id } : use).OrderBy(use => use.Name, StringComparer.Ordinal)]
                    : null,
            },
        },
    };

    /// <summary>The steps before a service is created or changed.</summary>
    /// <param name="spec">Its definition, with keys as names.</param>
    /// <returns>The ids of the steps.</returns>
    public IEnumerable<string> Before(SwarmServiceSpec spec) =>
        (spec.TaskTemplate.ContainerSpec!.Secrets ?? []).Select(use => (ResourceKind.Secret, use.Name!))
            .Concat((spec.TaskTemplate.ContainerSpec.Configs ?? []).Select(use => (ResourceKind.Config, use.Name!)))
            .Select(key => _planned.GetValueOrDefault(key)?.Step).OfType<string>();

    /// <summary>Plans the removal of versions that nothing uses.</summary>
    /// <param name="before">The steps that must have succeeded before.</param>
    public void Prune(IReadOnlyList<string> before)
    {
        HashSet<string> used = [.. observed.Services.SelectMany(service => new[] { service.Spec, service.PreviousSpec }).OfType<SwarmServiceSpec>().SelectMany(References)];
        used.UnionWith(_planned.Values.Select(file => file.Id).OfType<string>());
        foreach (SwarmStackFile file in stack.Files.Where(file => !file.IsExternal))
        {
            // The version in use counts only while it is the one that is being replaced.
            IEnumerable<SwarmFile> old = Versions(file).Where(version => version.Id != _planned[(file.Kind, file.Key)].Id).OrderByDescending(version => version.CreatedAt).Skip(KeptVersions);
            foreach (SwarmFile version in old.Where(version => !used.Contains(version.Id)))
            {
                var resource = new ResourceId(file.Kind, version.Spec.Name);
                draft.Add(new RemoveSwarmFileOperation(version.Id) { Id = $"remove {resource}", Resource = resource, Cause = "a later version replaced it", KeepIfUsed = true }, before);
            }
        }
    }

    /// <summary>The ids of the configs and secrets that a definition uses.</summary>
    /// <param name="spec">The definition.</param>
    /// <returns>The ids.</returns>
    internal static IEnumerable<string> References(SwarmServiceSpec spec) =>
        (spec.TaskTemplate.ContainerSpec?.Secrets ?? []).Select(use => use.Id).Concat((spec.TaskTemplate.ContainerSpec?.Configs ?? []).Select(use => use.Id)).OfType<string>();

    private PlannedFile External(SwarmStackFile file)
    {
        if (All(file.Kind).FirstOrDefault(existing => existing.Spec.Name == file.Spec.Name) is { } found)
        {
            return new PlannedFile(file.Spec.Name, found.Id, null);
        }

        string what = file.Kind == ResourceKind.Secret ? "secret" : "config";
        draft.AddFinding(
            EngineErrorId.ExternalResourceMissing, $"External {what} '{file.Spec.Name}' does not exist in the swarm.", $"Create it with: docker {what} create {file.Spec.Name} FILE", null, file.Definition.Origin);
        return new PlannedFile(file.Spec.Name, null, null);
    }

    private PlannedFile Version(SwarmStackFile file)
    {
        Check(file);
        IReadOnlyList<SwarmFile> versions = Versions(file);
        HashSet<string> current = [.. observed.Services.SelectMany(service => References(service.Spec))];
        if (versions.Where(version => IsSame(file, version)).OrderByDescending(version => current.Contains(version.Id)).ThenByDescending(version => version.CreatedAt).FirstOrDefault() is { } same)
        {
            return new PlannedFile(same.Spec.Name, same.Id, null);
        }

        var labels = new Dictionary<string, string>(file.Spec.Labels!, StringComparer.Ordinal) { [SwarmLabels.Key] = file.Key, [SwarmLabels.Hash] = file.Hash };
        SwarmFile? first = All(file.Kind).FirstOrDefault(existing => existing.Spec.Name == file.Spec.Name);
        if (file.Kind == ResourceKind.Secret && first is not null && first.Label(SwarmLabels.Hash).Length == 0 && first.Label(SwarmLabels.Namespace) == stack.Name && !observed.DifferingSecrets.Contains(file.Spec.Name))
        {
            var resource = ResourceId.Secret(file.Spec.Name);
            string step = draft.Add(
                new UpdateSecretOperation(first.Id, first.Version.Index, file.Spec with { Labels = labels })
                {
                    Id = $"update {resource}",
                    Resource = resource,
                    Cause = "another tool created it: its content is compared with the project, and the hash of the content is recorded",
                },
                []);
            return new PlannedFile(file.Spec.Name, first.Id, step);
        }

        string name = first is null ? file.Spec.Name : $"{file.Spec.Name}_{file.Hash}";
        var created = new ResourceId(file.Kind, name);
        string id = draft.Add(
            new CreateSwarmFileOperation(file.Spec with { Name = name, Labels = labels })
            {
                Id = $"create {created}",
                Resource = created,
                Cause = first is null ? $"{(file.Kind == ResourceKind.Secret ? "secret" : "config")} does not exist" : $"the content of '{file.Key}' changed",
            },
            []);
        return new PlannedFile(name, null, id);
    }

    private IReadOnlyList<SwarmFile> Versions(SwarmStackFile file) =>
        [.. All(file.Kind).Where(existing => existing.Label(SwarmLabels.Namespace) == stack.Name && (existing.Label(SwarmLabels.Key) == file.Key || existing.Spec.Name == file.Spec.Name))];

    private static bool IsSame(SwarmStackFile file, SwarmFile version) => version.Label(SwarmLabels.Hash) is { Length: > 0 } hash
        ? hash == file.Hash
        : file.Kind == ResourceKind.Config && version.Spec.Data is not null && StackConversion.ConfigHash(version.Spec) == file.Hash;

    private IReadOnlyList<SwarmFile> All(ResourceKind kind) => kind == ResourceKind.Secret ? observed.Secrets : observed.Configs;

    private void Check(SwarmStackFile file)
    {
        bool isSecret = file.Kind == ResourceKind.Secret;
        string what = $"{(isSecret ? "Secret" : "Config")} '{file.Key}'";
        if (file.Spec.Driver is not null)
        {
            return;
        }

        (string Message, string Fix)? fault = file.Spec.Data switch
        {
            null => ($"{what} has no content: its file cannot be read, or its variable is not set.", "Create the file, or set the variable."),
            { Length: 0 } => ($"{what} is empty. A swarm stores only {(isSecret ? "secrets" : "configs")} with content.", "Write something into it, or remove it from the services."),
            { Length: var length } when length > (isSecret ? 500 * 1024 : 1000 * 1024) => (
                $"{what} has {length} bytes. A swarm stores at most {(isSecret ? "500 KiB" : "1,000 KiB")}.", "Split it, or put it into the image or a volume."),
            _ => null,
        };
        if (fault is { } found)
        {
            draft.AddFinding(EngineErrorId.ExternalResourceMissing, found.Message, found.Fix, null, file.Definition.Origin);
        }
    }

    private sealed record PlannedFile(string Name, string? Id, string? Step);
}
