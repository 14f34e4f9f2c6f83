using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;

namespace ComposeLab.Engine.Planning;

/// <summary>
/// A plan that can be saved and compared with a later one: every operation with its cause and the values it applies. It contains no secrets: secret values are
/// masked, and a salted, slow hash of each whole operation shows whether one of them changed.
/// </summary>
public sealed record PlanRecord
{
    private const int SaltBytes = 16;

    /// <summary>The project's name.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The salt of the operations' seals, in hexadecimal.</summary>
    public required string Salt { get; init; }

    /// <summary>How many rounds each seal takes: few where the plan has many operations, so that all of them together take about a second at most.</summary>
    public int Rounds { get; init; } = OperationRecord.MostRounds;

    /// <summary>The operations in the plan's order, those of later stages included.</summary>
    public required IReadOnlyList<OperationRecord> Operations { get; init; }

    /// <summary>
    /// The services whose containers may be recreated in addition, because the plan builds or pulls an image and only its result tells whether the image changed.
    /// </summary>
    public IReadOnlyList<string> ImageServices { get; init; } = [];

    /// <summary>Records a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <returns>The record.</returns>
    public static PlanRecord Of(StackPlan plan) => Of(plan, Convert.ToHexString(RandomNumberGenerator.GetBytes(SaltBytes)), RoundsFor(plan));

    /// <summary>Finds what changed since the plan was recorded.</summary>
    /// <param name="plan">A new plan for the same request.</param>
    /// <returns>One entry for each change; empty if the plans are the same.</returns>
    public IReadOnlyList<PlanDifference> Differences(StackPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.ProjectName == ProjectName
            ? Compare(Operations, Of(plan, Salt, Rounds).Operations)
            : [new PlanDifference(ResourceId.Stack(ProjectName), $"the project is now '{plan.ProjectName}'")];
    }

    /// <summary>Checks that a plan matches the recorded one.</summary>
    /// <param name="plan">A new plan for the same request.</param>
    /// <exception cref="EngineException">PlanOutdated, with everything that changed.</exception>
    public void Require(StackPlan plan) => Require(Differences(plan));

    /// <summary>Checks that the stage after the images matches the recorded one; containers of services whose image was built or pulled may be recreated in addition.</summary>
    /// <param name="stage">The plan of the stage.</param>
    /// <exception cref="EngineException">PlanOutdated, with everything that changed.</exception>
    public void RequireStage(StackPlan stage)
    {
        IEnumerable<OperationRecord> recorded = Operations.Where(operation => operation.Kind is not (OperationKind.BuildImage or OperationKind.PullImage) && !MayFollow(operation));
        IEnumerable<OperationRecord> now = Of(stage, Salt, Rounds).Operations.Where(operation => !MayFollow(operation));
        Require(Compare([.. recorded], [.. now]));

        bool MayFollow(OperationRecord operation) => operation.Service is { } service && ImageServices.Contains(service, StringComparer.Ordinal);
    }

    /// <summary>The error for a plan that cannot be applied as reviewed.</summary>
    /// <param name="projectName">The project's name.</param>
    /// <param name="differences">What changed.</param>
    /// <returns>The error.</returns>
    public static EngineException Outdated(string projectName, IReadOnlyList<PlanDifference> differences) => new(
        EngineErrorId.PlanOutdated,
        $"The plan for '{projectName}' is out of date. Changes since it was created:{string.Concat(differences.Select(difference => $"\n  {difference}"))}",
        "Create a new plan, review it and apply that one.")
    {
        Service = differences.Select(difference => difference.Service).FirstOrDefault(service => service is not null),
        Differences = differences,
    };

    /// <summary>The error for a stack that was changed by another process while a reviewed plan was executed.</summary>
    /// <param name="projectName">The project's name.</param>
    /// <param name="fault">The engine's error.</param>
    /// <returns>The error.</returns>
    public static EngineException ChangedMeanwhile(string projectName, EngineException fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return new EngineException(
            EngineErrorId.PlanOutdated,
            $"The stack '{projectName}' changed while the plan was applied, so the rest of the plan was not applied: {fault.Message}",
            "Create a new plan, review it and apply that one.",
            fault)
        {
            Service = fault.Service,
        };
    }

