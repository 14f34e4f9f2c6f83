using System.Management.Automation;

namespace ComposeLab.Pipeline;

/// <summary>The output for an engine that was named: objects carry its name, and among several engines so do messages, errors and progress.</summary>
/// <param name="output">The output of the command.</param>
/// <param name="engine">The name of the engine.</param>
/// <param name="index">The number of the engine among several, from 0; null if it is the only one.</param>
internal sealed class EngineOutput(IPipelineOutput output, string engine, int? index = null) : IPipelineOutput
{
    // The ids of a command's own progress are small.
    private const int ProgressIds = 10_000;

    /// <summary>The name of the property.</summary>
    internal const string Property = "Engine";

    /// <summary>The name of the engine.</summary>
    public string Engine => engine;

    /// <summary>If set, objects are collected here and not written.</summary>
    public List<object>? Collected { get; set; }

    /// <inheritdoc/>
    public void Verbose(string message) => output.Verbose(Named(message));

    /// <inheritdoc/>
    public void Warning(string message) => output.Warning(Named(message));

    /// <inheritdoc/>
    public void Progress(ProgressRecord record)
    {
        if (index is not { } number)
        {
            output.Progress(record);
            return;
        }

        int Shifted(int id) => id < 0 ? id : id + (ProgressIds * (number + 1));
        output.Progress(new ProgressRecord(Shifted(record.ActivityId), record.ParentActivityId < 0 ? Named(record.Activity) : record.Activity, record.StatusDescription)
        {
            ParentActivityId = Shifted(record.ParentActivityId),
            CurrentOperation = record.CurrentOperation,
            PercentComplete = record.PercentComplete,
            SecondsRemaining = record.SecondsRemaining,
            RecordType = record.RecordType,
        });
    }

    /// <inheritdoc/>
    public void ExitCode(int code) => output.ExitCode(code);

    /// <inheritdoc/>
    public Task WriteAsync(object value)
    {
        if (Collected is { } collected)
        {
            lock (collected)
            {
                collected.Add(value);
            }

            return Task.CompletedTask;
        }

        return output.WriteAsync(WithEngine(value));
    }

    /// <inheritdoc/>
    public Task WriteEachAsync<T>(IReadOnlyList<T> values) =>
        Collected is null ? output.WriteEachAsync<object>([.. values.Select(value => WithEngine(value!))]) : Task.WhenAll(values.Select(value => WriteAsync(value!)));

    /// <inheritdoc/>
    public Task WriteErrorAsync(ErrorRecord error)
    {
        if (index is not null)
        {
            error.ErrorDetails = new ErrorDetails(Named(error.ErrorDetails?.Message ?? error.Exception.Message)) { RecommendedAction = error.ErrorDetails?.RecommendedAction ?? "" };
        }

        return output.WriteErrorAsync(error);
    }

    /// <inheritdoc/>
    public Task<bool> ShouldProcessAsync(string action, string question, string caption) => output.ShouldProcessAsync(Named(action), Named(question), Named(caption));

    /// <inheritdoc/>
    public Task<bool> ShouldContinueAsync(string question, string caption) => output.ShouldContinueAsync(Named(question), Named(caption));

    /// <summary>Asks a question for all engines together.</summary>
    /// <param name="losing">Whether something is lost, so that it is asked even without -Confirm.</param>
    /// <param name="action">The change.</param>
    /// <param name="question">The question.</param>
    /// <param name="caption">Its title.</param>
    /// <returns>True if the changes may be made.</returns>
    public Task<bool> AskForAllAsync(bool losing, string action, string question, string caption) =>
        losing ? output.ShouldContinueAsync(question, caption) : output.ShouldProcessAsync(action, question, caption);

    private string Named(string text) => index is null ? text : $"{engine}: {text}";

    private object WithEngine(object value)
    {
        PSObject item = PSObject.AsPSObject(value);
        if (item.BaseObject is not (string or byte[]) && item.Properties[Property] is null)
        {
            item.Properties.Add(new PSNoteProperty(Property, engine));
            return item;
        }

        return value;
    }
}
