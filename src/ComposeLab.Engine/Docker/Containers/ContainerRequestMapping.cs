using Docker.DotNet.Models;
using Version = System.Version;

namespace ComposeLab.Engine.Docker;

/// <summary>Converts this project's container records to engine requests.</summary>
internal static class ContainerRequestMapping
{
    /// <summary>Converts a new container.</summary>
    /// <param name="spec">The container.</param>
    /// <param name="info">The engine, which determines the supported settings.</param>
    /// <returns>The call's parameters.</returns>
    public static CreateContainerParameters Parameters(ContainerSpec spec, EngineInfo info) => new()
    {
        Name = spec.Name,
        Image = spec.Image,
        Platform = spec.Platform!,
        Cmd = List(spec.Command)!,
        Entrypoint = List(spec.Entrypoint)!,
        Env = [.. spec.Environment],
        Labels = Map(spec.Labels),
        WorkingDir = spec.WorkingDirectory!,
        User = spec.User!,
        Hostname = spec.Hostname!,
        Domainname = spec.DomainName!,
        Tty = spec.Tty,
        OpenStdin = spec.OpenStandardInput,
        StdinOnce = spec.CloseStandardInput,
        AttachStdin = spec.CloseStandardInput,
        Healthcheck = Healthcheck(spec.Healthcheck, info),
        StopSignal = spec.StopSignal,
        StopTimeout = spec.StopTimeout,
        ExposedPorts = spec.ExposedPorts
            .Concat(spec.Ports.Select(PortKey))
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(port => port, _ => default(EmptyStruct)),
        HostConfig = HostConfigMapping.Config(spec),
        NetworkingConfig = new NetworkingConfig
        {
            EndpointsConfig = spec.Networks.ToDictionary(pair => pair.Key, pair => Endpoint(pair.Value, info)),
        },
    };

    /// <summary>Converts a network endpoint.</summary>
    /// <param name="spec">The endpoint.</param>
    /// <param name="info">The engine, which determines the supported settings.</param>
    /// <returns>The engine's form.</returns>
    public static EndpointSettings Endpoint(EndpointSpec spec, EngineInfo info) => new()
    {
        Aliases = [.. spec.Aliases],
        Links = spec.Links.Count == 0 ? null! : [.. spec.Links],
        MacAddress = spec.MacAddress!,
        DriverOpts = spec.DriverOptions.Count == 0 ? null! : Map(spec.DriverOptions),
        GwPriority = info.ApiVersion >= new Version(1, 48) ? spec.GatewayPriority : 0,
        IPAMConfig = spec.IPv4Address is null && spec.IPv6Address is null && spec.LinkLocalAddresses.Count == 0
            ? null
            : new EndpointIPAMConfig
            {
                IPv4Address = spec.IPv4Address!,
                IPv6Address = spec.IPv6Address!,
                LinkLocalIPs = [.. spec.LinkLocalAddresses],
            },
    };

    /// <summary>Copies a map to the type of the client library.</summary>
    /// <param name="map">The map.</param>
    /// <returns>A copy.</returns>
    public static Dictionary<string, string> Map(IReadOnlyDictionary<string, string> map) => new(map, StringComparer.Ordinal);

    /// <summary>Writes a published port in the engine's form.</summary>
    /// <param name="port">The port.</param>
    /// <returns><c>80/tcp</c>.</returns>
    public static string PortKey(PortBindingSpec port) => $"{port.ContainerPort}/{port.Protocol}";

    private static List<string>? List(IReadOnlyList<string>? list) => list is null ? null : [.. list];

    private static HealthcheckConfig? Healthcheck(HealthcheckSpec? spec, EngineInfo info) => spec is null
        ? null
        : new HealthcheckConfig
        {
            Test = [.. spec.Test],
            Interval = spec.Interval,
            Timeout = spec.Timeout,
            Retries = spec.Retries,
            StartPeriod = spec.StartPeriod,
            StartInterval = info.HasStartInterval ? spec.StartInterval : null,
        };
}
