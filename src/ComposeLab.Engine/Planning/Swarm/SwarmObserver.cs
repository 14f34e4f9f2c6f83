using System.Collections.Concurrent;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;

namespace ComposeLab.Engine.Planning;

/// <summary>Reads the state of a swarm: six parallel calls for a whole stack, and one for each image whose digest is needed.</summary>
/// <param name="engine">A manager.</param>
/// <param name="images">Knows the user's credentials.</param>
internal sealed class SwarmObserver(IEngine engine, IImageSource images)
{
    /// <summary>The names of the secrets that the engine refused to equate with the content of the file.</summary>
    public ConcurrentDictionary<string, bool> DifferingSecrets { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads the state for a deployment.</summary>
    /// <param name="project">The project.</param>
    /// <param name="options">How it is deployed.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The state.</returns>
    public async Task<ObservedSwarm> ObserveAsync(ComposeProject project, DeployOptions options, CancellationToken token)
    {
        Task<IReadOnlyDictionary<string, byte[]>> contents = ReadAsync(project, token);
        Task<IReadOnlyList<ContainerSummary>> containers = engine.ListContainersAsync([$"{StackLabels.Project}={project.Name}", StackLabels.ConfigHash], token);
        ObservedSwarm observed = await ObserveAsync(project.Name, token).ConfigureAwait(false);
        string[] asked = options.ResolveImage == ResolveImage.Never
            ? []
            : [.. project.Services.Values
                .Where(service => !string.IsNullOrEmpty(service.Image) && (options.ResolveImage == ResolveImage.Always || IsChanged(observed, project, service)))
                .Select(service => service.Image!).Distinct(StringComparer.Ordinal)];
        KeyValuePair<string, SwarmImage?>[] resolved = await Task.WhenAll(asked.Select(async image => KeyValuePair.Create(image, await ResolveAsync(image, token).ConfigureAwait(false)))).ConfigureAwait(false);
        bool isUpdating = observed.Services.Any(service => service.UpdateStatus?.State == "updating");
        return observed with
        {
            Tasks = isUpdating ? await engine.ListTasksAsync([SwarmLabels.Of(project.Name)], upToDate: true, token).ConfigureAwait(false) : [],
            Contents = await contents.ConfigureAwait(false),
            HasComposeStack = (await containers.ConfigureAwait(false)).Count > 0,
            Images = resolved.ToDictionary(StringComparer.Ordinal),
            DifferingSecrets = DifferingSecrets.Keys.ToHashSet(StringComparer.Ordinal),
        };
    }

    /// <summary>Reads the state of a stack.</summary>
    /// <param name="stack">Its name.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The state.</returns>
    public async Task<ObservedSwarm> ObserveAsync(string stack, CancellationToken token)
    {
        Task<IReadOnlyList<SwarmService>> services = engine.ListServicesAsync([SwarmLabels.Of(stack)], token);
        Task<IReadOnlyList<NetworkSummary>> networks = engine.ListNetworksAsync([], token);
        Task<IReadOnlyList<SwarmFile>> configs = engine.ListConfigsAsync(token);
        Task<IReadOnlyList<SwarmFile>> secrets = engine.ListSecretsAsync(token);
        Task<IReadOnlyList<SwarmNode>> nodes = engine.ListNodesAsync(token);
        await Task.WhenAll(services, networks, configs, secrets, nodes).ConfigureAwait(false);
        return new ObservedSwarm
        {
            Services = await services.ConfigureAwait(false),
            Networks = await networks.ConfigureAwait(false),
            Configs = await configs.ConfigureAwait(false),
            Secrets = await secrets.ConfigureAwait(false),
            Nodes = await nodes.ConfigureAwait(false),
            Time = DateTimeOffset.UtcNow,
        };
    }

    private static bool IsChanged(ObservedSwarm observed, ComposeProject project, ServiceDefinition service) =>
        observed.Service($"{project.Name}_{service.Name}") is not { } existing || existing.Label(SwarmLabels.Image) != service.Image;

    // A registry that does not answer is not an error: each node then pulls the image itself, or uses its own copy.
    private async Task<SwarmImage?> ResolveAsync(string image, CancellationToken token)
    {
        if (image.Contains('@', StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return await engine.ResolveImageAsync(new RegistryRequest(ServiceConversion.WithTag(image), await images.CredentialAsync(image, token).ConfigureAwait(false)), token).ConfigureAwait(false);
        }
        catch (EngineException fault) when (fault.StatusCode is not null)
        {
            return null;
        }
    }

    private static async Task<IReadOnlyDictionary<string, byte[]>> ReadAsync(ComposeProject project, CancellationToken token)
    {
        var contents = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (string path in StackConversion.FilesOf(project))
        {
            try
            {
                contents[path] = await File.ReadAllBytesAsync(path, token).ConfigureAwait(false);
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                // The plan has a finding for a file without content.
            }
        }

        return contents;
    }
}
