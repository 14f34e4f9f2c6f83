using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Converts a project to a swarm stack, as <c>docker stack deploy</c> does.</summary>
public static class StackConversion
{
    private const int HashDigits = 10;

    // Whoever may list secrets reads the hash. It must not be a quick test for a guessed secret.
    private const int SecretRounds = 20_000;

    /// <summary>Converts a project.</summary>
    /// <param name="project">The project.</param>
    /// <param name="contents">The contents of the files that secrets and configs are read from, by path.</param>
    /// <returns>The stack.</returns>
    public static SwarmStack Convert(ComposeProject project, IReadOnlyDictionary<string, byte[]> contents)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(contents);
        var services = new ServiceConversion(project);
        IReadOnlyList<ServiceDefinition> order = ServiceOrder.Of(project, []);
        string[] networks = [.. order.SelectMany(ServiceConversion.NetworkKeys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return new SwarmStack
        {
            Name = project.Name,
            Services = [.. order.Select(service => new SwarmStackService(service, services.Make(service)))],
            Networks = [.. networks.Where(key => !IsExternal(project, key)).Select(key => Network(project, key))],
            ExternalNetworks = [.. networks.Where(key => IsExternal(project, key)).Select(key => ServiceNames.Network(project, key)).Where(name => !ServiceConversion.IsPredefined(name))],
            Files = [.. Secrets(project, order, contents), .. Configs(project, order, contents)],
        };
    }

    /// <summary>The paths of the files that the secrets and configs of a project are read from.</summary>
    /// <param name="project">The project.</param>
    /// <returns>The paths of those that services use.</returns>
    public static IEnumerable<string> FilesOf(ComposeProject project)
    {
        ArgumentNullException.ThrowIfNull(project);
        return Used(project.Services.Values.SelectMany(service => service.Secrets), project.Secrets).Where(secret => !secret.External).Select(secret => secret.File)
            .Concat(Used(project.Services.Values.SelectMany(service => service.Configs), project.Configs).Where(config => !config.External).Select(config => config.File))
            .OfType<string>().Distinct(StringComparer.Ordinal);
    }

    private static bool IsExternal(ComposeProject project, string key) => project.Networks.GetValueOrDefault(key) is { External: true };

    private static NetworkSpec Network(ComposeProject project, string key)
    {
        NetworkDefinition? network = project.Networks.GetValueOrDefault(key);
        return new NetworkSpec
        {
            Name = ServiceNames.Network(project, key),
            Driver = network?.Driver is { Length: > 0 } driver ? driver : "overlay",
            DriverOptions = network?.DriverOpts ?? new Dictionary<string, string>(),
            Labels = new Dictionary<string, string>(network?.Labels ?? new Dictionary<string, string>(), StringComparer.Ordinal) { [SwarmLabels.Namespace] = project.Name },
            Internal = network?.Internal ?? false,
            Attachable = network?.Attachable ?? false,
            EnableIPv6 = network?.EnableIpv6,
            IpamDriver = network?.Ipam?.Driver ?? "",
            IpamOptions = network?.Ipam?.Options ?? new Dictionary<string, string>(),
            Pools = [.. (network?.Ipam?.Config ?? []).Select(pool => new AddressPoolSpec { Subnet = pool.Subnet, IpRange = pool.IpRange, Gateway = pool.Gateway, AuxiliaryAddresses = pool.AuxAddresses })],
        };
    }

    private static IEnumerable<T> Used<T>(IEnumerable<FileReferenceDefinition> uses, IReadOnlyDictionary<string, T> definitions)
        where T : class => uses.Select(use => use.Source ?? "").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(key => definitions.GetValueOrDefault(key)).OfType<T>();

    private static IEnumerable<SwarmStackFile> Secrets(ComposeProject project, IReadOnlyList<ServiceDefinition> services, IReadOnlyDictionary<string, byte[]> contents)
    {
        foreach (SecretDefinition secret in Used(services.SelectMany(service => service.Secrets), project.Secrets))
        {
            byte[]? data = secret.Driver is not null ? [] : secret.Content is { } text ? Encoding.UTF8.GetBytes(text) : secret.File is { } file ? contents.GetValueOrDefault(file) : null;
            SwarmFileSpec spec = Spec(project, secret.Key, secret.Name, secret.Labels, data, secret.TemplateDriver) with
            {
                Driver = secret.Driver is null ? null : new SwarmDriver(secret.Driver, secret.DriverOpts.Count == 0 ? null : secret.DriverOpts),
            };
            yield return new SwarmStackFile(ResourceKind.Secret, secret.Key, spec)
            {
                Definition = secret,
                IsExternal = secret.External,
                Hash = secret.External ? "" : SecretHash(project.Name, secret.Key, spec),
            };
        }
    }

    private static IEnumerable<SwarmStackFile> Configs(ComposeProject project, IReadOnlyList<ServiceDefinition> services, IReadOnlyDictionary<string, byte[]> contents)
    {
        foreach (ConfigDefinition config in Used(services.SelectMany(service => service.Configs), project.Configs))
        {
            string? text = config.Content ?? (config.Environment is { } variable ? project.Environment.GetValueOrDefault(variable) : null);
            byte[]? data = text is not null ? Encoding.UTF8.GetBytes(text) : config.File is { } file ? contents.GetValueOrDefault(file) : null;
            SwarmFileSpec spec = Spec(project, config.Key, config.Name, config.Labels, data, config.TemplateDriver);
            yield return new SwarmStackFile(ResourceKind.Config, config.Key, spec)
            {
                Definition = config,
                IsExternal = config.External,
                Hash = config.External ? "" : ConfigHash(spec),
            };
        }
    }

    /// <summary>The hash of a config.</summary>
    /// <param name="spec">The config.</param>
    /// <returns>The hash.</returns>
    internal static string ConfigHash(SwarmFileSpec spec) =>
        Hex(SHA256.HashData([.. Encoding.UTF8.GetBytes($"{spec.Templating?.Name}\n"), .. spec.Data ?? []]))[..HashDigits];

    private static string SecretHash(string stack, string key, SwarmFileSpec spec)
    {
        byte[] whole = [.. Encoding.UTF8.GetBytes($"{spec.Templating?.Name}\n{spec.Driver?.Name}\n{JsonSerializer.Serialize(spec.Driver?.Options)}\n"), .. spec.Data ?? []];
        return Hex(Rfc2898DeriveBytes.Pbkdf2(whole, Encoding.UTF8.GetBytes($"composelab:{stack}:{key}"), SecretRounds, HashAlgorithmName.SHA256, HashDigits / 2));
    }

    private static string Hex(byte[] bytes) => System.Convert.ToHexString(bytes).ToLowerInvariant();

    private static SwarmFileSpec Spec(ComposeProject project, string key, string? name, IReadOnlyDictionary<string, string> labels, byte[]? data, string? template) => new()
    {
        Name = string.IsNullOrEmpty(name) ? $"{project.Name}_{key}" : name,
        Labels = new Dictionary<string, string>(labels, StringComparer.Ordinal) { [SwarmLabels.Namespace] = project.Name },
        Data = data,
        Templating = string.IsNullOrEmpty(template) ? null : new SwarmDriver(template, null),
    };
}
