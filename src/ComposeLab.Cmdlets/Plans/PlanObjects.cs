using ComposeLab.Engine;
using ComposeLab.Engine.Planning;
using ComposeLab.Errors;
using ComposeLab.Projects;

namespace ComposeLab.Plans;

/// <summary>Creates the objects and texts that show a plan to users.</summary>
internal static class PlanObjects
{
    /// <summary>Creates the objects of a plan's operations: one for each that changes something and has its own cause.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="places">Knows where the project's files are; null if the plan was created without them.</param>
    /// <returns>The objects, in plan order.</returns>
    public static IReadOnlyList<LabOperation> Of(StackPlan plan, SourceLocations? places) =>
    [
        .. plan.Steps.Where(operation => operation.Kind != OperationKind.WaitContainer).Select((operation, index) => new LabOperation
        {
            Order = index + 1,
            ProjectName = plan.ProjectName,
            Action = operation.Verb,
            Resource = operation.Resource.ToString(),
            ResourceKind = operation.Resource.Kind.ToString(),
            ResourceName = operation.Resource.Name,
            Service = operation.Service,
            Cause = operation.Cause,
            Changes = [.. operation.Changes.Select(change => new LabFieldChange { Field = change.Path, Before = change.Before, After = change.After, Origin = places?.Of(change.Origin) })],
        }),
    ];

    /// <summary>Returns the name of the stack that a plan is for.</summary>
    /// <param name="plan">The plan.</param>
    /// <returns>The project's name, and its folder if it is known.</returns>
    public static string Place(StackPlan plan) => plan.Folder.Length == 0 ? plan.ProjectName : $"{plan.ProjectName} ({plan.Folder})";

    /// <summary>Writes an operation as a line.</summary>
    /// <param name="action">The action.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="cause">The reason.</param>
    /// <returns>The line.</returns>
    public static string Line(string action, string resource, string cause) => $"{action} {resource}: {cause}";

    /// <summary>Writes a warning.</summary>
    /// <param name="warning">The warning.</param>
    /// <returns>The text, after the place in the compose files if it has one.</returns>
    public static string Text(PlanWarning warning) =>
        RemedyText.Of(warning.Origin is { IsInFile: true } origin ? $"{origin}: {warning.Message}" : warning.Message, warning.Remedy);

    /// <summary>Writes a finding.</summary>
    /// <param name="finding">The finding.</param>
    /// <returns>Its error id and the text.</returns>
    public static string Text(PreflightFinding finding) => $"{finding.Id}: {ErrorLocation.Headline(finding.File, finding.Line, finding.Column, finding.Message)}";
}
