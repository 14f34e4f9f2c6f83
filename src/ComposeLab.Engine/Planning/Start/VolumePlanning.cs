using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Hashing;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Plans the volumes that services need: missing ones are created; existing ones are never changed, because they contain data.</summary>
/// <param name="scope">The shared state of the planning.</param>
internal sealed class VolumePlanning(StartScope scope)
{
    /// <summary>Plans the volumes.</summary>
    /// <returns>The ids of the steps that make volumes, by the volume's key.</returns>
    public IReadOnlyDictionary<string, string> Plan()
    {
        Dictionary<string, string> made = new(StringComparer.Ordinal);
        foreach (string key in scope.Selected.SelectMany(service => service.Volumes)
            .Where(mount => mount.Type == MountType.Volume && !string.IsNullOrEmpty(mount.Source))
            .Select(mount => mount.Source!).Concat(scope.Options.AllResources ? scope.Project.Volumes.Keys : []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            string name = ServiceNames.Volume(scope.Project, key);
            VolumeDefinition? definition = scope.Project.Volumes.GetValueOrDefault(key);
            VolumeSummary? existing = scope.Observed.Volume(name);
            if (existing is null && definition is { External: true })
            {
                scope.Draft.AddFinding(
                    EngineErrorId.ExternalResourceMissing,
                    $"External volume '{name}' does not exist.",
                    $"Create it first: docker volume create {CommandWord.Quote(name)}",
                    service: null,
                    definition.Origin);
            }
            else if (existing is null)
            {
                made[key] = Create(key, name, definition, "volume does not exist");
            }
            else if (definition is { External: false } && Check(name, definition, existing))
            {
                made[key] = Replace(key, name, definition);
            }
        }

        return made;
    }

    private string Create(string key, string name, VolumeDefinition? definition, string cause, string? removed = null) => scope.Draft.Add(
        new CreateVolumeOperation(ResourceLabels.Volume(scope.Project, key, name, definition))
        {
            Id = "create volume " + name,
            Resource = ResourceId.Volume(name),
            Cause = cause,
            Replaces = removed is not null,
        },
        removed is null ? [] : [removed]);

    // The engine removes a volume only if no container refers to it, not even a stopped one.
    private string Replace(string key, string name, VolumeDefinition definition)
    {
        const string Cause = "its configuration changed";
        List<string> gone = [];
        foreach (ObservedContainer container in scope.Observed.Containers.Where(container => Mounts(container, name) && scope.Removed.Add(container.Id)))
        {
            gone.Add(scope.Teardown.Remove(container, $"volume {name} is recreated", []).Last);
        }

        string removed = scope.Draft.Add(
            new RemoveVolumeOperation(name)
            {
                Id = "remove volume " + name,
                Resource = ResourceId.Volume(name),
                Cause = $"{Cause}; all data is deleted",
            },
            gone);
        return Create(key, name, definition, Cause, removed);
    }

    private static bool Mounts(ObservedContainer container, string volume) => container.Summary.Mounts.Any(mount => mount.Name == volume);

    // Whether the volume is recreated.
    private bool Check(string name, VolumeDefinition definition, VolumeSummary existing)
    {
        string owner = existing.Labels.GetValueOrDefault(StackLabels.Project, "");
        string hash = existing.Labels.GetValueOrDefault(StackLabels.ConfigHash, "");
        if (owner != scope.Project.Name)
        {
            string whose = owner.Length == 0 ? "was not created by a project" : $"belongs to the project '{owner}'";
            scope.Draft.Warn(new PlanWarning(
                $"Volume '{name}' {whose}. It is used as it is. If this is intended, set external: true.", Origin: definition.Origin));
        }
        else if (hash.Length > 0 && hash != ConfigHash.ForVolume(definition))
        {
            ObservedContainer? other = scope.Observed.Containers.FirstOrDefault(container => Mounts(container, name) && !scope.Selected.Any(service => service.Name == container.Service))
                ?? scope.Observed.OneOffs.FirstOrDefault(container => Mounts(container, name));
            if (scope.Options.RecreateVolumes && other is null)
            {
                return true;
            }

            string why = scope.Options.RecreateVolumes ? $"{other!.Name} uses it and is not part of this start" : "it contains data";
            scope.Draft.Warn(new PlanWarning(
                $"The configuration of volume '{name}' changed, but it was not recreated, because {why}.",
                Origin: definition.Origin,
                Remedy: scope.Options.RecreateVolumes ? null : Remedy.RecreateVolumes()));
        }

        return false;
    }
}
