using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Engine.Planning;

/// <summary>Says what an engine does not honour: as a finding where the stack would not be what it should be, else as a warning.</summary>
/// <param name="scope">What is planned from.</param>
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
                Tell(service, "use_api_socket", "the engine is reached by another way than a socket", isError: true, service.Node["use_api_socket"]!.Origin);
            }
        }

        CheckNetworks();
    }

    // It counts only while the start period lasts, which is 0 s where none is given. An engine that does not know it is warned about already.
    private void CheckHealthcheck(ServiceDefinition service)
    {
        if (scope.Engine.ApiVersion >= new Version(1, 44) && service.Healthcheck is { StartInterval: not null, StartPeriod: null or { Ticks: 0 } }
            && (service.Node["healthcheck"] as MappingNode)?["start_interval"] is { } value)
        {
            Tell(service, "healthcheck.start_interval", "without a start_period there is no time in which it would be used", isError: false, value.Origin);
        }
    }

    // Older engines know one address for the whole container, which its first network takes.
    private void CheckMacAddresses(ServiceDefinition service)
    {
        if (service.NetworkMode is { Length: > 0 } mode && service.Node["mac_address"] is { } address)
        {
            Tell(service, "mac_address", $"with network_mode '{mode}' the service has no network of its own", isError: false, address.Origin);
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
            Tell(service, what, "only a swarm keeps secrets and configs of its own", isError: true, external.Origin);
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
            Tell(service, $"uid, gid or mode of {what}", "a file of the host keeps its own owner and mode", isError: false, use.Origin);
        }

        if (!isFile && service.ReadOnly)
        {
            Tell(service, $"{what} at {target}", "it cannot be put into a read-only root file system; keep it in a file", isError: true, use.Origin);
        }

        if (!isFile && HiddenBy(service, target) is { } hiding)
        {
            Tell(service, $"{what} at {target}", $"the tmpfs at {hiding} hides it; mount the tmpfs elsewhere, or keep it in a file", isError: true, use.Origin);
        }

        if (definition["environment"] is ScalarNode { IsNull: false } variable && !scope.Project.Environment.ContainsKey(variable.Text))
        {
            scope.Draft.AddFinding(
                EngineErrorId.ExternalResourceMissing,
                $"Service '{service.Name}' needs the {what}, which is the content of the variable {variable.Text}, but it is not set.",
                $"Set it, for example: {CommandWord.SetVariable(variable.Text)}",
                service.Name,
                variable.Origin);
        }
    }

    // Files are put into a container before it starts; an empty tmpfs is mounted over them when it does.
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
