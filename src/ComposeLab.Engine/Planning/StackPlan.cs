using System.Globalization;
using System.Text;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Engine.Planning;

/// <summary>The changes to a stack, with causes. An immutable value, created before the first change, which can be compared and saved.</summary>
public sealed record StackPlan
{
    /// <summary>The project's name.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The project directory; empty if it is unknown.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Whether the engine has any resources of the stack, or the plan creates them.</summary>
    public bool Exists { get; init; } = true;

    /// <summary>The steps; each comes after those it depends on.</summary>
    public required IReadOnlyList<Operation> Operations { get; init; }

    /// <summary>Warnings to read before the execution: attributes that this engine does not support, orphans that are kept.</summary>
    public IReadOnlyList<PlanWarning> Warnings { get; init; } = [];

    /// <summary>Problems that prevent the execution, as far as they are known from the state; a plan with findings is not executed.</summary>
    public IReadOnlyList<PreflightFinding> Findings { get; init; } = [];

    /// <summary>Containers of a start that are already ready.</summary>
    public IReadOnlyList<string> ReadyContainers { get; init; } = [];

    /// <summary>
    /// The start that has this plan as its first stage, if images come first and determine the rest:
    /// when the steps are done the stack is observed and planned again. Null for a complete plan.
    /// </summary>
    public StartRequest? Next { get; init; }

    /// <summary>
    /// For a first stage: all expected steps, including the images, if the images turn out to be unchanged.
    /// Empty for a complete plan.
    /// </summary>
    public IReadOnlyList<Operation> Outlook { get; init; } = [];

    /// <summary>The request of the plan, to create it again; null for a standalone plan.</summary>
    public PlanRequest? Request { get; init; }

    /// <summary>Knows the secrets of the plan's project, so that they can be masked in what is written about it.</summary>
    internal SecretMask Mask => (Request?.Project ?? Next?.Definition ?? HooksOf)?.Mask ?? SecretMask.Standard;

    private ComposeProject? HooksOf => Request switch
    {
        StopRequest stop => stop.Options.HooksOf,
        RestartRequest restart => restart.Options.HooksOf,
        RemoveRequest remove => remove.Options.HooksOf,
        _ => null,
    };

    /// <summary>The services of a swarm stack before the plan; empty for other stacks.</summary>
    public IReadOnlyList<Docker.SwarmService> SwarmServices { get; init; } = [];

    /// <summary>The main steps, in order, as shown by <c>-WhatIf</c>.</summary>
    public IReadOnlyList<Operation> Steps => [.. Foreseen.Where(operation => !operation.IsDetail)];

    /// <summary>All expected steps, including those of later stages.</summary>
    internal IReadOnlyList<Operation> Foreseen => Next is null ? Operations : Outlook;

    /// <summary>Whether nothing is changed; there may be something to wait for.</summary>
    public bool IsEmpty => Operations.All(operation => operation.Kind == OperationKind.WaitContainer);

    /// <summary>The plan as text: one line for each main step, in order.</summary>
    /// <returns>Lines that end with a line feed; one line if there is nothing to do.</returns>
    public override string ToString()
    {
        if (Steps.Count == 0)
        {
            return "nothing to do\n";
        }

        var text = new StringBuilder();
        foreach (Operation operation in Steps)
        {
            text.Append(operation).Append('\n');
        }

        return text.ToString();
    }
}

/// <summary>A warning about a plan.</summary>
/// <param name="Message">One sentence without secrets.</param>
/// <param name="Service">The affected service; null if there is none.</param>
/// <param name="Origin">The place in the Compose files; null if there is none.</param>
/// <param name="Remedy">The possible action; null if there is none.</param>
public sealed record PlanWarning(string Message, string? Service = null, Origin? Origin = null, Remedy? Remedy = null);

/// <summary>A value of a service that differs from the one its container was created with.</summary>
/// <param name="Path">The path inside the service, such as <c>environment.LOG_LEVEL</c>.</param>
/// <param name="Before">The old value; null if there was none. Secrets are masked.</param>
/// <param name="After">The new value; null if there is none. Secrets are masked.</param>
/// <param name="Origin">The place of the new value in the Compose files; null if there is none.</param>
public sealed record FieldChange(string Path, string? Before, string? After, Origin? Origin)
{
    /// <summary>The change as part of a cause.</summary>
    /// <returns><c>environment.LOG_LEVEL: info -> debug (compose.dev.yaml:12)</c>.</returns>
    public override string ToString()
    {
        string place = Origin is { IsInFile: true } ? string.Create(CultureInfo.InvariantCulture, $" ({System.IO.Path.GetFileName(Origin.File)}:{Origin.Line})") : "";
        return $"{Path}: {Before ?? "(none)"} -> {After ?? "(none)"}{place}";
    }
}
