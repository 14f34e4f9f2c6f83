using System.Diagnostics;
using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engine;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Plans;
using ComposeLab.Projects;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// The base class of the cmdlets that change a stack with a plan. The plan is created before the first change: <c>-WhatIf</c> prints its operations, <c>-Confirm</c>
/// prompts once for all of them, and <c>-Plan</c> applies a plan that was created and reviewed earlier.
/// </summary>
public abstract class LabPlanCmdlet : LabEngineCmdlet
{
    // Parameters that are allowed with a reviewed plan because they do not affect it.
    private static readonly string[] BesidePlan = [nameof(Plan), "PassThru", "Force"];

    // Read on the thread that stops the pipeline.
    private volatile PlanProgress? _progress;

    private readonly List<string> _piped = [];

    // The services of each stack that pipeline objects named so far.
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);
    private bool _isRepeated;
    private bool _isWhatIf;
    private bool _isConfirmed;
    private PlanDocument? _reviewed;
    private Stopwatch _time = new();
    private int _changes;
    private string _planned = "";

    /// <summary><para type="description">Applies exactly this plan of Get-LabStackPlan. It can come from another session, saved with Export-Clixml or
    /// ConvertTo-Json. If the files or the stack have changed so that a different plan is needed, nothing is changed, and the error PlanOutdated lists the
    /// differences.</para></summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? Plan { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Engine")]
    [EngineNames]
    [ArgumentCompleter(typeof(ContextCompleter))]
    [ValidateNotNullOrEmpty]
    public override string[] Context { get; set; } = [];

    /// <summary><para type="description">How many engines are changed at the same time if -Context names several.</para></summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary><para type="description">With several engines: after one has failed, no other one is started. Those that are being changed are finished.</para></summary>
    [Parameter]
    public SwitchParameter StopOnError { get; set; }

    /// <summary>What the command does to a stack.</summary>
    private protected abstract LabPlanAction Action { get; }

    /// <inheritdoc/>
    protected sealed override void Prepare()
    {
        _isWhatIf = IsWhatIf;
        _isConfirmed = IsConfirmed;
        _reviewed = null;

        // Each replica is an object of its own, but a plan is for the whole service.
        _isRepeated = IsPiped("Service") && !_named.Add(string.Join('|', PipedParameters.Where(piped => piped != nameof(Plan)).Select(piped => $"{piped}={Words(piped)}")));
        if (Plan is null || !IsGiven(nameof(Plan)) || !IsReviewed(Plan))
        {
            base.Prepare();
            return;
        }

        _reviewed = ReviewedPlan.Read(Plan, Action);
        if (TypedParameters.FirstOrDefault(typed => !BesidePlan.Contains(typed, StringComparer.Ordinal) && !IsCommon(typed)) is { } shaping)
        {
            throw PlanDocument.Invalid($"-{shaping} would change it, but -Plan applies a plan exactly as it is");
        }

        Select(_reviewed.Selection.With(ProcessEnvironment.Read(SessionState.Path.CurrentFileSystemLocation.ProviderPath)));
        SelectEngines([_reviewed.Engine], isPiped: true);
    }

    // Names of engines that come one by one are one fleet: there is one question, and the work runs for all at the same time.
    /// <inheritdoc/>
    private protected sealed override bool Collects()
    {
        if (!IsPiped(nameof(Context)) || PipedParameters.Any(parameter => parameter is not (nameof(Context) or nameof(Plan))))
        {
            return false;
        }

        _piped.AddRange(Context);
        SelectEngines(_piped, isPiped: false);
        return true;
    }

    /// <inheritdoc/>
    private protected sealed override int ThrottleOf() => ThrottleLimit;

    /// <inheritdoc/>
    private protected sealed override bool StopsOnError => StopOnError;

    /// <inheritdoc/>
    protected sealed override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        if (_isRepeated)
        {
            return;
        }

        PlanIntent intent = _reviewed?.Intent ?? Intent();
        var planning = new StackPlanning(intent, Selection);
        Select(Selection with { KeepUnused = intent.KeepsUnused });
        StackTarget target = planning.FindTarget(() => _reviewed is null ? LoadProject(output, token, intent.Loaded) : ProjectLoading.Load(Selection with { Services = intent.Loaded }, output, token), output, token);
        _time = Stopwatch.StartNew();
        if (Fleet is not null && output is EngineOutput own)
        {
            own.Collected = [];
        }

        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        _reviewed?.Require(target, session.Engine.Info);
        StackPlan plan = await planning.PlanAsync(target, session, onlyShown: false, token).ConfigureAwait(false);
        _reviewed?.Plan.Require(plan);
        if (!plan.Exists && Selection.IsOnlyNamed)
        {
            IReadOnlyList<ObservedStack> stacks = await session.Stacks.ListStacksAsync(token).ConfigureAwait(false);
            LabException missing = StackTarget.Missing(target.ProjectName, stacks);
            if (Fleet is not null)
            {
                throw missing;
            }

            await output.WriteErrorAsync(ErrorRecords.From(missing)).ConfigureAwait(false);
            return;
        }

        string caption = $"{Action} {PlanObjects.Place(plan)}";
        if (!await ConfirmPlanAsync(output, plan, caption, token).ConfigureAwait(false))
        {
            return;
        }

        Turn = Fleet is null ? null : await Fleet.EnterAsync(token).ConfigureAwait(false);
        if (Fleet is not null && Turn is null)
        {
            throw new LabException(LabErrorId.FleetStopped, "It was not started, because another engine failed.", "Correct that error and run the command again");
        }

        try
        {
            var progress = new PlanProgress(session, plan, _reviewed?.Plan, caption, output);
            _progress = progress;
            await ExecuteAsync(progress, intent, token).ConfigureAwait(false);
            _progress = null;
        }
        catch (EngineException fault)
        {
            throw await ServiceDiagnoses.ExplainAsync(fault, session, Selection, target, token).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    private protected sealed override string? InterruptedText() => _progress?.Interrupted(Typed("Wait-LabStack")) ?? base.InterruptedText();

    /// <inheritdoc/>
    private protected sealed override Task WriteSummaryAsync(EngineOutput output, ErrorRecord? fault)
    {
        List<object> collected = output.Collected ?? [];
        output.Collected = null;
        return _isWhatIf && fault is null
            ? Task.CompletedTask
            : output.WriteAsync(new LabEngineResult
            {
                Engine = output.Engine,
                ProjectName = _planned,
                Action = Action,
                Succeeded = fault is null,
                Changes = _changes,
                Services = [.. collected.OfType<LabService>()],
                Rollouts = [.. collected.OfType<LabRollout>()],
                Duration = _time.Elapsed,
                Error = fault?.ErrorDetails?.Message ?? fault?.Exception.Message,
                ErrorId = fault?.FullyQualifiedErrorId.Split(',')[0],
            });
    }

    /// <summary>Reads what the user wants from the parameters.</summary>
    /// <returns>The intent.</returns>
    private protected abstract PlanIntent Intent();

    /// <summary>Executes the plan and writes what the user wants to see.</summary>
    /// <param name="work">The plan, with its progress.</param>
    /// <param name="intent">What the plan is for.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when everything is done.</returns>
    private protected abstract Task ExecuteAsync(PlanProgress work, PlanIntent intent, CancellationToken token);

    /// <summary>What the plan destroys permanently.</summary>
    /// <param name="plan">The plan.</param>
    /// <returns>The question to prompt with even without -Confirm; null if nothing is lost.</returns>
    private protected virtual string? Loss(StackPlan plan) => null;

    private async Task<bool> ConfirmPlanAsync(IPipelineOutput output, StackPlan plan, string caption, CancellationToken token)
    {
        IReadOnlyList<LabOperation> operations = PlanObjects.Of(plan, places: null);
        _planned = plan.ProjectName;
        _changes = operations.Count;
        if (operations.Count == 0)
        {
            output.Verbose($"{caption}: nothing to do.");
            if (Fleet is not null && !_isWhatIf)
            {
                // The others do not wait for it with their question.
                HasConfirmed = true;
                Fleet.Arrive();
            }

            return !_isWhatIf;
        }

        if (_isWhatIf)
        {
            foreach (PlanWarning warning in plan.Warnings)
            {
                output.Warning(PlanObjects.Text(warning));
            }

            foreach (LabOperation operation in operations)
            {
                await output.ShouldProcessAsync($"{PlanObjects.Place(plan)}: {operation}", operation.ToString(), caption).ConfigureAwait(false);
            }

            return false;
        }

        string text = string.Join('\n', operations);
        if (Fleet is not null && output is EngineOutput own)
        {
            HasConfirmed = true;
            string? lost = _isConfirmed ? null : Loss(plan);
            return await Fleet.ConfirmAsync(new FleetPlan(own.Engine, caption, text, lost), plans => AskAsync(own, plans), token).ConfigureAwait(false);
        }

        return Loss(plan) is { } loss && !_isConfirmed
            ? await output.ShouldContinueAsync($"{loss}\n{text}", caption).ConfigureAwait(false)
            : await output.ShouldProcessAsync($"{caption}:\n{text}", $"{caption}?\n{text}", caption).ConfigureAwait(false);
    }

    private Task<bool> AskAsync(EngineOutput output, IReadOnlyList<FleetPlan> plans)
    {
        string all = string.Join("\n\n", plans.Select(plan => $"{plan.Engine}: {plan.Caption}:\n{(plan.Loss is null ? "" : plan.Loss + "\n")}{plan.Text}"));
        string caption = $"{Action} on {plans.Count} engines";
        return output.AskForAllAsync(plans.Any(plan => plan.Loss is not null), $"{caption}:\n{all}", $"{all}\n\n{caption}?", caption);
    }

    private string Words(string parameter) => MyInvocation.BoundParameters[parameter] is var value && value is object[] several ? string.Join(',', several) : $"{value}";

    // The pipeline binds every object to -Plan. An object that is not a plan identifies a stack by its properties.
    private bool IsReviewed(PSObject plan)
    {
        if (!IsPiped(nameof(Plan)) || ReviewedPlan.IsPlan(plan))
        {
            return true;
        }

        return PipedParameters.Any(parameter => parameter != nameof(Plan))
            ? false
            : throw new LabException(
                LabErrorId.StackNotNamed,
                $"Expected a plan, or an object that identifies a stack or its files, found {plan.BaseObject.GetType().Name} in the pipeline.",
                $"{MyInvocation.MyCommand.Name} -ProjectName NAME");
    }
}
