using System.Management.Automation;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Engine;
using ComposeLab.Images;

namespace ComposeLab.Errors;

/// <summary>Creates an error record of the catalog from any exception that the work of a cmdlet threw.</summary>
internal static class ErrorRecords
{
    private const int LongestMessage = 16_000;
    private const string ReportFault =
        "This is a bug in ComposeLab. Please report it with the text of $Error[0].Exception.ToString(), after removing private data.";

    /// <summary>Creates the record.</summary>
    /// <param name="fault">What was thrown.</param>
    /// <param name="typed">Writes a command with the parameters of the current project; null if there is no project.</param>
    /// <returns>A record with an id of the catalog, a meaningful category and a recommended action.</returns>
    public static ErrorRecord From(Exception fault, Func<string, string>? typed = null) => fault switch
    {
        LabException lab => Record(lab, lab.Id, lab.Message, lab.Recommendation, lab.Target),
        ComposeException compose => Record(
            compose,
            Named(compose.Id.ToString()),
            ErrorLocation.Headline(compose.File, compose.Line, compose.Column, compose.Message),
            compose.Recommendation,
            ErrorLocation.Of(compose)),
        EngineException { Id: EngineErrorId.PreflightFailed, Findings: [var only] } => Record(
            fault,
            Named(only.Id.ToString()),
            ErrorLocation.Headline(only.File, only.Line, only.Column, only.Message),
            RemedyText.Of(only.Recommendation, only.Remedies, typed ?? (command => command)),
            ErrorLocation.Of(only) ?? (object?)only.Service),
        EngineException engine => Record(
            engine, Named(engine.Id.ToString()), EngineFaultText.Of(engine), EngineFaultText.Recommendation(engine, typed ?? (command => command)), Target(engine)),
        _ => Record(fault, LabErrorId.UnexpectedFault, fault.Message, ReportFault, null),
    };

    private static object? Target(EngineException fault) => fault switch
    {
        { Build: { } build } => ErrorLocation.Of(build) ?? (object)ImageBuildObjects.Failure(build),
        { Evidence: { } evidence } => evidence,
        _ => fault.Service,
    };

    /// <summary>Whether the next record of the pipeline may succeed: the cause is neither the engine nor the module.</summary>
    /// <param name="error">A record made here.</param>
    /// <returns>True if the command can continue with the next record.</returns>
    public static bool IsAboutOneRecord(ErrorRecord error) => Named(error.FullyQualifiedErrorId) is not
        (LabErrorId.EngineUnreachable or LabErrorId.EngineTooOld or LabErrorId.EngineTooNew or LabErrorId.EngineNotTrusted or LabErrorId.EngineAccessDenied or LabErrorId.UnexpectedFault);

    private static LabErrorId Named(string id) => Enum.TryParse(id, out LabErrorId known) ? known : LabErrorId.UnexpectedFault;

    // PowerShell shows parser errors with their line. Without one it leaves the place of the line empty.
    private static ErrorCategory Category(LabErrorId id, object? target) =>
        ErrorCategories.Of(id) is var category && category == ErrorCategory.ParserError && target is not Dictionary<string, object> ? ErrorCategory.InvalidArgument : category;

    private static ErrorRecord Record(Exception fault, LabErrorId id, string message, string recommendation, object? target) =>
        new(fault, id.ToString(), Category(id, target), target)
        {
            ErrorDetails = new ErrorDetails(TerminalText.Visible(Shortened(message))) { RecommendedAction = TerminalText.Visible(recommendation) },
        };

    // The output of a container or an engine can be of any length. The exception keeps all of it.
    private static string Shortened(string message) => message.Length <= LongestMessage
        ? message
        : $"{message[..LongestMessage]}... ({message.Length} characters; the rest is in $Error[0].Exception.Message)";
}
