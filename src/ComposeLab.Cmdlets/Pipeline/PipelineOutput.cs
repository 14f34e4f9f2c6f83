using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using ComposeLab.Errors;

namespace ComposeLab.Pipeline;

/// <summary>The output of a pump: every call becomes an action in its queue.</summary>
/// <param name="pump">The pump that performs the actions.</param>
internal sealed class PipelineOutput(PipelinePump pump) : IPipelineOutput
{
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
    public Task<bool> ShouldProcessAsync(string action, string question, string caption) =>
        pump.AskAsync(cmdlet => cmdlet.ShouldProcess(TerminalText.Visible(action), TerminalText.Visible(question), TerminalText.Visible(caption)));

    /// <inheritdoc/>
    public Task<bool> ShouldContinueAsync(string question, string caption) => pump.AskAsync(cmdlet =>
    {
        // PowerShell's own ShouldContinue takes Enter for yes.
        Collection<ChoiceDescription> choices = [new ChoiceDescription("&Yes", "Continue."), new ChoiceDescription("&No", "Change nothing.")];
        try
        {
            return (((PSCmdlet)cmdlet).Host?.UI ?? throw NobodyToAsk(question)).PromptForChoice(TerminalText.Visible(caption), TerminalText.Visible(question), choices, defaultChoice: 1) == 0;
        }
        catch (Exception refused) when (refused is HostException or PSInvalidOperationException or NotImplementedException or PSNotImplementedException)
        {
            throw NobodyToAsk(question, refused);
        }
    });

    private static LabException NobodyToAsk(string question, Exception? inner = null) => new(
        LabErrorId.ConfirmationRequired, $"This must be confirmed, but the session is not interactive: {question}", "-Force", inner: inner);

    private static ProgressRecord Visible(ProgressRecord record)
    {
        record.Activity = TerminalText.Visible(record.Activity);
        record.StatusDescription = TerminalText.Visible(record.StatusDescription);
        record.CurrentOperation = record.CurrentOperation is { } operation ? TerminalText.Visible(operation) : null;
        return record;
    }
}

/// <summary>
/// What a cmdlet's work may say to its pipeline. The work runs on a worker thread, and the pipeline has a thread of its own: messages are posted and not
/// waited for, objects, errors and questions are awaited, so that a slow or finished consumer slows down or ends the work.
/// </summary>
public interface IPipelineOutput
{
    /// <summary>Posts a message to the verbose stream. Nothing happens once the pipeline has left.</summary>
    /// <param name="message">One sentence without a secret in it.</param>
    void Verbose(string message);

    /// <summary>Posts a message to the warning stream. Nothing happens once the pipeline has left.</summary>
    /// <param name="message">One sentence without a secret in it.</param>
    void Warning(string message);

    /// <summary>Posts a progress record. Nothing happens once the pipeline has left.</summary>
    /// <param name="record">The record to show; its ids come from the progress board.</param>
    void Progress(ProgressRecord record);

    /// <summary>Leaves the exit code of a program in <c>$LASTEXITCODE</c>. Nothing happens once the pipeline has left.</summary>
    /// <param name="code">The code.</param>
    void ExitCode(int code);

    /// <summary>Writes one object to the pipeline and returns when the consumers downstream have taken it.</summary>
    /// <param name="value">The object; a collection is written as one object.</param>
    /// <exception cref="OperationCanceledException">The pipeline has left.</exception>
    Task WriteAsync(object value);

    /// <summary>Writes several objects at once, which costs no more than one; returns when the consumers downstream have taken them.</summary>
    /// <typeparam name="T">What they are.</typeparam>
    /// <param name="values">The objects.</param>
    /// <exception cref="OperationCanceledException">The pipeline has left.</exception>
    Task WriteEachAsync<T>(IReadOnlyList<T> values);

    /// <summary>Writes one error that does not end the command.</summary>
    /// <param name="error">The error record.</param>
    /// <exception cref="OperationCanceledException">The pipeline has left, or the user's preference turns errors into an end.</exception>
    Task WriteErrorAsync(ErrorRecord error);

    /// <summary>Asks whether to go on, as <c>-Confirm</c> and <c>-WhatIf</c> demand.</summary>
    /// <param name="action">What would be done, as a sentence; this is what <c>-WhatIf</c> prints.</param>
    /// <param name="question">What the user is asked.</param>
    /// <param name="caption">The heading of the question.</param>
    /// <returns>True when the change may be made.</returns>
    /// <exception cref="OperationCanceledException">The pipeline has left.</exception>
    Task<bool> ShouldProcessAsync(string action, string question, string caption);

    /// <summary>Asks a question that is put even without <c>-Confirm</c>, before something that cannot be undone.</summary>
    /// <param name="question">What the user is asked.</param>
    /// <param name="caption">The heading of the question.</param>
    /// <returns>True when the user agreed.</returns>
    /// <exception cref="OperationCanceledException">The pipeline has left.</exception>
    Task<bool> ShouldContinueAsync(string question, string caption);
}
