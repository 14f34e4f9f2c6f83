using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ComposeLab.Projects;

namespace ComposeLab.Completion;

/// <summary>
/// The base of the completers: it bounds the time, swallows every fault (a prompt is no place for errors) and quotes what needs it.
/// </summary>
public abstract class LabCompleter : IArgumentCompleter
{
    // A person does not notice this wait; what is not known by then is not offered.
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(200);

    /// <summary>Completes one argument.</summary>
    /// <param name="commandName">The cmdlet.</param>
    /// <param name="parameterName">The parameter.</param>
    /// <param name="wordToComplete">What is typed so far, possibly with an opening quote.</param>
    /// <param name="commandAst">The command as parsed.</param>
    /// <param name="fakeBoundParameters">The parameters typed so far.</param>
    /// <returns>What fits, quoted where needed; empty when nothing does or it took too long.</returns>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            string typed = (wordToComplete ?? "").Trim('\'', '"');
            ProjectSelection selection = CompletionSelection.From(fakeBoundParameters);
            using var deadline = new CancellationTokenSource(Limit);
            Task<IReadOnlyList<string>> candidates = Task.Run(() => CandidatesAsync(selection, deadline.Token), deadline.Token);
            return candidates.Wait(Limit)
                ? [.. candidates.Result.Where(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Select(Result)]
                : [];
        }
        catch (Exception)
        {
            return [];
        }
    }

    /// <summary>Finds what may stand there.</summary>
    /// <param name="selection">The project, from the parameters typed so far.</param>
    /// <param name="token">Cancelled when nobody waits any more.</param>
    /// <returns>The candidates in the order to offer them.</returns>
    private protected abstract Task<IReadOnlyList<string>> CandidatesAsync(ProjectSelection selection, CancellationToken token);

    private static CompletionResult Result(string name)
    {
        bool plain = name.All(static c => char.IsLetterOrDigit(c) || "-_./".Contains(c, StringComparison.Ordinal));
        return new CompletionResult(plain ? name : $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'", name, CompletionResultType.ParameterValue, name);
    }
}
