using System.Diagnostics;
using ComposeLab.Compose.Secrets;
using ComposeLab.Engine.Execution;
using ComposeLab.Errors;
using ComposeLab.Files;
using ComposeLab.Pipeline;

namespace ComposeLab.Stacks;

/// <summary>Runs a command with a time limit, and delivers its output and its result as the user wants them.</summary>
internal sealed record CommandDelivery
{
    /// <summary>The project.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>The number of the container; 0 for a one-off container.</summary>
    public required int Number { get; init; }

    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>The program and its arguments; the arguments can contain secrets.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The file for standard output; null for none.</summary>
    public string? OutFile { get; init; }

    /// <summary>Whether standard output is written to the pipeline as bytes.</summary>
    public bool AsByteStream { get; init; }

    /// <summary>Whether each line is written as it arrives.</summary>
    public bool Stream { get; init; }

    /// <summary>Whether another exit code than 0 is an error.</summary>
    public bool RequireSuccess { get; init; }

    /// <summary>The time limit in seconds; null for none.</summary>
    public int? TimeoutSec { get; init; }

    /// <summary>Runs the command.</summary>
    /// <param name="run">Runs it; receives the streams for output and errors, and a token for the time limit.</param>
    /// <param name="output">Receives the output and the result.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="LabException">TimedOut.</exception>
    public async Task<int> RunAsync(Func<Stream, Stream, CancellationToken, Task<int>> run, IPipelineOutput output, CancellationToken token)
    {
        using var deadline = new Deadline(TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan, token);
        var clock = Stopwatch.StartNew();
        using var file = OutFile is null ? null : new ReplacedFile(OutFile);
        Func<string, bool, Task>? line = Stream ? (text, isError) => output.WriteAsync(Line(text, isError)) : null;
        var written = new CommandOutput(file?.Stream, AsByteStream && file is null ? bytes => output.WriteEachAsync(bytes) : null, text => line?.Invoke(text, false));
        Func<string, Task?> errorLine = AsByteStream ? text => { output.Warning(text); return null; } : text => line?.Invoke(text, true);
        var error = new CommandOutput(null, null, errorLine);
        int exitCode;
        try
        {
            exitCode = await run(written, error, deadline.Token).ConfigureAwait(false);
            await written.EndAsync().ConfigureAwait(false);
            await error.EndAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException fault) when (deadline.Expired)
        {
            throw new LabException(
                LabErrorId.TimedOut,
                $"The command '{Named()}' in {Container} did not exit within {TimeoutSec} s; {(fault is ExecCanceledException { WasEnded: true } ? "it was stopped" : "it could not be stopped and may still be running in the container")}.",
                "Raise -TimeoutSec",
                Container);
        }
        catch (ExecCanceledException fault) when (!fault.WasEnded)
        {
            output.Warning($"The command '{Named()}' could not be stopped and may still be running in {Container}.");
            throw;
        }

        file?.Keep();
        if (!written.IsText || !error.IsText)
        {
            output.Warning($"The command '{Named()}' in {Container} wrote bytes that are not UTF-8. They are shown as \uFFFD. Use -OutFile or -AsByteStream to keep them.");
        }

        var result = new ExecResult(exitCode, written.Text, error.Text);
        if (!AsByteStream || file is not null)
        {
            await output.WriteAsync(new LabCommandResult
            {
                ProjectName = ProjectName,
                Service = Service,
                Container = Container,
                Command = Command,
                ExitCode = exitCode,
                Output = result.Output,
                ErrorOutput = result.Error,
                OutFile = file?.Path,
                Duration = clock.Elapsed,
            }).ConfigureAwait(false);
        }

        if ((RequireSuccess || (AsByteStream && file is null)) && exitCode != 0)
        {
            await output.WriteErrorAsync(ErrorRecords.From(Failed(result))).ConfigureAwait(false);
        }

        return exitCode;
    }

    private LabLogLine Line(string text, bool isError) => new()
    {
        ProjectName = ProjectName,
        Service = Service,
        Number = Number,
        Container = Container,
        Time = DateTimeOffset.Now,
        Stream = isError ? LabStream.Error : LabStream.Output,
        Text = text,
    };

    private LabException Failed(ExecResult result)
    {
        string said = (result.Error.Length > 0 ? result.Error : result.Output).Trim();
        return new LabException(
            LabErrorId.CommandFailed,
            SecretMask.Standard.MaskText($"The command '{Named()}' in {Container} exited with code {result.ExitCode}, expected 0{(said.Length > 0 ? $": {said}" : ".")}"),
            "Fix the command or the container",
            Container);
    }

    private string Named() => Command.Count > 0 ? Command[0] : Service;
}
