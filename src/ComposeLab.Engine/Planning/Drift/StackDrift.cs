using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Engine.Planning;

/// <summary>How a stack differs from what it is compared with.</summary>
public enum DriftKind
{
    /// <summary>Both have it, with different values.</summary>
    Changed,

    /// <summary>The stack does not have it.</summary>
    Missing,

    /// <summary>Only the stack has it.</summary>
    Extra,

    /// <summary>The stack has it, but it does not run.</summary>
    Stopped,
}

/// <summary>A difference between a stack and what it is compared with.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Resource">The container, network or volume.</param>
/// <param name="Service">The service; null for none.</param>
/// <param name="Reason">The difference in words; secrets are masked.</param>
public sealed record StackDifference(DriftKind Kind, ResourceId Resource, string? Service, string Reason)
{
    /// <summary>The place inside the service, such as <c>environment.LOG_LEVEL</c>; empty if the whole resource differs.</summary>
    public string Field { get; init; } = "";

    /// <summary>The value it is compared with; null if there is none.</summary>
    public string? Expected { get; init; }

    /// <summary>The value of the stack; null if there is none.</summary>
    public string? Found { get; init; }

    /// <summary>Where the expected value is from; null if it is in no file.</summary>
    public Origin? Origin { get; init; }
}

/// <summary>Finds out what has drifted: how a stack differs from its files, or from the same stack on another engine.</summary>
public static class StackDrift
{
    /// <summary>Lists the differences between a stack and its files: what a start would change.</summary>
    /// <param name="plan">The plan of a start that also removes containers of undefined services.</param>
    /// <param name="services">The services to compare; a plan also contains those that they depend on. None for the whole stack.</param>
    /// <returns>The differences in the order of the plan.</returns>
    public static IReadOnlyList<StackDifference> FromFiles(StackPlan plan, IReadOnlyList<string> services)
    {
        HashSet<ResourceId> created = [.. plan.Steps.Where(step => step.Kind is OperationKind.CreateContainer or OperationKind.CreateNetwork or OperationKind.CreateVolume).Select(step => step.Resource)];
        return
        [
            .. plan.Steps.SelectMany(step => Of(step, created))
                .Where(difference => services.Count == 0 || (difference.Service is { } service && services.Contains(service, StringComparer.Ordinal))),
        ];
    }

    /// <summary>Lists the differences between two stacks.</summary>
    /// <param name="reference">The containers to compare with.</param>
    /// <param name="difference">The containers of the stack.</param>
    /// <param name="comparesImages">Whether the ids of images mean the same on both engines.</param>
    /// <returns>The differences by service.</returns>
    public static IReadOnlyList<StackDifference> Between(
        IReadOnlyList<ObservedContainer> reference, IReadOnlyList<ObservedContainer> difference, bool comparesImages)
    {
        ILookup<string, ObservedContainer> expected = reference.ToLookup(container => container.Service, StringComparer.Ordinal);
        ILookup<string, ObservedContainer> found = difference.ToLookup(container => container.Service, StringComparer.Ordinal);
        return
        [
            .. expected.Select(group => group.Key).Union(found.Select(group => group.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .SelectMany(service => OfService(service, [.. expected[service]], [.. found[service]], comparesImages)),
        ];
    }

    private static IEnumerable<StackDifference> Of(Operation step, HashSet<ResourceId> created)
    {
        StackDifference Whole(DriftKind kind) => new(kind, step.Resource, step.Service, step.Cause);
        return step.Kind switch
        {
            OperationKind.CreateContainer or OperationKind.CreateNetwork or OperationKind.CreateVolume when !step.Replaces => [Whole(DriftKind.Missing)],
            OperationKind.CreateContainer or OperationKind.CreateNetwork or OperationKind.CreateVolume when step.Changes.Count > 0 => step.Changes.Select(change =>
                Whole(DriftKind.Changed) with { Reason = change.ToString(), Field = change.Path, Expected = change.After, Found = change.Before, Origin = change.Origin }),
            OperationKind.CreateContainer or OperationKind.CreateNetwork or OperationKind.CreateVolume or OperationKind.ConnectNetwork or OperationKind.DisconnectNetwork =>
                [Whole(DriftKind.Changed)],
            OperationKind.StartContainer or OperationKind.UnpauseContainer when !created.Contains(step.Resource) => [Whole(DriftKind.Stopped)],
            OperationKind.RemoveContainer or OperationKind.RemoveNetwork or OperationKind.RemoveVolume when !created.Contains(step.Resource) => [Whole(DriftKind.Extra)],
            _ => [],
        };
    }

    private static IEnumerable<StackDifference> OfService(string service, ObservedContainer[] expected, ObservedContainer[] found, bool comparesImages)
    {
        if (found.Length == 0)
        {
            return [new StackDifference(DriftKind.Missing, ResourceId.Container(expected[0].Name), service, "the service has no container")];
        }

        if (expected.Length == 0)
        {
            return [new StackDifference(DriftKind.Extra, ResourceId.Container(found[0].Name), service, "the other stack has no container of the service")];
        }

        List<StackDifference> differences = [];
        ResourceId resource = ResourceId.Container(found[0].Name);
        AddIfDifferent("scale", Count(expected.Length), Count(found.Length));
        if (expected[0].ConfigHash != found[0].ConfigHash)
        {
            AddConfig();
        }

        AddIfDifferent("image", expected[0].Summary.Image, found[0].Summary.Image);
        if (comparesImages && expected[0].Summary.Image == found[0].Summary.Image)
        {
            AddIfDifferent("image id", expected[0].Summary.ImageId, found[0].Summary.ImageId);
        }

        differences.AddRange(found.Where(container => !container.IsRunning && expected.Any(other => other.Number == container.Number && other.IsRunning))
            .Select(container => new StackDifference(DriftKind.Stopped, ResourceId.Container(container.Name), service, "the container does not run")));
        return differences;

        void AddIfDifferent(string field, string? before, string? now, bool isRecord = false)
        {
            if (before != now && !differences.Exists(difference => difference.Field == field))
            {
                string? wanted = isRecord ? ServiceSnapshot.Shown(field, before, SecretMask.Standard) : before;
                string? has = isRecord ? ServiceSnapshot.Shown(field, now, SecretMask.Standard) : now;
                differences.Add(new StackDifference(DriftKind.Changed, resource, service, new FieldChange(field, has, wanted, null).ToString()) { Field = field, Expected = wanted, Found = has });
            }
        }

        // Secrets are recorded as fingerprints, so only whether they are equal is known.
        void AddConfig()
        {
            if (ServiceSnapshot.Read(expected[0].Label(StackLabels.Config)) is not { } before || ServiceSnapshot.Read(found[0].Label(StackLabels.Config)) is not { } now)
            {
                differences.Add(new StackDifference(DriftKind.Changed, resource, service, "its configuration differs; docker compose does not record the values"));
                return;
            }

            foreach (string path in before.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                AddIfDifferent(path, before.GetValueOrDefault(path), now.GetValueOrDefault(path), isRecord: true);
            }
        }
    }

    private static string Count(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
