using System.Management.Automation;
using ComposeLab.Pipeline;

namespace ComposeLab.Cmdlets.Tests.Progress;

/// <summary>Records the output.</summary>
internal sealed class RecordingOutput : IPipelineOutput
{
    public List<ProgressRecord> Records { get; } = [];

    public List<string> Messages { get; } = [];

    public List<object> Values { get; } = [];

    public void Verbose(string message) => Messages.Add(message);

    public void Warning(string message) => Messages.Add("warning: " + message);

    public void Progress(ProgressRecord record) => Records.Add(record);

    public void ExitCode(int code) => Messages.Add($"exit code: {code}");

    public Task WriteAsync(object value)
    {
        Values.Add(value);
        return Task.CompletedTask;
    }

    public Task WriteEachAsync<T>(IReadOnlyList<T> values)
    {
        Values.AddRange(values.Cast<object>());
        return Task.CompletedTask;
    }

    public Task WriteErrorAsync(ErrorRecord error) => WriteAsync(error);

    public Task<bool> ShouldProcessAsync(string action, string question, string caption) => Task.FromResult(true);

    public Task<bool> ShouldContinueAsync(string question, string caption) => Task.FromResult(true);
}
