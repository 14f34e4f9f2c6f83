using System.Text.RegularExpressions;
using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Production;

/// <summary>Production does not watch its own files.</summary>
internal sealed partial class ReloadRule() : ServiceRule(new RuleInfo(
    "Reload",
    null,
    Error,
    "in production, a command that reloads on change or serves for development (`--reload`, `dotnet watch`, `nodemon`, `npm run dev`, `flask run --debug`, `runserver`)",
    "Start the program itself; keep the reloading command in the development overlay."))
{
    private static readonly string[] Attributes = ["entrypoint", "command"];

    /// <inheritdoc/>
    protected override IEnumerable<Spot> Find(RuleContext context, ServiceDefinition service)
    {
        foreach (string attribute in Attributes)
        {
            if (service.Node[attribute] is Yaml.SequenceNode words && Development().Match(string.Join(' ', words.Items.Select(word => word.ToString()))) is { Success: true } match)
            {
                yield return context.At(
                    service,
                    attribute,
                    $"{service.Name} is started for development ('{match.Value.Trim()}'): slow, and it shows its insides when it fails.",
                    "Start the program itself; in an overlay of production give the service its own 'command'.");
            }
        }
    }

    [GeneratedRegex(
        @"(?:^|\s)(?:--(?:hot-)?reload(?=\s|$)|dotnet\s+watch|nodemon|ts-node-dev|(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?(?:start:)?dev(?::\S+)?(?=\s|$)|vite(?=\s*$|\s+(?:--host|dev))|next\s+dev|ng\s+serve|flask\s.*--debug|manage\.py\s+runserver|rails\s+s(?:erver)?\b.*development|air(?=\s*$))",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Development();
}
