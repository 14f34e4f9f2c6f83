using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Validation;

/// <summary>The networks, volumes, secrets, configs and models of a service must be defined.</summary>
internal static class ReferenceCheck
{
    private const string ServicePrefix = "service:";
    private const string ExtensionPrefix = "x-";

    /// <summary>Checks a service.</summary>
    /// <param name="project">Its project.</param>
    /// <param name="service">The service.</param>
    public static void Check(CheckedProject project, ServiceDefinition service)
    {
        CheckNetworks(project, service);
        for (int index = 0; index < service.Volumes.Count; index++)
        {
            MountDefinition mount = service.Volumes[index];
            if (mount is { Type: MountType.Volume, Source: { Length: > 0 } source })
            {
                References.Require(
                    project, service, $"volumes[{index}]", "volume", source, mount.Node["source"]?.Origin ?? mount.Origin);
            }
        }

        CheckFiles(project, service, "build.secrets", "secret", service.Build?.Secrets ?? []);
        CheckFiles(project, service, "configs", "config", service.Configs);
        CheckFiles(project, service, "secrets", "secret", service.Secrets);
        foreach ((string model, ServiceModelDefinition use) in service.Models)
        {
            References.Require(project, service, "models", "model", model, use.Origin);
        }
    }

    private static void CheckNetworks(CheckedProject project, ServiceDefinition service)
    {
        string mode = service.NetworkMode ?? "";
        if (mode.Length > 0 && service.Networks.Count > 0)
        {
            throw Fault.In(
                service, "network_mode", "cannot be combined with networks", "Keep one of 'network_mode' and 'networks'.");
        }

        foreach ((string network, ServiceNetworkDefinition use) in service.Networks)
        {
            if (network.StartsWith(ExtensionPrefix, StringComparison.Ordinal))
            {
                throw Fault.In(
                    service,
                    $"networks.{network}",
                    "refers to a network with a key that starts with 'x-': docker compose treats it as an extension and rejects it",
                    $"Rename the network, for example to '{network[ExtensionPrefix.Length..]}'.",
                    use.Origin);
            }

            References.Require(project, service, "networks", "network", network, use.Origin);
        }

        if (mode.StartsWith(ServicePrefix, StringComparison.Ordinal) && !project.Services.ContainsKey(mode[ServicePrefix.Length..]))
        {
            throw References.NoService(project, service, "network_mode", mode[ServicePrefix.Length..]);
        }
    }

    private static void CheckFiles(
        CheckedProject project, ServiceDefinition service, string attribute, string kind, IReadOnlyList<FileReferenceDefinition> uses)
    {
        for (int index = 0; index < uses.Count; index++)
        {
            References.Require(
                project, service, $"{attribute}[{index}]", kind, uses[index].Source ?? "", uses[index].Node["source"]?.Origin ?? uses[index].Origin);
        }
    }
}

/// <summary>The dependencies of a service must exist; optional ones may be disabled, but must exist.</summary>
internal static class DependencyCheck
{
    /// <summary>Checks a service.</summary>
    /// <param name="project">Its project.</param>
    /// <param name="service">The service.</param>
    public static void Check(CheckedProject project, ServiceDefinition service)
    {
        foreach ((string name, DependencyDefinition dependency) in service.DependsOn)
        {
            bool isOptional = !dependency.Required && project.DisabledServices.ContainsKey(name);
            if (!isOptional && !project.Services.ContainsKey(name))
            {
                throw References.NoService(project, service, $"depends_on.{name}", name, dependency.Origin);
            }
        }
    }
}

/// <summary>Finds the parts that services refer to, and creates the errors for missing ones.</summary>
internal static class References
{
    /// <summary>Throws if a part of the project is missing.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service that refers to it.</param>
    /// <param name="attribute">The attribute with the reference.</param>
    /// <param name="kind">The kind of the part: <c>network</c>, <c>volume</c>, ...</param>
    /// <param name="name">Its key.</param>
    /// <param name="origin">The place of the reference.</param>
    public static void Require(
        CheckedProject project, ServiceDefinition service, string attribute, string kind, string name, Origin origin)
    {
        if (project.Defines(kind, name))
        {
            return;
        }

        string? nearest = NearestWord.Of(name, project.Keys(kind));
        throw Fault.In(
            service,
            attribute,
            $"refers to the undefined {kind} '{name}'" + (nearest is null ? "" : $"; did you mean '{nearest}'?"),
            nearest is null ? $"Add '{name}:' below the top-level '{kind}s:', or correct the name." : $"Write '{nearest}', or add '{name}:' below the top-level '{kind}s:'.",
            origin);
    }

