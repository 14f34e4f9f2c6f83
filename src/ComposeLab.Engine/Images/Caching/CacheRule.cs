namespace ComposeLab.Engine.Images.Caching;

/// <summary>The rule of layer caching: dependency files are copied before the code, so that their installation is cached when code changes.</summary>
public static class CacheRule
{
    private const int ShownLength = 48;

    /// <summary>Evaluates a Dockerfile by the results of its builds.</summary>
    /// <param name="outcomes">The outcomes of all scenarios.</param>
    /// <returns>
    /// True if a command that runs after a change of dependencies is cached after a change of code; false if none is; null if a change of dependencies makes
    /// no command run.
    /// </returns>
    public static bool? Holds(IReadOnlyList<CacheOutcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var afterCode = Commands(outcomes, CacheScenario.Code);
        var afterDependency = Commands(outcomes, CacheScenario.Dependency);
        return afterDependency.Count == 0 ? null : afterDependency.Except(afterCode, StringComparer.Ordinal).Any();
    }

    /// <summary>Describes why steps ran: the cause of each chain, not every subsequent step.</summary>
    /// <param name="outcome">The outcome of one scenario.</param>
    /// <returns>One sentence.</returns>
    public static string Explain(CacheOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var ran = outcome.Steps.Where(step => !step.Step.Cached).ToList();
        if (ran.Count == 0)
        {
            return outcome.ChangedPath is null ? "everything came from the cache" : $"no step reads {outcome.ChangedPath}: everything came from the cache";
        }

        (BuildStep step, string why) = ran.Find(entry => entry.Why.StartsWith("it copies ", StringComparison.Ordinal)) is { Step: not null } cause ? cause : ran[0];
        string first = why.StartsWith("it copies ", StringComparison.Ordinal) ? $"{Short(step)} changed" : $"{Short(step)}: {why}";
        var commands = ran.Select(entry => entry.Step).Where(other => other != step && other.Instruction.StartsWith("RUN ", StringComparison.Ordinal)).Select(Short).ToList();
        return commands.Count == 0 ? first : $"{first}, so {string.Join(" and ", commands)} ran again";
    }

    private static string Short(BuildStep step) => step.Instruction.Length <= ShownLength ? step.Instruction : $"{step.Instruction[..ShownLength].TrimEnd()}...";

    private static List<string> Commands(IReadOnlyList<CacheOutcome> outcomes, CacheScenario scenario) =>
    [
        .. outcomes.Where(outcome => outcome.Scenario == scenario).SelectMany(outcome => outcome.Steps)
            .Where(step => !step.Step.Cached && step.Step.Instruction.StartsWith("RUN ", StringComparison.Ordinal)).Select(step => step.Step.Position),
    ];
}
