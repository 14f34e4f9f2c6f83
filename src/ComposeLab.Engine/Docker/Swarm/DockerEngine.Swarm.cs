using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ComposeLab.Engine.Docker;

/// <content>The swarm. The definitions are sent as they are: the client library's own types cannot tell an empty part from a missing one.</content>
internal sealed partial class DockerEngine
{
    private static readonly JsonSerializerOptions Complete = CompleteJson.Of(SwarmJson.Default);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SwarmService>> ListServicesAsync(IReadOnlyList<string> labels, CancellationToken token) =>
        ListSwarmAsync($"services?status=true{SwarmFilters("&", labels)}", Complete.Info<SwarmService[]>(), token);

    /// <inheritdoc/>
    public async Task<ContainerCreated> CreateServiceAsync(SwarmServiceSpec spec, RegistryCredential? credential, CancellationToken token)
    {
        SwarmAnswer answer = await SendSwarmAsync(HttpMethod.Post, "services/create", Body(spec, SwarmJson.Default.SwarmServiceSpec), credential, token).ConfigureAwait(false);
        return new ContainerCreated(ContainerResponseMapping.Required(answer.Id, "ID"), Warnings(answer));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> UpdateServiceAsync(string service, ulong version, SwarmServiceSpec spec, RegistryCredential? credential, CancellationToken token) =>
        Warnings(await SendSwarmAsync(
            HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"services/{Uri.EscapeDataString(service)}/update?version={version}"), Body(spec, SwarmJson.Default.SwarmServiceSpec), credential, token).ConfigureAwait(false));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> RollbackServiceAsync(string service, ulong version, SwarmServiceSpec spec, CancellationToken token) =>
        Warnings(await SendSwarmAsync(
            HttpMethod.Post,
            string.Create(CultureInfo.InvariantCulture, $"services/{Uri.EscapeDataString(service)}/update?version={version}&rollback=previous&registryAuthFrom=previous-spec"),
            Body(spec, SwarmJson.Default.SwarmServiceSpec),
            null,
            token).ConfigureAwait(false));

    /// <inheritdoc/>
    public Task RemoveServiceAsync(string service, CancellationToken token) => SendSwarmAsync(HttpMethod.Delete, "services/" + Uri.EscapeDataString(service), null, null, token);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SwarmTask>> ListTasksAsync(IReadOnlyList<string> labels, bool upToDate, CancellationToken token) =>
        ListSwarmAsync("tasks" + SwarmFilters("?", labels, upToDate), Complete.Info<SwarmTask[]>(), token);

    /// <inheritdoc/>
    public async IAsyncEnumerable<LogLine> ReadTaskLogAsync(string task, bool hasTerminal, LogQuery query, [EnumeratorCancellation] CancellationToken token)
    {
        using HttpResponseMessage answer = await OpenLogAsync("tasks/" + Uri.EscapeDataString(task), query, null, token).ConfigureAwait(false);
        await using Stream stream = await answer.Content.ReadAsStreamAsync(token).ConfigureAwait(false);
        var decoder = new LogDecoder(isFramed: !hasTerminal);
        var lines = new List<LogLine>();
        var buffer = new byte[LogBufferBytes];
        int read;
        do
        {
            read = await FillAsync(stream, buffer, query.Follow, token).ConfigureAwait(false);
            if (read == 0)
            {
                decoder.Finish(lines);
            }
            else
            {
                Decode(decoder, buffer.AsSpan(0, read), lines);
            }

            // The engines of swarms know no end time.
            foreach (LogLine line in lines.Where(line => query.Until is null || line.Time <= query.Until))
            {
                yield return line;
            }

            lines.Clear();
        }
        while (read > 0);
        if (decoder.Fault is { } fault)
        {
            throw new EngineException(EngineErrorId.LogUnreadable, $"The log of task {task} is incomplete: {fault}", "See the nodes and tasks of the swarm.");
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<SwarmNode>> ListNodesAsync(CancellationToken token) => ListSwarmAsync("nodes", Complete.Info<SwarmNode[]>(), token);

    /// <inheritdoc/>
    public Task UpdateNodeAsync(string node, ulong version, SwarmNodeSpec spec, CancellationToken token) => SendSwarmAsync(
        HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"nodes/{Uri.EscapeDataString(node)}/update?version={version}"), Body(spec, SwarmJson.Default.SwarmNodeSpec), null, token);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SwarmFile>> ListConfigsAsync(CancellationToken token) => ListSwarmAsync("configs", Complete.Info<SwarmFile[]>(), token);

    /// <inheritdoc/>
    public async Task<string> CreateConfigAsync(SwarmFileSpec spec, CancellationToken token) => ContainerResponseMapping.Required(
        (await SendSwarmAsync(HttpMethod.Post, "configs/create", Body(spec, SwarmJson.Default.SwarmFileSpec), null, token).ConfigureAwait(false)).Id, "ID");

    /// <inheritdoc/>
    public Task RemoveConfigAsync(string config, CancellationToken token) => SendSwarmAsync(HttpMethod.Delete, "configs/" + Uri.EscapeDataString(config), null, null, token);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SwarmFile>> ListSecretsAsync(CancellationToken token) => ListSwarmAsync("secrets", Complete.Info<SwarmFile[]>(), token);

    /// <inheritdoc/>
    public async Task<string> CreateSecretAsync(SwarmFileSpec spec, CancellationToken token) => ContainerResponseMapping.Required(
        (await SendSwarmAsync(HttpMethod.Post, "secrets/create", Body(spec, SwarmJson.Default.SwarmFileSpec), null, token).ConfigureAwait(false)).Id, "ID");

    /// <inheritdoc/>
    public Task UpdateSecretAsync(string secret, ulong version, SwarmFileSpec spec, CancellationToken token) => SendSwarmAsync(
        HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"secrets/{Uri.EscapeDataString(secret)}/update?version={version}"), Body(spec, SwarmJson.Default.SwarmFileSpec), null, token);

