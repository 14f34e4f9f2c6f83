using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using ComposeLab.Errors;

namespace ComposeLab.Pipeline;

/// <summary>The output of a pump: every call is queued as an action.</summary>
/// <param name="pump">The pump that performs the actions.</param>
internal sealed class PipelineOutput(PipelinePump pump) : IPipelineOutput
{
    // The assembly of the console's prompt.
    private const string ConsoleHost = "Microsoft.PowerShell.ConsoleHost";

    /// <inheritdoc/>
    public void Verbose(string message) => pump.Post(cmdlet => cmdlet.WriteVerbose(TerminalText.Visible(message)));

    /// <inheritdoc/>
    public void Warning(string message) => pump.Post(cmdlet => cmdlet.WriteWarning(TerminalText.Visible(message)));

    /// <inheritdoc/>
    public void Progress(ProgressRecord record) => pump.Post(cmdlet => cmdlet.WriteProgress(Visible(record)));

    /// <inheritdoc/>
    public void ExitCode(int code) => pump.Post(cmdlet => ((PSCmdlet)cmdlet).SessionState.PSVariable.Set("global:LASTEXITCODE", code));

    /// <inheritdoc/>
    public Task WriteAsync(object value) => pump.AskAsync(cmdlet =>
    {
        cmdlet.WriteObject(ProviderItem.Of((PSCmdlet)cmdlet, value));
        return true;
    });

    /// <inheritdoc/>
    public Task WriteEachAsync<T>(IReadOnlyList<T> values) => pump.AskAsync(cmdlet =>
    {
        for (int index = 0; index < values.Count; index++)
        {
            cmdlet.WriteObject(values[index]);
        }

        return true;
    });

    /// <inheritdoc/>
    public Task WriteErrorAsync(ErrorRecord error) => pump.AskAsync(cmdlet =>
    {
        cmdlet.WriteError(error);
        return true;
    });

    /// <inheritdoc/>
    public Task<bool> ShouldProcessAsync(string action, string question, string caption) => pump.AskAsync(cmdlet => Asked(
        () => cmdlet.ShouldProcess(TerminalText.Visible(action), TerminalText.Visible(question), TerminalText.Visible(caption)), question, "-Confirm:$false"));

    /// <inheritdoc/>
    public Task<bool> ShouldContinueAsync(string question, string caption) => pump.AskAsync(cmdlet =>
    {
        // PowerShell's own ShouldContinue reads Enter as yes.
        Collection<ChoiceDescription> choices = [new ChoiceDescription("&Yes", "Continue."), new ChoiceDescription("&No", "Do not change anything.")];
        return Asked(
            () => (((PSCmdlet)cmdlet).Host?.UI ?? throw new PSNotImplementedException("The host has no user interface."))
                .PromptForChoice(TerminalText.Visible(caption), TerminalText.Visible(question), choices, defaultChoice: 1) == 0,
            question,
            "-Force");
    });

    // Hosts that cannot ask throw different exceptions. The console's own prompt has no text at the end of its input, and uses it anyway.
    private static bool Asked(Func<bool> ask, string question, string instead)
    {
        try
        {
            return ask();
        }
        catch (Exception refused) when (refused is HostException or PSInvalidOperationException or NotImplementedException or PSNotImplementedException
            or NullReferenceException { Source: ConsoleHost })
        {
            throw new LabException(LabErrorId.ConfirmationRequired, $"Confirmation is required, but the session is not interactive: {question}", instead, inner: refused);
        }
    }

    private static ProgressRecord Visible(ProgressRecord record)
    {
        record.Activity = TerminalText.Visible(record.Activity);
        record.StatusDescription = TerminalText.Visible(record.StatusDescription);
        record.CurrentOperation = record.CurrentOperation is { } operation ? TerminalText.Visible(operation) : null;
        return record;
    }
}

/// <summary>
/// How the work of a cmdlet writes to its pipeline. The work runs on a worker thread, and the pipeline has its own thread. Messages are posted without waiting.
/// Objects, errors and questions are awaited, so that a slow or stopped consumer slows down or ends the work.
/// </summary>
public interface IPipelineOutput
{
    /// <summary>Posts a message to the verbose stream. Ignored after the pipeline has ended.</summary>
    /// <param name="message">One sentence without secrets.</param>
    void Verbose(string message);

    /// <summary>Posts a message to the warning stream. Ignored after the pipeline has ended.</summary>
    /// <param name="message">One sentence without secrets.</param>
    void Warning(string message);

    /// <summary>Posts a progress record. Ignored after the pipeline has ended.</summary>
    /// <param name="record">The record to show; its ids come from the progress board.</param>
    void Progress(ProgressRecord record);

    /// <summary>Sets <c>$LASTEXITCODE</c> to the exit code of a program. Ignored after the pipeline has ended.</summary>
    /// <param name="code">The code.</param>
    void ExitCode(int code);

    /// <summary>Writes one object to the pipeline and returns when the downstream commands have processed it.</summary>
    /// <param name="value">The object; a collection is written as one object.</param>
    /// <exception cref="OperationCanceledException">The pipeline has ended.</exception>
    Task WriteAsync(object value);

    /// <summary>Writes several objects together, at the cost of one; returns when the downstream commands have processed them.</summary>
    /// <typeparam name="T">The type of the objects.</typeparam>
    /// <param name="values">The objects.</param>
    /// <exception cref="OperationCanceledException">The pipeline has ended.</exception>
    Task WriteEachAsync<T>(IReadOnlyList<T> values);

    /// <summary>Writes one non-terminating error.</summary>
    /// <param name="error">The error record.</param>
    /// <exception cref="OperationCanceledException">The pipeline has ended, or the user's preference makes errors terminating.</exception>
    Task WriteErrorAsync(ErrorRecord error);

    /// <summary>Asks whether to continue, as <c>-Confirm</c> and <c>-WhatIf</c> require.</summary>
    /// <param name="action">The change, as a sentence; <c>-WhatIf</c> prints it.</param>
    /// <param name="question">The question for the user.</param>
    /// <param name="caption">The title of the question.</param>
    /// <returns>True if the change may be made.</returns>
    /// <exception cref="OperationCanceledException">The pipeline has ended.</exception>
    Task<bool> ShouldProcessAsync(string action, string question, string caption);

    /// <summary>Asks a question even without <c>-Confirm</c>, before something that cannot be undone.</summary>
    /// <param name="question">The question for the user.</param>
    /// <param name="caption">The title of the question.</param>
    /// <returns>True if the user agreed.</returns>
    /// <exception cref="OperationCanceledException">The pipeline has ended.</exception>
    Task<bool> ShouldContinueAsync(string question, string caption);
}