    private void Require(IReadOnlyList<PlanDifference> differences)
    {
        if (differences.Count > 0)
        {
            throw Outdated(ProjectName, differences);
        }
    }

    private static int RoundsFor(StackPlan plan) => Math.Clamp(OperationRecord.AllRounds / Math.Max(1, plan.Foreseen.Count(OperationRecord.IsSealed)), 1, OperationRecord.MostRounds);

    private static PlanRecord Of(StackPlan plan, string salt, int rounds)
    {
        ArgumentNullException.ThrowIfNull(plan);
        SecretMask mask = plan.Request?.Project?.Mask ?? plan.Next?.Definition.Mask ?? SecretMask.Standard;
        return new PlanRecord
        {
            ProjectName = plan.ProjectName,
            Salt = salt,
            Rounds = rounds,
            Operations = [.. plan.Foreseen.Select(operation => OperationRecord.Of(operation, salt, rounds, mask))],
            ImageServices = [.. AffectedByImages(plan)],
        };
    }

    private static HashSet<string> AffectedByImages(StackPlan plan)
    {
        HashSet<string> images = [.. plan.Operations.OfType<ImageOperation>().Select(image => image.Image)];
        if (images.Count == 0 || plan.Request?.Project is not { } project)
        {
            return [];
        }

        HashSet<string> affected = [.. project.Services.Values.Where(service => images.Contains(ServiceNames.Image(project, service))).Select(service => service.Name)];
        ILookup<string, string> followers = project.Services.Values
            .SelectMany(service => Leaders(service).Select(leader => (leader, service.Name)))
            .ToLookup(entry => entry.leader, entry => entry.Name, StringComparer.Ordinal);
        var pending = new Stack<string>(affected);
        while (pending.TryPop(out string? leader))
        {
            foreach (string follower in followers[leader].Where(affected.Add))
            {
                pending.Push(follower);
            }
        }

        return affected;
    }

    // A service is recreated, or stopped and started, together with these.
    private static IEnumerable<string> Leaders(ServiceDefinition service) =>
        service.DependsOn.Values.Where(dependency => dependency.Restart).Select(dependency => dependency.Service)
            .Concat(ServiceReferences.Of(service).Select(reference => reference.Service));

    // Waits change nothing, and their conditions can be met at any time.
    private static List<PlanDifference> Compare(IReadOnlyList<OperationRecord> recorded, IReadOnlyList<OperationRecord> now)
    {
        recorded = WithoutWaits(recorded);
        now = WithoutWaits(now);
        Dictionary<(OperationKind, ResourceId, int), OperationRecord> before = Numbered(recorded);
        Dictionary<(OperationKind, ResourceId, int), OperationRecord> after = Numbered(now);
        List<PlanDifference> differences = [];
        foreach (((OperationKind, ResourceId, int) key, OperationRecord operation) in before)
        {
            if (after.TryGetValue(key, out OperationRecord? current))
            {
                differences.AddRange(operation.Differences(current));
            }
            else if (!operation.IsDetail)
            {
                differences.Add(new PlanDifference(operation.Resource, $"the plan has '{operation}', which is no longer needed", operation.Service));
            }
        }

        differences.AddRange(after.Where(entry => !before.ContainsKey(entry.Key) && !entry.Value.IsDetail)
            .Select(entry => new PlanDifference(entry.Key.Item2, $"'{entry.Value}' is needed but not in the plan", entry.Value.Service)));
        if (differences.Count == 0 && (!before.Keys.ToHashSet().SetEquals(after.Keys) || !recorded.Select(Order).SequenceEqual(now.Select(Order), StringComparer.Ordinal)))
        {
            // Only steps that serve others differ: the stack is in another state than the plan was made for.
            HashSet<string> orderBefore = [.. recorded.Select(Order)];
            HashSet<string> orderNow = [.. now.Select(Order)];
            OperationRecord other = now.Concat(recorded).FirstOrDefault(operation => Order(operation) is var order && !(orderBefore.Contains(order) && orderNow.Contains(order)))
                ?? recorded[0];
            differences.Add(new PlanDifference(other.Resource, $"the steps or their order changed ('{other}')", other.Service));
        }

        return differences;
    }