    /// <inheritdoc/>
    public Task RemoveSecretAsync(string secret, CancellationToken token) => SendSwarmAsync(HttpMethod.Delete, "secrets/" + Uri.EscapeDataString(secret), null, null, token);

    /// <inheritdoc/>
    public Task<SwarmImage> ResolveImageAsync(RegistryRequest request, CancellationToken token)
    {
        string path = $"distribution/{string.Join('/', request.Image.Split('/').Select(Uri.EscapeDataString))}/json";
        string? credential = request.Credential is null ? null : ImageRequestMapping.Header(request.Credential);
        return ReadAsync(
            async () =>
            {
                using HttpResponseMessage answer = await transport.GetAsync(path, token, credential).ConfigureAwait(false);
                string body = await answer.Content.ReadAsStringAsync(token).ConfigureAwait(false);
                if (!answer.IsSuccessStatusCode)
                {
                    throw EngineFault.Refused((int)answer.StatusCode, body, nameof(ResolveImageAsync), null);
                }

                return new SwarmImage(ImageResponseMapping.Digest(body), JsonSerializer.Deserialize(body, Complete.Info<SwarmImagePlatforms>())?.Platforms ?? []);
            },
            token);
    }

    /// <inheritdoc/>
    public async Task<string> InitializeSwarmAsync(SwarmSettings settings, CancellationToken token) =>
        JsonSerializer.Deserialize(await SendSwarmTextAsync(HttpMethod.Post, "swarm/init", Body(settings, SwarmJson.Default.SwarmSettings), null, token).ConfigureAwait(false), SwarmJson.Default.String) ?? "";

    /// <inheritdoc/>
    public Task<SwarmJoinTokens> ReadJoinTokensAsync(CancellationToken token) => ReadSwarmAsync("swarm", Complete.Info<SwarmSecrets>(), swarm => swarm!.JoinTokens, token);

    /// <inheritdoc/>
    public Task JoinSwarmAsync(SwarmMembership membership, CancellationToken token) =>
        SendSwarmTextAsync(HttpMethod.Post, "swarm/join", Body(membership, SwarmJson.Default.SwarmMembership), null, token);

    /// <inheritdoc/>
    public Task LeaveSwarmAsync(bool force, CancellationToken token) => SendSwarmTextAsync(HttpMethod.Post, $"swarm/leave?force={(force ? 1 : 0)}", new StringContent(""), null, token);

    /// <inheritdoc/>
    public Task RemoveNodeAsync(string node, bool force, CancellationToken token) =>
        SendSwarmTextAsync(HttpMethod.Delete, $"nodes/{Uri.EscapeDataString(node)}?force={(force ? 1 : 0)}", null, null, token);

    private static StringContent Body<T>(T value, JsonTypeInfo<T> type) => new(JsonSerializer.Serialize(value, type), Encoding.UTF8, "application/json");

    private static IReadOnlyList<string> Warnings(SwarmAnswer answer) => answer.Warning is { Length: > 0 } warning ? [.. answer.Warnings ?? [], warning] : answer.Warnings ?? [];

    private static string SwarmFilters(string before, IReadOnlyList<string> labels, bool upToDate = false)
    {
        var filters = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (labels.Count > 0)
        {
            filters["label"] = [.. labels];
        }

        if (upToDate)
        {
            filters["_up-to-date"] = ["true"];
        }

        return filters.Count == 0 ? "" : $"{before}filters={Uri.EscapeDataString(JsonSerializer.Serialize(filters, SwarmJson.Default.DictionaryStringStringArray))}";
    }

