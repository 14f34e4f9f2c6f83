using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ComposeLab.Compose.Secrets;

namespace ComposeLab.Engine.Planning;

/// <summary>An operation of a <see cref="PlanRecord"/>.</summary>
public sealed record OperationRecord
{
    /// <summary>The rounds of a seal: slow enough that guessing a short secret from a saved plan takes long.</summary>
    internal const int MostRounds = 20_000;

    /// <summary>The rounds of all seals of a plan: a hundred containers have the most, ten thousand share them.</summary>
    internal const int AllRounds = 2_000_000;

    private const int SealBytes = 16;

    private const string ConfigHashState = "config hash";

    // The visible values are equal, but the whole is not.
    private const string SecretChanged = "a secret value changed";

    /// <summary>Its name inside the plan.</summary>
    public required string Id { get; init; }

    /// <summary>What it does.</summary>
    public required OperationKind Kind { get; init; }

    /// <summary>The word for what it does, such as <c>recreate</c>.</summary>
    public required string Verb { get; init; }

    /// <summary>What it acts on.</summary>
    public required ResourceId Resource { get; init; }

    /// <summary>The service concerned; null if there is none.</summary>
    public string? Service { get; init; }

    /// <summary>Why. Secrets are masked.</summary>
    public required string Cause { get; init; }

    /// <summary>Whether it only serves another operation, which carries the cause.</summary>
    public bool IsDetail { get; init; }

    /// <summary>The ids of the operations before it.</summary>
    public IReadOnlyList<string> DependsOn { get; init => field = value ?? []; } = [];

