using System.Management.Automation;
using ComposeLab.Engine.Planning;
using ComposeLab.Errors;

namespace ComposeLab.Plans;

/// <summary>
/// Reads a reviewed plan: the object itself, or the object that <c>Import-Clixml</c> or <c>ConvertFrom-Json</c> created from it. The properties that the reviewer
/// saw must match the document.
/// </summary>
internal static class ReviewedPlan
{
    /// <summary>Whether an object is a plan, whether or not it is a valid one.</summary>
    /// <param name="value">The object.</param>
    /// <returns>True if it is a plan.</returns>
    public static bool IsPlan(PSObject value) =>
        value.BaseObject is LabStackPlan || (Get(value, nameof(LabStackPlan.Document)) is string && value.Properties[nameof(LabStackPlan.Operations)] is not null);

    /// <summary>Reads a plan.</summary>
    /// <param name="value">A plan object.</param>
    /// <param name="action">What the command does.</param>
    /// <returns>The document.</returns>
    /// <exception cref="LabException">PlanInvalid: it is not a plan, is for another command, or was edited.</exception>
    public static PlanDocument Read(PSObject value, LabPlanAction action)
    {
        if (!IsPlan(value))
        {
            throw PlanDocument.Invalid($"expected an object of Get-LabStackPlan, found {value.BaseObject.GetType().Name}");
        }

        PlanDocument document = PlanDocument.Read((string)Get(value, nameof(LabStackPlan.Document))!);
        if (document.Intent.For != action)
        {
            throw new LabException(
                LabErrorId.PlanInvalid, $"The plan is for {document.Intent.For}, not for {action}.", $"Apply it with {document.Intent.Command} -Plan");
        }

        Require(document.Plan.ProjectName, nameof(LabStackPlan.ProjectName));
        Require(document.Intent.For.ToString(), nameof(LabStackPlan.For));
        Require(document.Folder, nameof(LabStackPlan.Folder));
        Require(document.Engine, nameof(LabStackPlan.Engine));
        Require(document.Selection.Profile, nameof(LabStackPlan.Profile));
        if (!Shown(value).SequenceEqual(Recorded(document.Plan), StringComparer.Ordinal))
        {
            throw PlanDocument.Invalid("its Operations do not match its Document, so it was edited after it was created");
        }

        return document;

        void Require(string? recorded, string property)
        {
            object? shown = Get(value, property);
            string? text = property == nameof(LabStackPlan.For) && LanguagePrimitives.TryConvertTo(shown, out LabPlanAction read) ? read.ToString() : shown?.ToString();
            if (text != recorded)
            {
                throw PlanDocument.Invalid($"its {property} does not match its Document, so it was edited after it was created");
            }
        }
    }

    // An object that was saved with a too small depth contains its operations as text.
    private static IEnumerable<string> Shown(PSObject plan)
    {
        object? operations = Get(plan, nameof(LabStackPlan.Operations));
        return (LanguagePrimitives.GetEnumerable(operations)?.Cast<object?>() ?? [operations]).OfType<object>().Select(item =>
        {
            PSObject operation = PSObject.AsPSObject(item);
            return operation.BaseObject is string text
                ? text
                : PlanObjects.Line($"{Get(operation, nameof(LabOperation.Action))}", $"{Get(operation, nameof(LabOperation.Resource))}", $"{Get(operation, nameof(LabOperation.Cause))}");
        });
    }

    private static IEnumerable<string> Recorded(PlanRecord plan) => plan.Operations
        .Where(operation => !operation.IsDetail && operation.Kind != OperationKind.WaitContainer)
        .Select(operation => PlanObjects.Line(operation.Verb, operation.Resource.ToString(), operation.Cause));

    private static object? Get(PSObject value, string property) =>
        value.Properties[property]?.Value is { } found ? (found is PSObject wrapped ? wrapped.BaseObject is PSCustomObject ? wrapped : wrapped.BaseObject : found) : null;
}
