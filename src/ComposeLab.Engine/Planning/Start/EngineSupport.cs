using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Engine.Planning;

/// <summary>Reports attributes that an engine does not support: as a finding if the stack cannot work correctly without them, otherwise as a warning.</summary>
/// <param name="scope">The shared state of the planning.</param>
internal sealed class EngineSupport(StartScope scope)
{
    /// <summary>Checks the services that are started.</summary>
    public void Check()
    {
        foreach (ServiceDefinition service in scope.Selected)
        {
            foreach (SupportRule rule in SupportRules.All)
            {
                foreach ((string path, Node value) in rule.Find(service.Node, scope.Engine))
                {
                    Tell(service, path, rule.Why, rule.IsError, value.Origin);
                }
            }

            CheckFiles(service);
            CheckHealthcheck(service);
            CheckMacAddresses(service);
            if (service.UseApiSocket && scope.Engine.Endpoint.Address.Scheme != "unix")
            {
                Tell(service, "use_api_socket", "the engine is not connected through a socket", isError: true, service.Node["use_api_socket"]!.Origin);
            }
        }

        CheckNetworks();
    }

    // It applies only during the start period, which is 0 s by default. There is already a warning for an engine that does not support it.
    private void CheckHealthcheck(ServiceDefinition service)
    {
        if (scope.Engine.ApiVersion >= new Version(1, 44) && service.Healthcheck is { StartInterval: not null, StartPeriod: null or { Ticks: 0 } }
            && (service.Node["healthcheck"] as MappingNode)?["start_interval"] is { } value)
        {
            Tell(service, "healthcheck.start_interval", "without a start_period it has no effect", isError: false, value.Origin);
        }
    }

    // Older engines have one address for the whole container, which its first network uses.
    private void CheckMacAddresses(ServiceDefinition service)
    {
        if (service.NetworkMode is { Length: > 0 } mode && service.Node["mac_address"] is { } address)
        {
            Tell(service, "mac_address", $"with network_mode '{mode}' the service does not have its own network", isError: false, address.Origin);
        }

        if (scope.Engine.TakesAllNetworksAtCreate)
        {
            return;
        }

        string primary = new EndpointSpecs(scope.Project).Primary(service);
        foreach (ServiceNetworkDefinition network in service.Networks.Values.Where(network =>
            !string.IsNullOrEmpty(network.MacAddress) && ServiceNames.Network(scope.Project, network.Name) != primary))
        {
            Tell(
                service,
                $"networks.{network.Name}.mac_address",
                "on a network other than the first (by priority, then name) it needs Docker 25 or later",
                isError: true,
                network.Node["mac_address"]!.Origin);
        }
    }

    private void CheckNetworks()
    {
        foreach (string key in scope.Selected.SelectMany(service => service.Networks.Keys).Distinct(StringComparer.Ordinal))
        {
            if (scope.Project.Networks.GetValueOrDefault(key) is { EnableIpv4: not null } network && scope.Engine.ApiVersion < new Version(1, 47))
            {
                scope.Draft.Warn(new PlanWarning($"networks.{key}.enable_ipv4 is ignored: it needs Docker 28 or later.", Origin: network.Node["enable_ipv4"]?.Origin));
            }
        }
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
        if (definition["external"] is ScalarNode { Text: "true" } external)
        {
            Tell(service, what, "only a swarm stores secrets and configs", isError: true, external.Origin);
        }

        foreach (string key in new[] { "driver", "template_driver" })
        {
            if (definition[key] is { } value)
            {
                Tell(service, $"{key} of {what}", "only a swarm supports it", isError: true, value.Origin);
            }
        }

        if (!isFile && InlineFiles.Fault(target, use) is { } fault)
        {
            scope.Draft.AddFinding(
                EngineErrorId.UnsupportedByEngine,
                $"Service '{service.Name}' cannot get the {what}: {fault}.",
                $"Correct how the service uses the {what}.",
                service.Name,
                use.Origin);
        }

        if (isFile && (use.Uid ?? use.Gid ?? use.Mode) is not null)
        {
            Tell(service, $"uid, gid or mode of {what}", "a host file keeps its owner and mode", isError: false, use.Origin);
        }

        if (!isFile && service.ReadOnly)
        {
            Tell(service, $"{what} at {target}", "it cannot be written to a read-only root file system; use a file instead", isError: true, use.Origin);
        }

        if (!isFile && HiddenBy(service, target) is { } hiding)
        {
            Tell(service, $"{what} at {target}", $"the tmpfs at {hiding} hides it; mount the tmpfs elsewhere, or use a file instead", isError: true, use.Origin);
        }

        if (definition["environment"] is ScalarNode { IsNull: false } variable && !scope.Project.Environment.ContainsKey(variable.Text))
        {
            scope.Draft.AddFinding(
                EngineErrorId.ExternalResourceMissing,
                $"Service '{service.Name}' needs the {what} from the variable {variable.Text}, which is not set.",
                $"Set it, for example: $env:{variable.Text} = '...'",
                service.Name,
                variable.Origin);
        }
    }

    // Files are copied into a container before it starts; at its start, an empty tmpfs is mounted over them.
    private static string? HiddenBy(ServiceDefinition service, string target) => service.Tmpfs.Select(entry => entry.Split(':', 2)[0])
        .Concat(service.Volumes.Where(mount => mount.Type == MountType.Tmpfs).Select(mount => mount.Target ?? ""))
        .Select(path => path.TrimEnd('/'))
        .FirstOrDefault(path => path.Length > 0 && target.StartsWith(path + "/", StringComparison.Ordinal));

    private void Tell(ServiceDefinition service, string what, string why, bool isError, Origin origin)
    {
        if (isError)
        {
            scope.Draft.AddFinding(
                EngineErrorId.UnsupportedByEngine,
                $"Service '{service.Name}' uses {what}, which this engine (API {scope.Engine.ApiVersion}) does not support: {why}.",
                $"Remove {what} from the service, or use an engine that supports it.",
                service.Name,
                origin);
        }
        else
        {
            scope.Draft.Warn(new PlanWarning($"services.{service.Name}: {what} is ignored: {why}.", service.Name, origin));
        }
    }
}
