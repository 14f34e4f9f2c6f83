using System.Text;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules.Allowing;

namespace ComposeLab.Compose.Rules;

/// <summary>Checks a project with the rules.</summary>
public static class RuleRun
{
    /// <summary>Returns all findings that no comment allows.</summary>
    /// <param name="project">The project, interpolated.</param>
    /// <param name="production">Whether it is for production.</param>
    /// <param name="environment">The data about the machine.</param>
    /// <param name="token">Cancels the work.</param>
    /// <returns>The findings: most severe first, then in the order of files and lines.</returns>
    public static IReadOnlyList<Finding> Check(ComposeProject project, bool production, IRuleEnvironment environment, CancellationToken token)
    {
        var context = new RuleContext(project, production, environment);
        var comments = new AllowComments(context);
        Dictionary<string, string> paths = project.Sources
            .GroupBy(source => source.Display, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().Path, StringComparer.Ordinal);
        var findings = new List<Finding>();
        foreach (ConfigRule rule in RuleCatalog.Rules)
        {
            token.ThrowIfCancellationRequested();
            if (rule.Info.SeverityFor(production) is { } severity)
            {
                findings.AddRange(SharedMatches.Join(rule.Find(context).Where(match => !comments.Silence(rule.Info.Id, match)))
                    .Select(match => Rated(rule, severity, match, paths)));
            }
        }

        return findings
            .OrderByDescending(finding => finding.Severity)
            .ThenBy(finding => finding.File, StringComparer.Ordinal).ThenBy(finding => finding.Line).ThenBy(finding => finding.Column)
            .ThenBy(finding => finding.Rule, StringComparer.Ordinal)
            .ToArray();
    }

    private static Finding Rated(ConfigRule rule, FindingSeverity severity, RuleMatch match, Dictionary<string, string> paths)
    {
        bool known = !match.Origin.File.StartsWith('[');
        return new Finding
        {
            Rule = rule.Info.Id,
            Severity = severity,
            Service = match.Service,
            Path = match.Path,
            File = known ? paths.GetValueOrDefault(match.Origin.File, match.Origin.File) : null,
            Line = known ? match.Origin.Line : 0,
            Column = known ? match.Origin.Column : 0,
            Message = match.Message,
            Recommendation = match.Recommendation,
        };
    }
}

/// <summary>Joins matches at one place for several services: an anchor or an extended service is one line to fix.</summary>
internal static class SharedMatches
{
    /// <summary>Joins matches of one rule.</summary>
    /// <param name="matches">The matches.</param>
    /// <returns>The first match of each place, with the names of the other services.</returns>
    public static IEnumerable<RuleMatch> Join(IEnumerable<RuleMatch> matches) => matches
        .GroupBy(match => (match.Origin.File, match.Origin.Line, match.Origin.Column, Words(match)))
        .Select(group => group.Select(match => match.Service).Distinct().Count() == 1
            ? group.First()
            : group.First() with { Message = $"{group.First().Message} The same line applies to {Others(group)}." });

    // The same sentence about another service: only its name differs.
    private static string Words(RuleMatch match)
    {
        if (match.Service is not { Length: > 0 } service)
        {
            return match.Message;
        }

        string message = match.Message;
        var words = new StringBuilder(message.Length);
        int from = 0;
        for (int at = message.IndexOf(service, StringComparison.Ordinal); at >= 0; at = message.IndexOf(service, from, StringComparison.Ordinal))
        {
            int end = at + service.Length;
            bool isWord = (at == 0 || !(IsWord(message[at - 1]) || message[at - 1] == '.')) && (end == message.Length || !IsWord(message[end]));
            words.Append(message, from, (isWord ? at : end) - from);
            from = end;
        }

        return words.Append(message, from, message.Length - from).ToString();
    }

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) || character is '_' or '-';

    private static string Others(IEnumerable<RuleMatch> matches)
    {
        string[] others = [.. matches.Skip(1).Select(match => match.Service!)];
        return NameList.Of(others);
    }
}
