using System.Collections.Concurrent;
using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Projects;

namespace ComposeLab.Commands;

/// <summary>
/// The base class of the cmdlets that talk to an engine. Several contexts are several engines: the work runs for each at the same time, and one that fails does not
/// stop the others.
/// </summary>
public abstract class LabEngineCmdlet : LabProjectCmdlet
{
    // Endpoints that were warned about in this process.
    private static readonly ConcurrentDictionary<string, bool> Warned = new(StringComparer.Ordinal);

    private LabEngineCmdlet[] _each = [];
    private FleetGate? _gate;

    /// <summary><para type="description">The Docker engines to use: names of docker contexts, or addresses such as ssh://admin@edge1, tcp://host:2376 or
    /// unix:///path. Several are used at the same time. Default: DOCKER_HOST, the current docker context, or the engine of this machine. Accepts the property Engine
    /// of pipeline objects, so that they go back to their engine.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Engine")]
    [EngineNames]
    [ArgumentCompleter(typeof(ContextCompleter))]
    [ValidateNotNullOrEmpty]
    public virtual string[] Context { get; set; } = [];

    /// <summary>Whether the command needs exactly one engine, because it has one input, one output or one terminal.</summary>
    private protected virtual bool NeedsOneEngine => false;

    /// <summary>Whether the work of this instance is that of one engine among several.</summary>
    private protected FleetGate? Fleet { get; private set; }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        SelectEngines(Context, IsPiped(nameof(Context)));
    }

    /// <summary>Uses engines.</summary>
    /// <param name="contexts">The names or addresses; none for the default engine.</param>
    /// <param name="isPiped">Whether a pipeline object provides them.</param>
    private protected void SelectEngines(IReadOnlyList<string> contexts, bool isPiped)
    {
        _each = [];
        _gate?.Dispose();
        _gate = null;
        string[] names = [.. contexts.Distinct(StringComparer.Ordinal)];
        if (names.Length > 1 && NeedsOneEngine)
        {
            throw new LabException(
                LabErrorId.ParameterConflict, $"{MyInvocation.MyCommand.Name} uses one engine, found {names.Length}: {string.Join(", ", names)}.", $"Use one of them with -Context");
        }

        // A misspelled name is found before anything happens on the other engines.
        EngineEndpoint[] endpoints = [.. names.Select(name => EngineEndpoint.Resolve(Selection.Environment, name))];
        if (names is [var only])
        {
            // A command that is recommended does not need to name the engine that it uses anyway.
            bool isDefault = isPiped && endpoints[0].Address == EndpointOf(Selection with { Context = null })?.Address;
            Select(Selection with { Context = isDefault ? null : only });
        }
        else if (names.Length > 1)
        {
            _gate = new FleetGate(names.Length, ThrottleOf()) { StopsOnError = StopsOnError };
            _each = [.. names.Select(name => ForEngine(name, _gate))];
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // The copies for the engines are never disposed: the gate belongs to the command that PowerShell knows.
        if (disposing)
        {
            _gate?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Whether this instance took part in the question for all engines.</summary>
    private protected bool HasConfirmed { get; set; }

    /// <summary>The turn of this instance to change its engine; ended when its result is known.</summary>
    private protected IDisposable? Turn { get; set; }

    /// <summary>How many engines are changed at the same time.</summary>
    /// <returns>At least 1.</returns>
    private protected virtual int ThrottleOf() => int.MaxValue;

    /// <summary>Whether a failed engine keeps the work for others from being started.</summary>
    private protected virtual bool StopsOnError => false;

    /// <summary>Writes the result for one engine of several.</summary>
    /// <param name="output">The output of that engine.</param>
    /// <param name="fault">The error; null if the work succeeded.</param>
    /// <returns>Completes when it is written.</returns>
    private protected virtual Task WriteSummaryAsync(EngineOutput output, ErrorRecord? fault) => Task.CompletedTask;

    /// <inheritdoc/>
    private protected override string? InterruptedText() =>
        _each.Select(each => each.InterruptedText()).OfType<string>().ToArray() is { Length: > 0 } texts ? string.Join('\n', texts) : null;

    /// <inheritdoc/>
    private protected sealed override Task RunOnEnginesAsync(IPipelineOutput output, CancellationToken token)
    {
        foreach (ProjectSelection selection in _each.Select(each => each.Selection).DefaultIfEmpty(Selection))
        {
            if (EndpointOf(selection) is { IsOpen: true } endpoint && Warned.TryAdd(endpoint.Address.AbsoluteUri, true))
            {
                output.Warning($"The connection to {endpoint} is not encrypted: everybody on the way can read secrets and take over that machine. Use ssh://{endpoint.Address.Host} or TLS.");
            }
        }

        return _each.Length == 0
            ? RunAsync(Selection.Context is { } context ? new EngineOutput(output, context) : output, token)
            : Task.WhenAll(_each.Select((each, index) => Task.Run(() => each.RunOfManyAsync(new EngineOutput(output, each.Selection.Context!, index), token), token)));
    }

    // Some commands work without an engine. Those that need it report what is wrong with its address.
    private static EngineEndpoint? EndpointOf(ProjectSelection selection)
    {
        try
        {
            return EngineEndpoint.Resolve(selection.Environment, selection.Context);
        }
        catch (EngineException)
        {
            return null;
        }
    }

    private async Task RunOfManyAsync(EngineOutput output, CancellationToken token)
    {
        ErrorRecord? error = null;
        try
        {
            await RunAsync(output, token).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !token.IsCancellationRequested)
        {
            error = ErrorRecords.From(fault, Typed);
            await output.WriteErrorAsync(error).ConfigureAwait(false);
        }
        finally
        {
            Fleet!.Leave(failed: error is not null, confirmed: HasConfirmed);
            Turn?.Dispose();
        }

        await WriteSummaryAsync(output, error).ConfigureAwait(false);
    }

    // The fields of a copy are its own, so that the work for several engines does not share any state.
    private LabEngineCmdlet ForEngine(string context, FleetGate gate)
    {
        var copy = (LabEngineCmdlet)MemberwiseClone();
        copy._each = [];
        copy.Fleet = gate;
        copy.Select(Selection with { Context = context });
        return copy;
    }
}
