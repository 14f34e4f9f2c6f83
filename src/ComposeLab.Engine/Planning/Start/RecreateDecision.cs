using ComposeLab.Compose.Hashing;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Decides whether and why a container must be recreated; the checks are in the reference's order.</summary>
/// <param name="scope">The shared state of the planning.</param>
/// <param name="replacedNetworks">The names of networks that the plan recreates.</param>
/// <param name="containersOf">Returns the planned containers of a service that comes before; none if it is not planned.</param>
internal sealed class RecreateDecision(StartScope scope, IReadOnlySet<string> replacedNetworks, Func<string, IReadOnlyList<PlannedContainer>> containersOf)
{
    private readonly NetworkConnections _connections = new(scope);

    /// <summary>Checks a container.</summary>
    /// <param name="service">The service in the project.</param>
    /// <param name="container">One of its containers.</param>
    /// <returns>The reason why it must be recreated; null if it can be kept.</returns>
    public RecreateCause? Of(ServiceDefinition service, ObservedContainer container)
    {
        bool isNamed = scope.Options.Services.Count == 0 || scope.Options.Services.Contains(service.Name, StringComparer.Ordinal);
        if ((isNamed && scope.Options.ForceRecreate) || (!isNamed && scope.Options.RecreateDependencies))
        {
            return new RecreateCause("requested");
        }

        if (container.Summary.State == ContainerState.Dead)
        {
            return new RecreateCause("the engine could not remove it and cannot start it");
        }

        if (scope.Options.NoRecreate)
        {
            return null;
        }

        return Parent(service) ?? Config(service, container) ?? Files(service, container) ?? Image(service, container) ?? Network(service, container) ?? Volume(service, container);
    }

    private RecreateCause? Parent(ServiceDefinition service)
    {
        foreach ((string attribute, string parent) in ServiceReferences.Of(service))
        {
            if (containersOf(parent) is [{ Id: null }, ..])
            {
                return new RecreateCause($"{attribute} is shared with {parent}, which is recreated");
            }
        }

        return null;
    }

    private RecreateCause? Config(ServiceDefinition service, ObservedContainer container)
    {
        string version = container.Label(StackLabels.Version);
        ServiceDefinition resolved = ServiceReferences.Resolve(service, FirstIdOf);
        if (ConfigHash.Accepted(resolved).Contains(container.ConfigHash))
        {
            return null;
        }

        IReadOnlyList<FieldChange>? changes = ServiceSnapshot.Differences(container.Label(StackLabels.Config), resolved, scope.Project.Mask)
            ?? ForeignContainer.Differences(container, service, scope.Project.Mask);
        return changes.Count > 0
            ? new RecreateCause(string.Join("; ", changes)) { Changes = changes }
            : new RecreateCause(container.Label(StackLabels.Config).Length > 0 || version.Length == 0
                ? "its configuration changed"
                : $"its configuration changed (created by docker compose {version}, which did not record the values)");
    }

    // Their content is not part of the service's definition, so the hash does not include it.
    private RecreateCause? Files(ServiceDefinition service, ObservedContainer container)
    {
        IReadOnlyDictionary<string, string>? before = ServiceSnapshot.Read(container.Label(StackLabels.Files));
        return InlineFiles.Of(scope.Project, service)
            .Where(file => before?.GetValueOrDefault(file.Path) is { } noted && !ServiceSnapshot.IsNotedAs(noted, file))
            .Select(file => new RecreateCause($"the content of {file.Path} changed"))
            .FirstOrDefault();
    }

    private RecreateCause? Image(ServiceDefinition service, ObservedContainer container)
    {
        string image = scope.Observed.Images.GetValueOrDefault(ServiceNames.Image(scope.Project, service), "");
        string made = container.ImageLabel.Length > 0 ? container.ImageLabel : container.Summary.ImageId;
        return image.Length > 0 && made != image ? new RecreateCause("image changed") : null;
    }

    // The engine can connect most containers to a network again, which keeps their data.
    private RecreateCause? Network(ServiceDefinition service, ObservedContainer container) =>
        (service.NetworkMode is null ? service.Networks.Keys : [])
            .Select(key => ServiceNames.Network(scope.Project, key)).Order(StringComparer.Ordinal)
            .Select(name => _connections.CauseOf(container, name, replacedNetworks))
            .OfType<ConnectionCause>()
            .Where(cause => !cause.CanConnect)
            .Select(cause => new RecreateCause(cause.Text))
            .FirstOrDefault();

    private RecreateCause? Volume(ServiceDefinition service, ObservedContainer container) => service.Volumes
        .Where(mount => mount.Type == MountType.Volume && !string.IsNullOrEmpty(mount.Source))
        .Select(mount => ServiceNames.Volume(scope.Project, mount.Source!))
        .Where(name => !container.Summary.Mounts.Any(mount => mount.Type == "volume" && mount.Name == name))
        .Select(name => new RecreateCause($"volume {name} is not mounted"))
        .FirstOrDefault();

    private string FirstIdOf(string service) =>
        containersOf(service) is [{ Id: { } id }, ..] ? id : "";
}

/// <summary>The reason why a container is recreated.</summary>
/// <param name="Text">The text; secrets are masked.</param>
internal sealed record RecreateCause(string Text)
{
    /// <summary>The different values, if they are the reason.</summary>
    public IReadOnlyList<FieldChange> Changes { get; init; } = [];
}

/// <summary>Lists the known changes of a container that another tool created without recorded values: those visible in a list.</summary>
internal static class ForeignContainer
{
    /// <summary>Lists the differences.</summary>
    /// <param name="container">The container.</param>
    /// <param name="service">Its service.</param>
    /// <param name="mask">Knows the project's secrets.</param>
    /// <returns>The differences in sight; the one that matters may be another.</returns>
    public static IReadOnlyList<FieldChange> Differences(ObservedContainer container, ServiceDefinition service, SecretMask mask)
    {
        List<FieldChange> changes = [];
        if (service.Image is { Length: > 0 } image && container.Summary.Image != image)
        {
            changes.Add(new FieldChange("image", container.Summary.Image, image, service.Node["image"]?.Origin));
        }

        foreach ((string name, string value) in service.Labels)
        {
            string? before = container.Summary.Labels.GetValueOrDefault(name);
            if (before != value)
            {
                changes.Add(new FieldChange(
                    "labels." + name, ServiceSnapshot.Shown(name, before, mask), ServiceSnapshot.Shown(name, value, mask), service.Node["labels"]?.Origin));
            }
        }

        foreach (MountDefinition mount in service.Volumes.Where(mount =>
            !container.Summary.Mounts.Any(known => known.Target == mount.Target) && mount.Type is MountType.Bind or MountType.Volume))
        {
            changes.Add(new FieldChange("volumes", null, mount.Target, mount.Origin));
        }

        return changes;
    }
}
