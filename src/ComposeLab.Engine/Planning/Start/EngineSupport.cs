using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Engine.Planning;

/// <summary>Says what an engine does not honor: as a finding where the stack would not be what it should be, else as a warning.</summary>
/// <param name="scope">The shared state of the planning.</param>
internal sealed class EngineSupport(StartScope scope)
{
    private static readonly Version StartInterval = new(1, 44);

    // A network that several services use is checked once.
    private readonly HashSet<string> _networks = new(StringComparer.Ordinal);

    /// <summary>Checks the services that are started, and the networks, secrets and configs that they use.</summary>
    public void Check()
    {
        foreach (ServiceDefinition service in scope.Selected)
        {
            Check(service, service.Node, SupportRules.OfService, "");
            foreach (string key in service.Networks.Keys.Where(key => scope.Project.Networks.ContainsKey(key) && _networks.Add(key)))
            {
                Check(service, scope.Project.Networks[key].Node, SupportRules.OfSection["networks"], $"networks.{key}.");
            }

            foreach (SecretDefinition secret in service.Secrets.Select(use => scope.Project.Secrets.GetValueOrDefault(use.Source ?? "")).OfType<SecretDefinition>().Distinct())
            {
                Check(service, secret.Node, SupportRules.OfSection["secrets"], $"secrets.{secret.Key}.");
            }

            foreach (ConfigDefinition config in service.Configs.Select(use => scope.Project.Configs.GetValueOrDefault(use.Source ?? "")).OfType<ConfigDefinition>().Distinct())
            {
                Check(service, config.Node, SupportRules.OfSection["configs"], $"configs.{config.Key}.");
            }

            CheckFiles(service);
        }
    }

    private void Check(ServiceDefinition service, MappingNode node, IReadOnlyList<SupportRule> rules, string prefix)
    {
        foreach (SupportRule rule in rules)
        {
            foreach ((string path, Node value) in rule.Find(node, scope.Engine).Where(found => Holds(rule.Limit.Condition, service, node, found.Value)))
            {
                Tell(service, prefix + path, rule, value.Origin);
            }
        }
    }

    private bool Holds(LimitCondition condition, ServiceDefinition service, MappingNode node, Node value) => condition switch
    {
        LimitCondition.NoSocket => scope.Engine.Endpoint.Address.Scheme != "unix",
        LimitCondition.NetworkMode => service.NetworkMode is { Length: > 0 },
        LimitCondition.FurtherNetwork => service.Networks.Values.Any(network =>
            ReferenceEquals(network.Node["mac_address"], value) && ServiceNames.Network(scope.Project, network.Name) != new EndpointSpecs(scope.Project).Primary(service)),

        // There is already a warning for an engine that does not support the attribute.
        LimitCondition.NoStartPeriod => scope.Engine.ApiVersion >= StartInterval && service.Healthcheck is { StartPeriod: null or { Ticks: 0 } },
        LimitCondition.HostFile => IsHostFile(service, value),

        // A load puts the value of a variable into the content.
        LimitCondition.ReadOnlyRoot => service.ReadOnly && (node["environment"] is not { } variable || ReferenceEquals(variable, value)),
        _ => true,
    };

    private bool IsHostFile(ServiceDefinition service, Node value)
    {
        return service.Secrets.Where(IsUse).Select(use => scope.Project.Secrets.GetValueOrDefault(use.Source ?? "")?.Node)
            .Concat(service.Configs.Where(IsUse).Select(use => scope.Project.Configs.GetValueOrDefault(use.Source ?? "")?.Node))
            .Any(definition => definition?["file"] is not null);

        bool IsUse(FileReferenceDefinition use) => use.Node.Entries.Any(entry => ReferenceEquals(entry.Value, value));
    }

    private void CheckFiles(ServiceDefinition service)
    {
        foreach (FileReferenceDefinition use in service.Secrets)
        {
            if (scope.Project.Secrets.GetValueOrDefault(use.Source ?? "") is { } secret)
            {
                CheckFile(service, use, $"secret '{secret.Key}'", secret.Node, MountSpecs.SecretTarget(use));
            }
        }

        foreach (FileReferenceDefinition use in service.Configs)
        {
            if (scope.Project.Configs.GetValueOrDefault(use.Source ?? "") is { } config)
            {
                CheckFile(service, use, $"config '{config.Key}'", config.Node, MountSpecs.ConfigTarget(use));
            }
        }
    }

    private void CheckFile(ServiceDefinition service, FileReferenceDefinition use, string what, MappingNode definition, string target)
    {
        bool isFile = definition["file"] is not null;
        if (!isFile && InlineFiles.Fault(target, use) is { } fault)
        {
            scope.Draft.AddFinding(
                EngineErrorId.UnsupportedByEngine,
                $"Service '{service.Name}' cannot get the {what}: {fault}.",
                $"Correct how the service uses the {what}.",
                service.Name,
                use.Origin);
        }

        if (!isFile && HiddenBy(service, target) is { } hiding)
        {
            scope.Draft.AddFinding(
                EngineErrorId.UnsupportedByEngine,
                $"Service '{service.Name}' cannot get the {what} at {target}: the tmpfs at {hiding} hides it.",
                "Mount the tmpfs elsewhere, or keep it in a file.",
                service.Name,
                use.Origin);
        }

        if (definition["environment"] is ScalarNode { IsNull: false } variable && !scope.Project.Environment.ContainsKey(variable.Text))
        {
            scope.Draft.AddFinding(
                EngineErrorId.ExternalResourceMissing,
                $"Service '{service.Name}' needs the {what} from the variable {variable.Text}, which is not set.",
                $"Set it, for example: {CommandWord.SetVariable(variable.Text)}",
                service.Name,
                variable.Origin);
        }
    }

    // Files are copied into a container before it starts; at its start, an empty tmpfs is mounted over them.
    private static string? HiddenBy(ServiceDefinition service, string target) => service.Tmpfs.Select(entry => entry.Split(':', 2)[0])
        .Concat(service.Volumes.Where(mount => mount.Type == MountType.Tmpfs).Select(mount => mount.Target ?? ""))
        .Select(path => path.TrimEnd('/'))
        .FirstOrDefault(path => path.Length > 0 && target.StartsWith(path + "/", StringComparison.Ordinal));

    private void Tell(ServiceDefinition service, string what, SupportRule rule, Origin origin)
    {
        if (rule.Limit.IsError)
        {
            scope.Draft.AddFinding(
                EngineErrorId.UnsupportedByEngine,
                $"Service '{service.Name}' uses {what}, which this engine (API {scope.Engine.ApiVersion}) does not support: {rule.Limit.Words}.",
                rule.Alternative.Length == 0 ? $"Remove {what}." : $"Remove {what}, or {rule.Alternative}.",
                service.Name,
                origin);
        }
        else
        {
            scope.Draft.Warn(new PlanWarning($"services.{service.Name}: {what} is ignored: {rule.Limit.Words}.", service.Name, origin));
        }
    }
}
