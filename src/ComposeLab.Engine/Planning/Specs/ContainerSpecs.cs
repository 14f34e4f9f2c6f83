using System.Globalization;
using System.Text.Json;
using ComposeLab.Compose.Hashing;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Creates the container of a service from its definition.</summary>
/// <param name="project">The project.</param>
/// <param name="images">The ids of images by name, for the label with the image of a container.</param>
/// <param name="engine">The capabilities of the engine.</param>
internal sealed class ContainerSpecs(ComposeProject project, IReadOnlyDictionary<string, string> images, EngineInfo engine)
{
    private readonly EndpointSpecs _endpoints = new(project);

    /// <summary>Creates one container of a service.</summary>
    /// <param name="defined">The definition of the service.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="idOf">Returns the id of the first container of a service it refers to.</param>
    /// <param name="namesOf">Returns the names of the containers of a service it links to.</param>
    /// <returns>The container.</returns>
    public ContainerSpec Make(
        ServiceDefinition defined, int number, Func<string, string> idOf, Func<string, IEnumerable<string>> namesOf)
    {
        ServiceDefinition service = ServiceReferences.Resolve(defined, idOf);
        IReadOnlyList<string> links = _endpoints.Links(service, namesOf);
        Dictionary<string, EndpointSpec> networks = _endpoints.Make(service, number, links);
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
            ExposedPorts = [.. service.Expose.SelectMany(PortSpecs.Exposed).Distinct(StringComparer.Ordinal)],
            Ports = [.. service.Ports.Select(PortSpecs.Binding)],
            NetworkMode = service.NetworkMode ?? (networks.Count == 0 ? "none" : Primary(service)),
            Networks = networks,
            Links = networks.Count == 0 ? links : [],
            Binds = [.. service.Volumes.Where(MountSpecs.IsShort).Select(mount => MountSpecs.Bind(project, mount)), .. MountSpecs.ApiSocket(service, engine)],
            Mounts = [.. service.Volumes.Where(mount => !MountSpecs.IsShort(mount)).Select(mount => MountSpecs.Mount(project, mount)), .. MountSpecs.Files(project, service)],
            Tmpfs = service.Tmpfs.Select(entry => entry.Split(':', 2)).GroupBy(parts => parts[0], StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Last() is [_, var options] ? options : "", StringComparer.Ordinal),
            VolumesFrom = [.. ServiceReferences.VolumesFrom(defined, idOf)],
            Restart = RestartSpecs.Make(service),
            Log = service.Logging is { } log ? new LogSpec(log.Driver ?? "", log.Options) : null,
            Resources = ResourceSpecs.Make(service),
            Security = SecuritySpecs.Make(project, service),
            Dns = new DnsSpec { Servers = service.Dns, Options = service.DnsOpt, Search = service.DnsSearch, ExtraHosts = [.. service.ExtraHosts.Select(Host)] },
            Annotations = service.Annotations,
            StorageOptions = service.StorageOpt,
            Runtime = service.Runtime,
            Isolation = service.Isolation,
        };
    }

    /// <summary>The network a service's container is created in.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The network's name on the engine; empty if the service has a network mode.</returns>
    public string Primary(ServiceDefinition service) => _endpoints.Primary(service);

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
            [StackLabels.ConfigHash] = ConfigHash.ForService(service),
            [StackLabels.Number] = number.ToString(CultureInfo.InvariantCulture),
            [StackLabels.DependsOn] = string.Join(',', service.DependsOn.Values.Select(Dependency)),
            [StackLabels.Image] = images.GetValueOrDefault(ServiceNames.Image(project, service), ""),
            [StackLabels.Config] = ServiceSnapshot.Write(service, project.Mask),
        };
        if (InlineFiles.Of(project, service) is { Count: > 0 } files)
        {
            labels[StackLabels.Files] = JsonSerializer.Serialize(
                new SortedDictionary<string, string>(files.DistinctBy(file => file.Path).ToDictionary(file => file.Path, ServiceSnapshot.FingerprintOf), StringComparer.Ordinal));
        }

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

    // Only the first character is a separator: the address may be IPv6.
    private static string Host(string entry)
    {
        int sign = entry.IndexOf('=', StringComparison.Ordinal);
        return sign < 0 ? entry : $"{entry[..sign]}:{entry[(sign + 1)..]}";
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
}
