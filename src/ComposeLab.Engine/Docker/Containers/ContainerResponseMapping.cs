using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Docker.DotNet.Models;

namespace ComposeLab.Engine.Docker;

/// <summary>Reads the engine's answers about containers into this project's records.</summary>
internal static partial class ContainerResponseMapping
{
    private const int EngineDefaultRetries = 3;

    // Bits of the mode in the format of the Go library.
    private const uint DirectoryBit = 1u << 31;
    private const uint LinkBit = 1u << 27;

    /// <summary>Converts a path in a container.</summary>
    /// <param name="stat">The engine's form.</param>
    /// <returns>The path.</returns>
    public static ContainerPath PathOf(ContainerPathStatResponse? stat) => stat is null
        ? throw new InvalidDataException("it answered without the properties of the path")
        : new ContainerPath(stat.Name ?? "", stat.Size, (stat.Mode & DirectoryBit) != 0, (stat.Mode & LinkBit) != 0 ? stat.LinkTarget ?? "" : null);

    /// <summary>Reads one row of a listing.</summary>
    /// <param name="row">The engine's row.</param>
    /// <returns>The container.</returns>
    public static ContainerSummary Summary(ContainerListResponse row) => new()
    {
        Id = Required(row.ID, "Id"),
        Name = OwnName(row.Names),
        Image = row.Image ?? "",
        ImageId = row.ImageID ?? "",
        Created = Time(row.Created),
        State = State(row.State),
        Health = HealthOf(row.Health?.Status) is var told && told != HealthStatus.None ? told : HealthInWords(row.Status),
        ExitCode = ExitCodeInWords(row.Status),
        Status = row.Status ?? "",
        Labels = Map(row.Labels),
        Ports = [.. (row.Ports ?? []).Select(Port).Distinct().OrderBy(port => port.ContainerPort).ThenBy(port => port.HostIp, StringComparer.Ordinal)],
        Networks = Networks(row.NetworkSettings?.Networks),
        Mounts = Mounts(row.Mounts),
    };

    /// <summary>Reads an inspection.</summary>
    /// <param name="answer">The engine's answer.</param>
    /// <returns>The container.</returns>
    public static ContainerDetails Details(ContainerInspectResponse answer) => new()
    {
        Id = Required(answer?.ID, "Id"),
        Name = Required(answer!.Name, "Name").TrimStart('/'),
        Image = answer.Config?.Image ?? "",
        ImageId = answer.Image ?? "",
        State = State(answer.State?.Status),
        Health = Verdict(answer),
        Probes = [.. (answer.State?.Health?.Log ?? []).Select(run => new HealthProbe(Time(run.Start), Time(run.End), (int)run.ExitCode, run.Output ?? ""))],
        ExitCode = (int)(answer.State?.ExitCode ?? 0),
        OutOfMemory = answer.State?.OOMKilled ?? false,
        Error = answer.State?.Error ?? "",
        Started = Moment(answer.State?.StartedAt),
        Ended = Moment(answer.State?.FinishedAt),
        RestartCount = answer.RestartCount,
        Tty = answer.Config?.Tty ?? false,
        LogDriver = answer.HostConfig?.LogConfig?.Type ?? "",
        User = answer.Config?.User ?? "",
        Environment = [.. answer.Config?.Env ?? []],
        Healthcheck = Healthcheck(answer.Config?.Healthcheck),
        Labels = Map(answer.Config?.Labels),
        Networks = Networks(answer.NetworkSettings?.Networks),
        Mounts = Mounts(answer.Mounts),
    };

    /// <summary>Converts the start of a container.</summary>
    /// <param name="answer">The engine's form of a container.</param>
    /// <returns>The start.</returns>
    public static ContainerRunState RunState(JsonElement answer)
    {
        JsonElement state = answer.Member("State");
        return new ContainerRunState(State(state.Text("Status")), Moment(state.Text("StartedAt")), answer.Whole("RestartCount"));
    }

    /// <summary>Copies a map that the engine may have left out.</summary>
    /// <param name="map">The engine's map.</param>
    /// <returns>A map, empty if there was none.</returns>
    public static IReadOnlyDictionary<string, string> Map(IDictionary<string, string>? map) =>
        map is null ? new Dictionary<string, string>() : new Dictionary<string, string>(map, StringComparer.Ordinal);

