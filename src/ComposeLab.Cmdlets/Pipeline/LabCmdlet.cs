using System.Management.Automation;
using System.Runtime.ExceptionServices;
using ComposeLab.Engine;
using ComposeLab.Errors;

namespace ComposeLab.Pipeline;

/// <summary>
/// The base class of every cmdlet of the module. A derived cmdlet implements its work in <see cref="RunAsync"/>, which runs on a separate worker thread. This class
/// keeps the pipeline's thread to itself, cancels the work when the pipeline ends, and converts exceptions to error records of the catalog.
/// </summary>
public abstract class LabCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private HashSet<string> _typed = [];
    private bool _prepared;
    private bool _collects;

    /// <summary>Releases the cmdlet's resources; PowerShell calls it when the pipeline is done.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases resources.</summary>
    /// <param name="disposing">True, because there is no finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
    }

    /// <summary>Whether the work runs once, after all records have been prepared, instead of once for each.</summary>
    private protected virtual bool RunsOnce => false;

    /// <summary>Whether the record that was prepared only adds to the work, which then runs once, after all records.</summary>
    /// <returns>True if it does.</returns>
    private protected virtual bool Collects() => false;

    /// <summary>Whether an error ends the command even if more records follow, because later records depend on earlier ones.</summary>
    private protected virtual bool EndsWithFault => RunsOnce;

    /// <summary>The parameters that cannot be used together.</summary>
    private protected virtual IReadOnlyList<ParameterConflict> Conflicts => [];

    /// <summary>Records the bound parameters. The work starts with the first record, when all parameters are bound.</summary>
    protected sealed override void BeginProcessing() => _typed = [.. MyInvocation.BoundParameters.Keys];

    /// <summary>Prepares one record, and runs its work.</summary>
    protected sealed override void ProcessRecord() => Perform(() =>
    {
        ParameterConflict.Require(MyInvocation.BoundParameters, Conflicts);
        Prepare();
        _prepared = true;
        _collects = Collects();
        return RunsOnce || _collects ? null : Pump();
    });

    /// <summary>Runs the work of commands that process all records together; without a record there is no work.</summary>
    protected sealed override void EndProcessing()
    {
        if ((RunsOnce || _collects) && _prepared)
        {
            Perform(Pump);
        }
    }

    /// <summary>Cancels the work; called on another thread when the user stops the pipeline.</summary>
    protected sealed override void StopProcessing()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The pipeline ended at the same moment: there is nothing left to stop.
        }

        // The pipeline no longer accepts warnings; the host still shows them.
        if (InterruptedText() is { } text)
        {
            Host?.UI?.WriteWarningLine(text);
        }
    }

    /// <summary>What to show the user who stops the command. Called on another thread.</summary>
    /// <returns>One or two sentences; null if there is nothing to show.</returns>
    private protected virtual string? InterruptedText() => null;

    /// <summary>Whether a parameter got its value from the pipeline and not from the command line. Read it while preparing.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <returns>True if a pipeline object provided it.</returns>
    private protected bool IsPiped(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter) && !_typed.Contains(parameter);

    /// <summary>Whether a parameter was specified, on the command line or by the pipeline. Read it while preparing.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <returns>True if it was.</returns>
    private protected bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>The parameters on the command line.</summary>
    private protected IReadOnlyCollection<string> TypedParameters => _typed;

    /// <summary>The parameters that have their value from the pipeline. Read it while preparing.</summary>
    private protected IEnumerable<string> PipedParameters => MyInvocation.BoundParameters.Keys.Where(parameter => !_typed.Contains(parameter));

    /// <summary>Whether every cmdlet has this parameter.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <returns>True for Verbose, WhatIf and the like.</returns>
    private protected static bool IsCommon(string parameter) =>
        CommonParameters.Contains(parameter) || OptionalCommonParameters.Contains(parameter) || parameter == "ProgressAction";

    /// <summary>Whether <c>-WhatIf</c> or <c>$WhatIfPreference</c> is set. Read it while preparing.</summary>
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? asked)
        ? (SwitchParameter)asked
        : LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference", false));

    /// <summary>Whether the user specified <c>-Confirm:$false</c>, so that there is no prompt.</summary>
    private protected bool IsConfirmed => MyInvocation.BoundParameters.TryGetValue("Confirm", out object? asked) && !(SwitchParameter)asked;

    /// <summary>
    /// Reads from the session what the work needs, on the pipeline's thread: resolved paths, variables, preferences. A <see cref="LabException"/> thrown here ends
    /// the command with that error.
    /// </summary>
    protected virtual void Prepare()
    {
    }

    /// <summary>The work for one record, on the worker thread. It must end within a second after the token is canceled.</summary>
    /// <param name="output">Receives objects, messages and questions.</param>
    /// <param name="token">Canceled when the pipeline ends, for any reason.</param>
    /// <returns>A task that completes with the work; its exception becomes the command's error.</returns>
    protected abstract Task RunAsync(IPipelineOutput output, CancellationToken token);

    /// <summary>Runs the work for every selected engine.</summary>
    /// <param name="output">Receives objects, messages and questions.</param>
    /// <param name="token">Canceled when the pipeline ends.</param>
    /// <returns>Completes with the work.</returns>
    private protected virtual Task RunOnEnginesAsync(IPipelineOutput output, CancellationToken token) => RunAsync(output, token);

    /// <summary>Makes a path of the session absolute. Supports paths relative to the current location, <c>~</c> and PowerShell drives.</summary>
    /// <param name="path">The path as the user typed it; wildcards are taken literally.</param>
    /// <returns>An absolute path in the file system; it may not exist.</returns>
    /// <exception cref="LabException">The path is not a path in the file system.</exception>
    protected string ResolvePath(string path)
    {
        try
        {
            string resolved = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            if (string.Equals(provider.Name, "FileSystem", StringComparison.Ordinal))
            {
                return resolved;
            }
        }
        catch (Exception unknown) when (unknown is SessionStateException or PSArgumentException)
        {
            // A drive that does not exist and a location that is not a file are reported in the same way.
        }

        throw new LabException(
            LabErrorId.PathInvalid, $"Expected a path in the file system, found '{path}'.", "Use a path such as ./compose.yaml");
    }

    /// <summary>Writes another command of the module with the parameters of the current project, so that a recommendation can be pasted.</summary>
    /// <param name="command">The command with its own arguments.</param>
    /// <returns>The command, complete.</returns>
    private protected virtual string Typed(string command) => command;

    private ExceptionDispatchInfo? Pump()
    {
        using var pump = new PipelinePump(this, _stop.Token);
        return pump.Run(RunOnEnginesAsync);
    }

    private void Perform(Func<ExceptionDispatchInfo?> part)
    {
        ExceptionDispatchInfo? fault;
        try
        {
            fault = part();
        }
        catch (Exception preparing) when (preparing is LabException or EngineException)
        {
            fault = ExceptionDispatchInfo.Capture(preparing);
        }

        if (fault is null)
        {
            return;
        }

        ErrorRecord error = ErrorRecords.From(fault.SourceException, Typed);
        if (MyInvocation.ExpectingInput && !EndsWithFault && ErrorRecords.IsAboutOneRecord(error))
        {
            WriteError(error);
            return;
        }

        ThrowTerminatingError(error);
    }
}
