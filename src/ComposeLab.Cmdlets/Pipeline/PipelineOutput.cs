using System.Management.Automation;

namespace ComposeLab.Pipeline;

/// <summary>The output of a pump: every call becomes an action in its queue.</summary>
/// <param name="pump">The pump that performs the actions.</param>
internal sealed class PipelineOutput(PipelinePump pump) : IPipelineOutput
{
    /// <inheritdoc/>
    public void Verbose(string message) => pump.Post(cmdlet => cmdlet.WriteVerbose(message));

    /// <inheritdoc/>
    public void Warning(string message) => pump.Post(cmdlet => cmdlet.WriteWarning(message));

    /// <inheritdoc/>
    public void Progress(ProgressRecord record) => pump.Post(cmdlet => cmdlet.WriteProgress(record));

    /// <inheritdoc/>
    public void ExitCode(int code) => pump.Post(cmdlet => ((PSCmdlet)cmdlet).SessionState.PSVariable.Set("global:LASTEXITCODE", code));

    /// <inheritdoc/>
    public Task WriteAsync(object value) => pump.AskAsync(cmdlet =>
    {
        cmdlet.WriteObject(ProviderItem.Of((PSCmdlet)cmdlet, value));
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
        pump.AskAsync(cmdlet => cmdlet.ShouldProcess(action, question, caption));

    /// <inheritdoc/>
    public Task<bool> ShouldContinueAsync(string question, string caption) =>
        pump.AskAsync(cmdlet => cmdlet.ShouldContinue(question, caption));
}