    /// <summary>Reads the engine's time, which is UTC.</summary>
    /// <param name="time">The engine's value.</param>
    /// <returns>The moment.</returns>
    public static DateTimeOffset Time(DateTime time) =>
        time.Kind == DateTimeKind.Local ? new DateTimeOffset(time) : new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    /// <summary>Checks a required value of an answer.</summary>
    /// <param name="value">The value.</param>
    /// <param name="name">Its name in the API.</param>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidDataException">It is missing: the server is not an engine.</exception>
    public static string Required(string? value, string name) =>
        string.IsNullOrEmpty(value) ? throw new InvalidDataException($"it answered without '{name}'") : value;

    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment) && moment.Year > 1
            ? moment
            : null;

    // Links add names of the form /other/alias; the container's own name has a single slash.
    private static string OwnName(IList<string>? names) =>
        (names ?? []).Select(name => (name ?? "").TrimStart('/')).OrderBy(name => name.Contains('/')).FirstOrDefault() ?? "";

    private static ContainerState State(string? text) =>
        Enum.TryParse(text, ignoreCase: true, out ContainerState state) ? state : ContainerState.Created;

    // A container that was paused is reported as unhealthy until its next probe, although none has failed.
    private static HealthStatus Verdict(ContainerInspectResponse answer) => HealthOf(answer.State?.Health?.Status) switch
    {
        HealthStatus.Unhealthy when answer.State!.Health!.FailingStreak < Retries(answer.Config?.Healthcheck) => HealthStatus.Starting,
        HealthStatus told => told,
    };

    private static long Retries(HealthcheckConfig? check) => check?.Retries is > 0 and var own ? own : EngineDefaultRetries;

    private static HealthStatus HealthOf(string? text) =>
        Enum.TryParse(text, ignoreCase: true, out HealthStatus health) ? health : HealthStatus.None;

    // Engines before API 1.52 include health and exit code in a list only as human-readable text.
    private static HealthStatus HealthInWords(string? status) => status switch
    {
        not null when status.EndsWith("(healthy)", StringComparison.Ordinal) => HealthStatus.Healthy,
        not null when status.EndsWith("(unhealthy)", StringComparison.Ordinal) => HealthStatus.Unhealthy,
        not null when status.EndsWith("(health: starting)", StringComparison.Ordinal) => HealthStatus.Starting,
        _ => HealthStatus.None,
    };

    private static int? ExitCodeInWords(string? status) =>
        ExitWords().Match(status ?? "") is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : null;

    private static PortMapping Port(PortSummary port) =>
        new(string.IsNullOrEmpty(port.IP) ? null : port.IP, port.PublicPort is null or 0 ? null : port.PublicPort, port.PrivatePort, port.Type ?? "");

    private static Dictionary<string, ContainerNetwork> Networks(IDictionary<string, EndpointSettings>? networks) =>
        (networks ?? new Dictionary<string, EndpointSettings>()).ToDictionary(
            pair => pair.Key,
            pair => new ContainerNetwork
            {
                NetworkId = pair.Value?.NetworkID ?? "",
                IpAddress = pair.Value?.IPAddress ?? "",
                Aliases = [.. pair.Value?.Aliases ?? []],
            },
            StringComparer.Ordinal);

    private static IReadOnlyList<ContainerMount> Mounts(IList<MountPoint>? mounts) =>
    [
        .. (mounts ?? []).Select(mount => new ContainerMount
        {
            Type = mount.Type ?? "",
            Name = mount.Name ?? "",
            Source = mount.Source ?? "",
            Target = mount.Destination ?? "",
            Writable = mount.RW,
        }),
    ];

    private static HealthcheckSpec? Healthcheck(HealthcheckConfig? check) =>
        check is null || check.Test is not { Count: > 0 } test || test[0] == "NONE"
            ? null
            : new HealthcheckSpec
            {
                Test = [.. test],
                Interval = check.Interval,
                Timeout = check.Timeout,
                Retries = (int?)check.Retries,
                StartPeriod = check.StartPeriod,
                StartInterval = check.StartInterval,
            };

    [GeneratedRegex(@"^(?:Exited|Restarting) \((-?\d+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex ExitWords();
}