    private static IReadOnlyList<OperationRecord> WithoutWaits(IReadOnlyList<OperationRecord> operations)
    {
        HashSet<string> waits = [.. operations.Where(operation => operation.Kind == OperationKind.WaitContainer).Select(operation => operation.Id)];
        return
        [
            .. operations.Where(operation => !waits.Contains(operation.Id))
                .Select(operation => operation with { DependsOn = [.. operation.DependsOn.Where(id => !waits.Contains(id))] }),
        ];
    }

    private static string Order(OperationRecord operation) => $"{operation.Id} < {string.Join(", ", operation.DependsOn)}";

    private static Dictionary<(OperationKind, ResourceId, int), OperationRecord> Numbered(IReadOnlyList<OperationRecord> operations) => operations
        .GroupBy(operation => (operation.Kind, operation.Resource))
        .SelectMany(group => group.Select((operation, index) => (Key: (group.Key.Kind, group.Key.Resource, index), operation)))
        .ToDictionary(entry => entry.Key, entry => entry.operation);
}

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
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>What it depends on in the engine: container ids, config hashes, image ids, limits.</summary>
    public IReadOnlyDictionary<string, string> State { get; init; } = new Dictionary<string, string>();

    /// <summary>The configured values that it applies, by path. Secrets are masked.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>A salted, slow hash of everything it applies, secrets included; empty for operations that apply nothing.</summary>
    public string Seal { get; init; } = "";

    /// <summary>The places in the compose files that the values come from; known only for a newly created plan.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyDictionary<string, Compose.Yaml.Origin> Origins { get; init; } = new Dictionary<string, Compose.Yaml.Origin>();

    /// <summary>Records an operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="salt">The salt of the seal.</param>
    /// <param name="rounds">The rounds of the seal.</param>
    /// <param name="mask">Knows the project's secrets.</param>
    /// <returns>The record.</returns>
    public static OperationRecord Of(Operation operation, string salt, int rounds, SecretMask mask)
    {
        ArgumentNullException.ThrowIfNull(operation);
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
            Seal = Applied(operation) is { } applied ? SealOf(applied, salt, rounds) : "",
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
            case StartContainerOperation start:
                state["container id"] = start.Container;
                break;
            case StopContainerOperation stop:
                state["container id"] = stop.Container;
                Add("stop limit", stop.Limit?.TotalSeconds.ToString(CultureInfo.InvariantCulture));
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
            case WaitOperation wait:
                state["condition"] = wait.Condition.ToString();
                state["limit"] = wait.Limit.TotalSeconds.ToString(CultureInfo.InvariantCulture);
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
        operation is CreateContainerOperation or CreateNetworkOperation or CreateVolumeOperation or ConnectNetworkOperation or CopyFilesOperation or HookOperation or RunContainerOperation or ImageOperation { IsBuild: true };

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
        ImageOperation { IsBuild: true } build => JsonSerializer.Serialize(ServiceSnapshot.WriteAll(build.Definition.Node["build"])),
        _ => null,
    };

    private static string SealOf(string applied, string salt, int rounds) => Convert.ToHexString(Rfc2898DeriveBytes.Pbkdf2(
        Encoding.UTF8.GetBytes(applied), Convert.FromHexString(salt), Math.Clamp(rounds, 1, MostRounds), HashAlgorithmName.SHA256, SealBytes));
}

/// <summary>A change since a plan was created.</summary>
/// <param name="Resource">What it is about.</param>
/// <param name="Text">What changed, with the place in the compose files if it is a value of theirs. Secrets are masked.</param>
/// <param name="Service">The service concerned; null if there is none.</param>
public sealed record PlanDifference(ResourceId Resource, string Text, string? Service = null)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Resource}: {Text}";
}
