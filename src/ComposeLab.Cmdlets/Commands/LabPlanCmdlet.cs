using ComposeLab.Engine.Planning;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Projects;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// The base of the cmdlets that change a stack by a plan. The plan is made before the first change: <c>-WhatIf</c> answers with its steps as objects, and
/// <c>-Confirm</c> asks once, about the whole of it.
/// </summary>
public abstract class LabPlanCmdlet : LabProjectCmdlet
{
    private bool _onlyTell;
    private bool _confirmed;

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        _onlyTell = IsWhatIf;
        _confirmed = IsConfirmed;
    }

    /// <summary>Asks whether a plan may be carried out; a plan without steps needs no question.</summary>
    /// <param name="output">Where steps and questions go.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="caption">What is done as a whole, such as <c>Start composelab</c>.</param>
    /// <param name="insist">What cannot be undone, as a question that is put even without -Confirm; null where nothing is lost.</param>
    /// <param name="places">Knows where the project's files lie; null where the plan was made without them.</param>
    /// <returns>True when it may; false when the user declined or only wanted to be told.</returns>
    private protected async Task<bool> AgreeAsync(IPipelineOutput output, StackPlan plan, string caption, string? insist = null, Places? places = null)
    {
        IReadOnlyList<LabOperation> steps = StackObjects.Of(plan, places);
        if (_onlyTell)
        {
            await TellAsync(output, plan, steps).ConfigureAwait(false);
            return false;
        }

        if (steps.Count == 0)
        {
            output.Verbose($"{caption}: nothing to do.");
            return true;
        }

        string text = string.Join('\n', steps);
        if (insist is not null && !_confirmed)
        {
            return await output.InsistAsync($"{insist}\n{text}", caption).ConfigureAwait(false);
        }

        return await output.ConfirmAsync($"{caption}:\n{text}", $"{caption}?\n{text}", caption).ConfigureAwait(false);
    }

    private static async Task TellAsync(IPipelineOutput output, StackPlan plan, IReadOnlyList<LabOperation> steps)
    {
        foreach (PlanWarning warning in plan.Warnings)
        {
            output.Warning(RemedyText.Of(warning.Origin is { IsInFile: true } origin ? $"{origin}: {warning.Message}" : warning.Message, warning.Remedy));
        }

        foreach (LabOperation step in steps)
        {
            await output.WriteAsync(step).ConfigureAwait(false);
        }
    }
}
