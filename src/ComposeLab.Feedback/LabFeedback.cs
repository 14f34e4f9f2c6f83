using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Subsystem;
using System.Management.Automation.Subsystem.Feedback;
using System.Management.Automation.Subsystem.Prediction;

namespace ComposeLab.Feedback;

/// <summary>
/// Shows the recommended command below an error of this module, and the cmdlet that does the same as a docker command. The predictor offers both while a line is
/// typed. Everything comes from memory: no file is read and no engine is asked.
/// </summary>
public sealed class LabFeedback : IFeedbackProvider, ICommandPredictor
{
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);
    private volatile IReadOnlyList<string> _recommended = [];

    /// <summary>The id of both implementations.</summary>
    public static Guid ProviderId { get; } = new("6f0d5c1e-94a7-4c0f-8a3e-2f1b7a5d6c38");

    /// <inheritdoc/>
    public Guid Id => ProviderId;

    /// <inheritdoc/>
    public string Name => "ComposeLab";

    /// <inheritdoc/>
    public string Description => "Recommended commands of errors, and cmdlets for docker commands.";

    /// <summary>A success too, because a docker command that exists usually succeeds.</summary>
    public FeedbackTrigger Trigger => FeedbackTrigger.Error | FeedbackTrigger.CommandNotFound | FeedbackTrigger.Success;

    /// <inheritdoc/>
    Dictionary<string, string>? ISubsystem.FunctionsToDefine => null;

    /// <inheritdoc/>
    public FeedbackItem? GetFeedback(FeedbackContext context, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(context);
        return GetFeedback(context.Trigger, context.CommandLineAst, context.LastError);
    }

    /// <summary>The feedback for a line that was run.</summary>
    /// <param name="trigger">How it ended.</param>
    /// <param name="line">The line.</param>
    /// <param name="error">Its last error; null if there is none.</param>
    /// <returns>The feedback; null if there is nothing to say.</returns>
    public FeedbackItem? GetFeedback(FeedbackTrigger trigger, Ast line, ErrorRecord? error)
    {
        if (trigger == FeedbackTrigger.Error && IsOurs(error))
        {
            IReadOnlyList<string> commands = RecommendedCommands.Of(error!.ErrorDetails?.RecommendedAction);
            _recommended = commands;
            return commands.Count == 0 ? null : new FeedbackItem("Recommended:", [.. commands]);
        }

        if (CommandLineWords.Read(line) is not { } words || DockerHabit.Map(words) is not { } call || !IsNew(trigger, call))
        {
            return null;
        }

        _recommended = [call];
        return new FeedbackItem("The same with ComposeLab:", [call]);
    }

    /// <inheritdoc/>
    public SuggestionPackage GetSuggestion(PredictionClient client, PredictionContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return GetSuggestion(context.InputAst);
    }

    /// <summary>The suggestions for a line that is being typed.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The suggestions; empty if there are none.</returns>
    public SuggestionPackage GetSuggestion(Ast line)
    {
        ArgumentNullException.ThrowIfNull(line);
        string typed = line.Extent.Text.TrimStart();
        List<PredictiveSuggestion> suggestions =
        [
            .. _recommended.Where(command => typed.Length > 0 && command.Length > typed.Length && command.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
                .Concat(DockerHabit.Suggest(line)).Select(command => new PredictiveSuggestion(command)),
        ];
        return suggestions.Count == 0 ? default : new SuggestionPackage(suggestions);
    }

    /// <inheritdoc/>
    public bool CanAcceptFeedback(PredictionClient client, PredictorFeedbackKind feedback) =>
        feedback is PredictorFeedbackKind.CommandLineAccepted or PredictorFeedbackKind.CommandLineExecuted;

    /// <inheritdoc/>
    public void OnSuggestionDisplayed(PredictionClient client, uint session, int countOrIndex)
    {
    }

    /// <inheritdoc/>
    public void OnSuggestionAccepted(PredictionClient client, uint session, string acceptedSuggestion)
    {
    }

    /// <inheritdoc/>
    public void OnCommandLineAccepted(PredictionClient client, IReadOnlyList<string> history) => _recommended = [];

    /// <summary>Offers the cmdlet after a docker command that failed. PowerShell asks for no feedback about a program that only returns an exit code.</summary>
    /// <param name="client">The prompt.</param>
    /// <param name="commandLine">The line.</param>
    /// <param name="success">Whether it succeeded.</param>
    public void OnCommandLineExecuted(PredictionClient client, string commandLine, bool success)
    {
        if (!success && _recommended.Count == 0 && CommandLineWords.Read(Parser.ParseInput(commandLine, out _, out _)) is { } words && DockerHabit.Map(words) is { } call)
        {
            _recommended = [call];
        }
    }

    private static bool IsOurs(ErrorRecord? error) => error?.FullyQualifiedErrorId.Contains(",ComposeLab.", StringComparison.Ordinal) == true;

    // Whoever keeps using docker, whose commands succeed, is told once for each cmdlet.
    private bool IsNew(FeedbackTrigger trigger, string call)
    {
        string cmdlet = call.Split(' ')[0];
        lock (_shown)
        {
            return _shown.Add(cmdlet) || trigger != FeedbackTrigger.Success;
        }
    }
}