    /// <summary>What it depends on in the engine: container ids, config hashes, image ids, limits.</summary>
    public IReadOnlyDictionary<string, string> State { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    /// <summary>The configured values that it applies, by path. Secrets are masked.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    /// <summary>A salted, slow hash of everything it applies, secrets included; empty for operations that apply nothing.</summary>
    public string Seal { get; init => field = value ?? ""; } = "";

    /// <summary>The places in the compose files that the values come from; known only for a newly created plan.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyDictionary<string, Compose.Yaml.Origin> Origins { get; init => field = value ?? new Dictionary<string, Compose.Yaml.Origin>(); } = new Dictionary<string, Compose.Yaml.Origin>();

    /// <summary>Records operations.</summary>
    /// <param name="operations">The operations.</param>
    /// <param name="salt">The salt of the seals.</param>
    /// <param name="rounds">The rounds of each seal.</param>
    /// <param name="mask">Knows the project's secrets.</param>
    /// <returns>The records, in the same order.</returns>
    public static IReadOnlyList<OperationRecord> Of(IEnumerable<Operation> operations, string salt, int rounds, SecretMask mask)
    {
        Operation[] all = [.. operations];
        OperationRecord[] records = [.. all.Select(operation => Of(operation, mask))];

        // The seals are slow on purpose; on several cores they cost less time, but no less work.
        Parallel.For(0, all.Length, index => records[index] = Applied(all[index]) is { } applied ? records[index] with { Seal = SealOf(applied, salt, rounds) } : records[index]);
        return records;
    }

    private static OperationRecord Of(Operation operation, SecretMask mask)
    {
        ServiceValues? values = operation switch
        {
            CreateContainerOperation { Definition: { } definition } => ServiceSnapshot.Values(definition.Node, mask),
            RunContainerOperation run => ServiceSnapshot.Values(run.Definition.Node, mask, run.Path),
            ImageOperation { IsBuild: true, Definition.Node: var node } when node["build"] is { } build => ServiceSnapshot.Values(build, mask, "build"),
            _ => null,
        };
        return new OperationRecord
        {
            Id = operation.Id,
            Kind = operation.Kind,
            Verb = operation.Verb,
            Resource = operation.Resource,
            Service = operation.Service,
            Cause = operation.Cause,
            IsDetail = operation.IsDetail,
            DependsOn = operation.DependsOn,
            State = StateOf(operation, mask),
            Values = values?.Masked ?? new Dictionary<string, string>(),
            Origins = values?.Origins ?? new Dictionary<string, Compose.Yaml.Origin>(),
        };
    }

    /// <summary>Lists the differences between this record and a later one of the same operation.</summary>
    /// <param name="now">The later one.</param>
    /// <returns>The differences; configured values come first, because they explain the others.</returns>
    public IReadOnlyList<PlanDifference> Differences(OperationRecord now)
    {
        ArgumentNullException.ThrowIfNull(now);
        List<string> found =
        [
            .. Values.Keys.Union(now.Values.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Where(path => Values.GetValueOrDefault(path) != now.Values.GetValueOrDefault(path))
                .Select(path => new FieldChange(path, Values.GetValueOrDefault(path), now.Values.GetValueOrDefault(path), now.Origins.GetValueOrDefault(path)).ToString()),
        ];
        if (found.Count == 0 && (Verb != now.Verb || Cause != now.Cause))
        {
            found.Add($"the plan has '{this}', but '{now}' is needed");
        }

        if (found.Count == 0)
        {
            found.AddRange(State.Keys.Union(now.State.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Where(name => State.GetValueOrDefault(name) != now.State.GetValueOrDefault(name))
                .Select(name => name == ConfigHashState && Values.Count > 0
                    ? SecretChanged
                    : $"{name}: {Short(State.GetValueOrDefault(name))} -> {Short(now.State.GetValueOrDefault(name))}"));
        }

        if (found.Count == 0 && Seal != now.Seal)
        {
            found.Add(SecretChanged);
        }

        return [.. found.Select(text => new PlanDifference(Resource, text, Service))];
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Verb} {Resource}: {Cause}";

    private static string Short(string? value) => value is null ? "(none)" : value.Length > 40 ? $"{value[..12]}..." : value;

    private static SortedDictionary<string, string> StateOf(Operation operation, SecretMask mask)
    {
        var state = new SortedDictionary<string, string>(StringComparer.Ordinal);
        switch (operation)
        {
            case CreateContainerOperation create:
                state["name"] = create.Spec.Name;
                Add(ConfigHashState, create.Spec.Labels.GetValueOrDefault(StackLabels.ConfigHash));
                Add("image id", create.Spec.Labels.GetValueOrDefault(StackLabels.Image));
                Add("project directory", create.Spec.Labels.GetValueOrDefault(StackLabels.WorkingDirectory));
                Add("compose files", create.Spec.Labels.GetValueOrDefault(StackLabels.ConfigFiles));
                break;
            case CreateNetworkOperation network:
                Add(ConfigHashState, network.Spec.Labels.GetValueOrDefault(StackLabels.ConfigHash));
                break;
            case CreateVolumeOperation volume:
                Add(ConfigHashState, volume.Spec.Labels.GetValueOrDefault(StackLabels.ConfigHash));
                break;
            case RemoveNetworkOperation network:
                state["network id"] = network.NetworkId;
                break;
            case ConnectNetworkOperation connect:
                state["network"] = connect.Network;
                break;
            case DisconnectNetworkOperation disconnect:
                state["network id"] = disconnect.Network;
                state["container id"] = disconnect.Container;
                break;
            case StartContainerOperation start:
                state["container id"] = start.Container;
                break;
            case StopContainerOperation stop:
                state["container id"] = stop.Container;
                Add("stop limit", stop.Limit?.TotalSeconds.ToString(CultureInfo.InvariantCulture));
                break;
            case PauseContainerOperation pause:
                state["container id"] = pause.Container;
                break;
            case SignalContainerOperation signal:
                state["container id"] = signal.Container;
                state["signal"] = signal.Signal;
                break;
            case RemoveContainerOperation remove:
                state["container id"] = remove.Container;
                state["anonymous volumes"] = remove.AnonymousVolumes ? "removed" : "kept";
                break;
            case RenameContainerOperation rename:
                state["container id"] = rename.Container;
                state["new name"] = rename.NewName;
                break;
            case HookOperation hook:
                state["container id"] = hook.Container;
                state["command"] = mask.MaskText(string.Join(' ', hook.Command.Command));
                break;
            case RunContainerOperation run:
                state["image"] = run.Spec.Image;
                state["volumes of"] = string.Join(", ", run.Spec.VolumesFrom);
                state["limit"] = run.Limit.TotalSeconds.ToString(CultureInfo.InvariantCulture);
                break;
            case ProviderOperation provider:
                state["program"] = provider.Definition.Provider?.Type ?? "";
                state["command"] = provider.Command.ToString();
                break;
            case WaitOperation wait:
                state["condition"] = wait.Condition.ToString();
                state["limit"] = wait.Limit.TotalSeconds.ToString(CultureInfo.InvariantCulture);
                break;
            case SwarmOperation swarm:
                foreach ((string name, string value) in swarm.State)
                {
                    state[name] = value;
                }

                break;
            default:
                break;
        }

        return state;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                state[name] = value;
            }
        }
    }

    /// <summary>Whether an operation has a seal.</summary>
    /// <param name="operation">The operation.</param>
    internal static bool IsSealed(Operation operation) =>
        operation is CreateContainerOperation or CreateNetworkOperation or CreateVolumeOperation or ConnectNetworkOperation or CopyFilesOperation or HookOperation or RunContainerOperation or ImageOperation { IsBuild: true } or ProviderOperation or SwarmOperation { Applied: not null };

    // Everything that is sent to the engine, secrets included; only its hash is kept.
    private static string? Applied(Operation operation) => operation switch
    {
        CreateContainerOperation create => JsonSerializer.Serialize(create.Spec),
        CreateNetworkOperation network => JsonSerializer.Serialize(network.Spec),
        CreateVolumeOperation volume => JsonSerializer.Serialize(volume.Spec),
        ConnectNetworkOperation connect => JsonSerializer.Serialize(connect.Endpoint),
        CopyFilesOperation copy => JsonSerializer.Serialize(copy.Files),
        HookOperation hook => JsonSerializer.Serialize(hook.Command),
        RunContainerOperation run => JsonSerializer.Serialize((object[])[run.Spec, run.FurtherNetworks, run.Files]),
        ProviderOperation provider => JsonSerializer.Serialize(ServiceSnapshot.WriteAll(provider.Definition.Node["provider"])),
        ImageOperation { IsBuild: true } build => JsonSerializer.Serialize(ServiceSnapshot.WriteAll(build.Definition.Node["build"])),
        SwarmOperation { Applied: { } sent } => JsonSerializer.Serialize(sent, sent.GetType()),
        _ => null,
    };

    private static string SealOf(string applied, string salt, int rounds) => Convert.ToHexString(Rfc2898DeriveBytes.Pbkdf2(
        Encoding.UTF8.GetBytes(applied), Convert.FromHexString(salt), Math.Clamp(rounds, 1, MostRounds), HashAlgorithmName.SHA256, SealBytes));
}
