using ComposeLab.Compose.Canonical;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Validation;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Loading;

/// <summary>Creates the project from the normalized model: canonical form, Compose profiles, consistency, env files, unreferenced resources.</summary>
/// <param name="session">The load.</param>
/// <param name="scope">The variables.</param>
internal sealed class ProjectAssembly(LoadSession session, VariableScope scope)
{
    /// <summary>Creates the project.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="directory">Its directory.</param>
    /// <param name="files">Its files.</param>
    /// <param name="model">The normalized model.</param>
    /// <returns>The project.</returns>
    public ComposeProject Assemble(string name, string directory, IReadOnlyList<ComposeFile> files, MappingNode model)
    {
        if (!session.Request.Interpolate)
        {
            return Project(name, directory, files, CanonicalModel.Plain(model), []);
        }

        session.Warnings.AddRange(IgnoredAttributes(model));
        MappingNode canonical = CanonicalModel.Of(model);
        (MappingNode active, MappingNode disabled) = ServiceSelection.Select(canonical, Profiles(), session.Request.Services);
        MappingNode resolved = WithServices(active, service => Resolved(service, directory));
        ComposeProject project = Project(
            name, directory, files, session.Request.KeepUnused ? resolved : UnreferencedResources.Drop(resolved), disabled.Entries, UnreferencedResources.Of(canonical, Services(canonical)));
        if (session.Request.CheckConsistency)
        {
            ConsistencyValidator.Validate(project, active);
        }

        return project;
    }

    private MappingNode Resolved(MappingNode service, string directory)
    {
        MappingNode scaled = ScaledReplicas.Complete(service);
        MappingNode resolved = session.Request.ResolveEnvironment
            ? ServiceEnvironment.Resolve(scaled, scope, new PathResolution(session.Request.Paths, directory, home: null), session.Token)
            : ServiceEnvironment.ResolveLabels(scaled, new PathResolution(session.Request.Paths, directory, home: null), session.Token);
        return ReferenceEquals(resolved, service) ? service : CanonicalModel.Order(resolved);
    }

    private static IEnumerable<ComposeWarning> IgnoredAttributes(MappingNode model) =>
        from row in ServiceAttributes.Type.Attributes
        where row is { IsPrinted: false, Engine.Kind: AttributeUseKind.Ignored }
        from service in (model["services"] as MappingNode)?.Entries ?? []
        where service.Value is MappingNode written && written.Contains(row.Name)
        select new ComposeWarning(
            ComposeWarningId.AttributeIgnored, $"services.{service.Key}.{row.Name} is ignored: {row.Engine.Words}.", ((MappingNode)service.Value).Entries.First(entry => entry.Key == row.Name).KeyOrigin);

    private static IEnumerable<MappingNode> Services(MappingNode model) =>
        (model["services"] as MappingNode)?.Entries.Select(entry => entry.Value).OfType<MappingNode>() ?? [];

    private static MappingNode WithServices(MappingNode model, Func<MappingNode, MappingNode> change) =>
        model["services"] is MappingNode services
            ? model.With("services", services.Select(entry => entry.Value is MappingNode service ? change(service) : entry.Value))
            : model;

    // Without a profile, the empty profile is active, which a service can have: profiles: ["${DEBUG:-}"].
    private IReadOnlyList<string> Profiles() => session.Request.ComposeProfiles.Count > 0
        ? session.Request.ComposeProfiles
        : (scope.Find("COMPOSE_PROFILES")?.Value ?? "").Split(',', StringSplitOptions.TrimEntries);

    private ComposeProject Project(
        string name,
        string directory,
        IReadOnlyList<ComposeFile> files,
        MappingNode tree,
        IReadOnlyList<MappingEntry> disabled,
        IReadOnlyList<UnusedResource>? unused = null) => new()
        {
            Name = name,
            WorkingDirectory = directory,
            Paths = session.Request.Paths,
            ComposeFiles = files.Select(file => file.Path).ToArray(),
            EnvFiles = ProjectEnvironment.NamedFiles(session.Request),
            IsInterpolated = session.Request.Interpolate,
            Environment = scope.Variables.ToDictionary(pair => pair.Key, pair => pair.Value.Value, session.Request.Paths.NameComparer),
            DisabledServices = new SortedDictionary<string, ServiceDefinition>(
                disabled.ToDictionary(entry => entry.Key, entry => new ServiceDefinition(entry.Key, (MappingNode)entry.Value)), StringComparer.Ordinal),
            Sources = session.Sources.ToArray(),
            UnusedResources = unused ?? [],
            Warnings = session.Warnings.ToArray(),
            Tree = tree,
        };
}
