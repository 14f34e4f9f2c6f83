using System.Globalization;
using ComposeLab.Compose.Hashing;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Makes the container of a service from its definition.</summary>
/// <param name="project">The project.</param>
/// <param name="images">The ids of images by name, for the label that notes what a container was made from.</param>
internal sealed class ContainerSpecs(ComposeProject project, IReadOnlyDictionary<string, string> images)
{
    /// <summary>Makes one container of a service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <returns>The container.</returns>
    public ContainerSpec Make(ServiceDefinition service, int number)
    {
        Dictionary<string, EndpointSpec> networks = Networks(service, number);
        return new ContainerSpec
        {
            Name = ServiceNames.Container(project, service, number),
            Image = ServiceNames.Image(project, service),
            Platform = service.Platform,
            Command = service.Command,
            Entrypoint = service.Entrypoint,
            Environment = [.. service.Environment.Select(pair => pair.Value is null ? pair.Key : $"{pair.Key}={pair.Value}")],
            Labels = Labels(service, number),
            WorkingDirectory = service.WorkingDir,
            User = service.User,
            Hostname = service.Hostname,
            DomainName = service.DomainName,
            Tty = service.Tty,
            OpenStandardInput = service.StdinOpen,
            Healthcheck = Healthcheck(service.Healthcheck),
            StopSignal = service.StopSignal,
            StopTimeout = service.StopGracePeriod,
            ExposedPorts = [.. service.Expose.Select(port => port.Contains('/') ? port : port + "/tcp")],
            Ports = [.. service.Ports.Select(port => new PortBindingSpec((int)(port.Target ?? 0), port.Protocol ?? "tcp", port.HostIp ?? "", port.Published ?? ""))],
            NetworkMode = service.NetworkMode ?? (networks.Count == 0 ? "none" : Primary(service)),
            Networks = networks,
            Binds = [.. service.Volumes.Where(MountSpecs.IsShort).Select(mount => MountSpecs.Bind(project, mount))],
            Mounts = [.. service.Volumes.Where(mount => !MountSpecs.IsShort(mount)).Select(mount => MountSpecs.Mount(project, mount)), .. MountSpecs.Files(project, service)],
            Tmpfs = service.Tmpfs.Select(entry => entry.Split(':', 2)).ToDictionary(parts => parts[0], parts => parts.Length > 1 ? parts[1] : ""),
            Restart = Restart(service),
            Log = service.Logging is { } log ? new LogSpec(log.Driver ?? "", log.Options) : null,
            Resources = ResourceSpecs.Make(service),
            Security = ResourceSpecs.Security(service),
            Names = new NameSpec { Dns = service.Dns, DnsOptions = service.DnsOpt, DnsSearch = service.DnsSearch, ExtraHosts = [.. service.ExtraHosts.Select(host => host.Replace('=', ':'))] },
            Annotations = service.Annotations,
            StorageOptions = service.StorageOpt,
            Runtime = service.Runtime,
            Isolation = service.Isolation,
        };
    }

    /// <summary>The network a service's container is created in: the one of highest priority, then by name.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The network's name on the engine; nothing where the service has a network mode.</returns>
    public string Primary(ServiceDefinition service) => service.NetworkMode is not null
        ? ""
        : service.Networks.Values
            .OrderByDescending(network => network.Priority ?? 0)
            .ThenBy(network => network.Name, StringComparer.Ordinal)
            .Select(network => ServiceNames.Network(project, network.Name))
            .FirstOrDefault() ?? "";

    private Dictionary<string, EndpointSpec> Networks(ServiceDefinition service, int number) => service.NetworkMode is not null
        ? []
        : service.Networks.Values.ToDictionary(
            network => ServiceNames.Network(project, network.Name),
            network => new EndpointSpec
            {
                Aliases = [.. new[] { ServiceNames.Container(project, service, number), service.Name }.Concat(network.Aliases).Distinct(StringComparer.Ordinal)],
                IPv4Address = network.Ipv4Address,
                IPv6Address = network.Ipv6Address,
                LinkLocalAddresses = network.LinkLocalIps,
                MacAddress = network.MacAddress,
                DriverOptions = network.DriverOpts,
                GatewayPriority = (int)(network.GatewayPriority ?? 0),
            },
            StringComparer.Ordinal);

    private Dictionary<string, string> Labels(ServiceDefinition service, int number)
    {
        var labels = new Dictionary<string, string>(service.Labels, StringComparer.Ordinal)
        {
            [StackLabels.Project] = project.Name,
            [StackLabels.Service] = service.Name,
            [StackLabels.Version] = StackLabels.DialectVersion,
            [StackLabels.WorkingDirectory] = project.WorkingDirectory,
            [StackLabels.ConfigFiles] = string.Join(',', project.ComposeFiles),
            [StackLabels.OneOff] = "False",
            [StackLabels.ConfigHash] = ConfigHash.ForService(project, service),
            [StackLabels.Number] = number.ToString(CultureInfo.InvariantCulture),
            [StackLabels.DependsOn] = string.Join(',', service.DependsOn.Values.Select(Dependency)),
            [StackLabels.Image] = images.GetValueOrDefault(ServiceNames.Image(project, service), ""),
            [StackLabels.Config] = ServiceFacts.Write(service),
        };
        if (project.EnvFiles.Count > 0)
        {
            labels[StackLabels.EnvironmentFile] = string.Join(',', project.EnvFiles);
        }

        return labels;
    }

    private static string Dependency(DependencyDefinition dependency)
    {
        string condition = dependency.Condition switch
        {
            DependencyCondition.ServiceHealthy => "service_healthy",
            DependencyCondition.ServiceCompletedSuccessfully => "service_completed_successfully",
            _ => "service_started",
        };
        return $"{dependency.Service}:{condition}:{(dependency.Restart ? "true" : "false")}";
    }

    private static HealthcheckSpec? Healthcheck(HealthcheckDefinition? check) => check is null
        ? null
        : new HealthcheckSpec
        {
            Test = check.Disable ? ["NONE"] : check.Test ?? [],
            Interval = check.Interval,
            Timeout = check.Timeout,
            Retries = (int?)check.Retries,
            StartPeriod = check.StartPeriod,
            StartInterval = check.StartInterval,
        };

    private static RestartSpec Restart(ServiceDefinition service)
    {
        if (service.Restart is { Length: > 0 } text)
        {
            string[] parts = text.Split(':', 2);
            return new RestartSpec(parts[0], parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int times) ? times : 0);
        }

        return service.Deploy?.RestartPolicy is { } policy
            ? policy.Condition switch
            {
                "none" => RestartSpec.Never,
                "on-failure" => new RestartSpec("on-failure", (int)(policy.MaxAttempts ?? 0)),
                _ => new RestartSpec("always", 0),
            }
            : RestartSpec.Never;
    }
}