    private Task<IReadOnlyList<T>> ListSwarmAsync<T>(string path, JsonTypeInfo<T[]> type, CancellationToken token, [CallerMemberName] string name = "") =>
        ReadSwarmAsync(path, type, rows => Rows(rows, row => row), token, name);

    private Task<TResult> ReadSwarmAsync<T, TResult>(string path, JsonTypeInfo<T> type, Func<T?, TResult> result, CancellationToken token, [CallerMemberName] string name = "") => ReadAsync(
        async () =>
        {
            using HttpResponseMessage answer = await transport.GetAsync(path, token).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
            {
                throw SwarmRefused(answer, await answer.Content.ReadAsStringAsync(token).ConfigureAwait(false), name);
            }

            await using Stream body = await answer.Content.ReadAsStreamAsync(token).ConfigureAwait(false);
            return result(await JsonSerializer.DeserializeAsync(body, type, token).ConfigureAwait(false));
        },
        token,
        name);

    private async Task<SwarmAnswer> SendSwarmAsync(HttpMethod method, string path, HttpContent? body, RegistryCredential? credential, CancellationToken token, [CallerMemberName] string name = "")
    {
        string text = await SendSwarmTextAsync(method, path, body, credential, token, name).ConfigureAwait(false);
        return text.AsSpan().Trim().IsEmpty ? new SwarmAnswer() : JsonSerializer.Deserialize(text, Complete.Info<SwarmAnswer>()) ?? new SwarmAnswer();
    }

    private Task<string> SendSwarmTextAsync(HttpMethod method, string path, HttpContent? body, RegistryCredential? credential, CancellationToken token, [CallerMemberName] string name = "") => ChangeAsync(
        async () =>
        {
            using HttpResponseMessage answer = await transport.SendAsync(method, path, body, token, credential is null ? null : ImageRequestMapping.Header(credential)).ConfigureAwait(false);
            string text = await answer.Content.ReadAsStringAsync(token).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
            {
                throw SwarmRefused(answer, text, name);
            }

            return text;
        },
        token,
        name);

    private EngineException SwarmRefused(HttpResponseMessage answer, string body, string name)
    {
        int status = (int)answer.StatusCode;
        EngineException refused = EngineFault.Refused(status, body, name, null);
        return status == 503
            ? new EngineException(
                EngineErrorId.SwarmManagerRequired,
                $"The engine at {info.Endpoint} is not a manager of a swarm: {refused.Message}",
                "Use a manager of the swarm with -Context, or create a swarm",
                refused)
            {
                Remedies = [Remedy.CreateSwarm()],
            }
            : body.Contains("update out of sequence", StringComparison.Ordinal)
                ? new EngineException(EngineErrorId.EngineRefused, refused.Message, "Run the command again. Another command changed the same object.", refused) { StatusCode = 409 }
                : refused;
    }
}

/// <summary>The answer to a call that changes a swarm.</summary>
internal sealed record SwarmAnswer
{
    /// <summary>The id of a new object.</summary>
    [JsonPropertyName("ID")]
    public string? Id { get; init; }

    /// <summary>A warning.</summary>
    public string? Warning { get; init; }

    /// <summary>Warnings.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }
}

/// <summary>The part of a registry's answer that lists platforms.</summary>
/// <param name="Platforms">The platforms.</param>
internal sealed record SwarmImagePlatforms([property: JsonConverter(typeof(RegistryPlatforms))] IReadOnlyList<SwarmPlatform>? Platforms);

/// <summary>Reads platforms, which a registry writes with other names than a swarm.</summary>
internal sealed class RegistryPlatforms : JsonConverter<IReadOnlyList<SwarmPlatform>>
{
    /// <inheritdoc/>
    public override IReadOnlyList<SwarmPlatform> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.ValueKind != JsonValueKind.Array
            ? []
            : [.. document.RootElement.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(item => new SwarmPlatform(Word(item, "architecture"), Word(item, "os")))];
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<SwarmPlatform> value, JsonSerializerOptions options) => throw new NotSupportedException();

    private static string? Word(JsonElement item, string name) => item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>Reads and writes the objects of a swarm as the API does.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SwarmServiceSpec))]
[JsonSerializable(typeof(SwarmService[]))]
[JsonSerializable(typeof(SwarmTask[]))]
[JsonSerializable(typeof(SwarmNode[]))]
[JsonSerializable(typeof(SwarmNodeSpec))]
[JsonSerializable(typeof(SwarmFile[]))]
[JsonSerializable(typeof(SwarmFileSpec))]
[JsonSerializable(typeof(SwarmAnswer))]
[JsonSerializable(typeof(SwarmImagePlatforms))]
[JsonSerializable(typeof(SwarmSettings))]
[JsonSerializable(typeof(SwarmMembership))]
[JsonSerializable(typeof(SwarmSecrets))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
internal sealed partial class SwarmJson : JsonSerializerContext;
