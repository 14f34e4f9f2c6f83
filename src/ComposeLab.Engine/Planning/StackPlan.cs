using System.Globalization;
using System.Text;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Engine.Planning;

/// <summary>What will be done to a stack, and why: an immutable value, made before the first change. It can be compared and saved.</summary>
public sealed record StackPlan
{
    /// <summary>The project's name.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The project directory; empty if it is unknown.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Whether the engine has anything of the stack, or the plan creates it.</summary>
    public bool Exists { get; init; } = true;

    /// <summary>The steps; each comes after those it depends on.</summary>
    public required IReadOnlyList<Operation> Operations { get; init; }

    /// <summary>What the user should know before it is done: attributes that this engine does not honour, orphans that stay.</summary>
    public IReadOnlyList<PlanWarning> Warnings { get; init; } = [];

    /// <summary>What stands in the way, as far as it can be known without looking further; a plan with findings is not carried out.</summary>
    public IReadOnlyList<PreflightFinding> Findings { get; init; } = [];

    /// <summary>Containers of a start that are ready as they are.</summary>
    public IReadOnlyList<string> ReadyContainers { get; init; } = [];

    /// <summary>
    /// The start this plan is the first stage of, where images come first and decide the rest:
    /// when the steps are done the stack is observed and planned again. Null for a plan that is whole.
    /// </summary>
    public StartRequest? Next { get; init; }

    /// <summary>
    /// Of a first stage: every step that is foreseen, the images included, should the images be what containers were made from so far.
    /// Empty for a plan that is whole.
    /// </summary>
    public IReadOnlyList<Operation> Outlook { get; init; } = [];

    /// <summary>What the plan was made for, so that it can be made again; null for a plan that stands alone.</summary>
    public PlanRequest? Request { get; init; }

    /// <summary>The steps that people care about, in order: what <c>-WhatIf</c> shows.</summary>
    public IReadOnlyList<Operation> Steps => [.. Foreseen.Where(operation => !operation.IsDetail)];

    /// <summary>Every step that is foreseen, those of later stages included.</summary>
    internal IReadOnlyList<Operation> Foreseen => Next is null ? Operations : Outlook;

    /// <summary>Whether nothing is changed; there may be something to wait for.</summary>
    public bool IsEmpty => Operations.All(operation => operation is WaitOperation);

    /// <summary>The plan as text: one line for each step that people care about, in order.</summary>
    /// <returns>Lines that end in a line feed; one line saying so when there is nothing to do.</returns>
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

/// <summary>Something the user should know about a plan.</summary>
/// <param name="Message">One sentence; never a secret.</param>
/// <param name="Service">The service concerned, when there is one.</param>
/// <param name="Origin">Where the compose files say it; null when none does.</param>
/// <param name="Remedy">What the user can do about it; null if there is nothing.</param>
public sealed record PlanWarning(string Message, string? Service = null, Origin? Origin = null, Remedy? Remedy = null);

/// <summary>A value of a service that differs from the one its container was made with.</summary>
/// <param name="Path">The path inside the service, such as <c>environment.LOG_LEVEL</c>.</param>
/// <param name="Before">The value then; null where there was none. Secrets are masked.</param>
/// <param name="After">The value now; null where there is none. Secrets are masked.</param>
/// <param name="Origin">Where the compose files give the value now; null where there is none.</param>
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
