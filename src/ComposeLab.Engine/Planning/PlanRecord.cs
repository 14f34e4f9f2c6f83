using System.Security.Cryptography;
using ComposeLab.Compose.Model;

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
    public int Rounds { get; init => field = value == 0 ? OperationRecord.MostRounds : value; } = OperationRecord.MostRounds;

    /// <summary>The operations in the plan's order, those of later stages included.</summary>
    public required IReadOnlyList<OperationRecord> Operations { get; init; }

    /// <summary>
    /// The services whose containers may be recreated in addition, because the plan builds or pulls an image and only its result tells whether the image changed.
    /// </summary>
    public IReadOnlyList<string> ImageServices { get; init => field = value ?? []; } = [];

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
        IEnumerable<OperationRecord> recorded = Operations.Where(operation => operation.Kind is not (OperationKind.BuildImage or OperationKind.PullImage or OperationKind.RunProvider) && !MayFollow(operation));
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

    /// <summary>Records a plan with a number of rounds.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="salt">The salt of the seals, in hexadecimal.</param>
    /// <param name="rounds">The rounds of each seal; few of them protect no secret.</param>
    /// <returns>The record.</returns>
    internal static PlanRecord Of(StackPlan plan, string salt, int rounds)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new PlanRecord
        {
            ProjectName = plan.ProjectName,
            Salt = salt,
            Rounds = rounds,
            Operations = OperationRecord.Of(plan.Foreseen, salt, rounds, plan.Mask),
            ImageServices = [.. AffectedByImages(plan)],
        };
    }

    private static HashSet<string> AffectedByImages(StackPlan plan)
    {
        HashSet<string> images = [.. plan.Operations.OfType<ImageOperation>().Select(image => image.Image)];
        HashSet<string> providers = [.. plan.Operations.OfType<ProviderOperation>().Select(provider => provider.Definition.Name)];
        if ((images.Count == 0 && providers.Count == 0) || plan.Request?.Project is not { } project)
        {
            return [];
        }

        HashSet<string> affected = [.. project.Services.Values.Where(service => images.Contains(ServiceNames.Image(project, service)) || service.DependsOn.Keys.Any(providers.Contains)).Select(service => service.Name)];
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

/// <summary>A change since a plan was created.</summary>
/// <param name="Resource">What it is about.</param>
/// <param name="Text">What changed, with the place in the compose files if it is a value of theirs. Secrets are masked.</param>
/// <param name="Service">The service concerned; null if there is none.</param>
public sealed record PlanDifference(ResourceId Resource, string Text, string? Service = null)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Resource}: {Text}";
}
