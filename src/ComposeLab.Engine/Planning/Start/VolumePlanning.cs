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
            .Select(mount => mount.Source!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
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
                made[key] = scope.Draft.Add(
                    new CreateVolumeOperation(ResourceLabels.Volume(scope.Project, key, name, definition))
                    {
                        Id = "create volume " + name,
                        Resource = ResourceId.Volume(name),
                        Cause = "volume does not exist",
                    },
                    []);
            }
            else if (definition is { External: false })
            {
                Warn(name, definition, existing);
            }
        }

        return made;
    }

    private void Warn(string name, VolumeDefinition definition, VolumeSummary existing)
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
            scope.Draft.Warn(new PlanWarning(
                $"The configuration of volume '{name}' changed, but it was not recreated, because it contains data. To recreate it and delete the data, remove the stack with its volumes.",
                Origin: definition.Origin));
        }
    }
}