    /// <summary>Creates the error for a service that does not exist or is disabled.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service that refers to it.</param>
    /// <param name="attribute">The attribute with the reference.</param>
    /// <param name="name">The name.</param>
    /// <param name="origin">The place of the reference; null: that of the attribute.</param>
    /// <returns>The error to throw.</returns>
    public static ComposeException NoService(
        CheckedProject project, ServiceDefinition service, string attribute, string name, Origin? origin = null)
    {
        if (project.DisabledServices.TryGetValue(name, out ServiceDefinition? disabled))
        {
            return Fault.In(
                service,
                attribute,
                $"needs the service '{name}', which no active Compose profile enables",
                $"Enable one of its Compose profiles: {string.Join(", ", disabled.Profiles)}.",
                origin,
                ComposeErrorId.ServiceNotFound).Needing(disabled.Profiles);
        }

        string? nearest = NearestWord.Of(name, project.Services.Keys);
        return Fault.In(
            service,
            attribute,
            $"refers to the service '{name}', which does not exist" + (nearest is null ? "" : $"; did you mean '{nearest}'?"),
            $"Use one of: {NameList.Of(project.Services.Keys, NameList.Many)}.",
            origin,
            ComposeErrorId.ServiceNotFound);
    }
}

/// <summary>No service may wait for itself, directly or through others.</summary>
internal static class CycleCheck
{
    private const int MostShown = 10;

    /// <summary>Checks a project.</summary>
    /// <param name="project">The project.</param>
    /// <exception cref="ComposeException">There is a cycle.</exception>
    public static void Check(CheckedProject project)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (string start in project.Services.Keys)
        {
            if (!done.Contains(start))
            {
                Visit(project, start, done);
            }
        }
    }

    // A separate stack: a chain of services may be longer than the thread's stack.
    private static void Visit(CheckedProject project, string start, HashSet<string> done)
    {
        var trail = new List<string> { start };
        var onTrail = new HashSet<string>(StringComparer.Ordinal) { start };
        var pending = new Stack<IEnumerator<string>>();
        pending.Push(project.Services[start].DependsOn.Keys.GetEnumerator());
        while (pending.TryPeek(out IEnumerator<string>? names))
        {
            if (!names.MoveNext())
            {
                pending.Pop();
                done.Add(trail[^1]);
                onTrail.Remove(trail[^1]);
                trail.RemoveAt(trail.Count - 1);
            }
            else if (!onTrail.Add(names.Current))
            {
                throw Cycle(project, [.. trail.SkipWhile(name => name != names.Current), names.Current]);
            }
            else if (done.Contains(names.Current) || !project.Services.TryGetValue(names.Current, out ServiceDefinition? service))
            {
                onTrail.Remove(names.Current);
            }
            else
            {
                trail.Add(names.Current);
                pending.Push(service.DependsOn.Keys.GetEnumerator());
            }
        }
    }

    private static ComposeException Cycle(CheckedProject project, IReadOnlyList<string> cycle)
    {
        DependencyDefinition last = project.Services[cycle[^2]].DependsOn[cycle[^1]];
        return ComposeException.At(
            ComposeErrorId.DependencyCycle,
            $"Services depend on each other in a cycle: {Shown(cycle)}.",
            $"Remove one of these dependencies, for example that of {cycle[^2]} on {cycle[^1]}.",
            last.Origin,
            $"services.{cycle[^2]}.depends_on.{cycle[^1]}");
    }

    private static string Shown(IReadOnlyList<string> cycle) => string.Join(" -> ", cycle.Count <= MostShown
        ? cycle
        : [.. cycle.Take(MostShown / 2), $"... ({cycle.Count - MostShown} more)", .. cycle.Skip(cycle.Count - (MostShown / 2))]);
}
