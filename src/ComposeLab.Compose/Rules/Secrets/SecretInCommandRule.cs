using System.Text.RegularExpressions;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Secrets;

/// <summary>A secret must not be in a command line: the process list shows it.</summary>
internal sealed partial class SecretInCommandRule() : ServiceRule(new RuleInfo(
    "SecretInCommand",
    Warning,
    Warning,
    "a password or token as an argument of a service's command or entrypoint",
    "Pass it in a file or a variable that the program reads."))
{
    private static readonly string[] Attributes = ["entrypoint", "command"];

    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        foreach (string attribute in Attributes)
        {
            ScalarNode[] words = (service.Node[attribute] as SequenceNode)?.Items.OfType<ScalarNode>().ToArray() ?? [];
            for (int index = 0; index < words.Length; index++)
            {
                Match option = Option().Match(words[index].Text);
                string value = option.Groups["value"].Success ? option.Groups["value"].Value : words.ElementAtOrDefault(index + 1)?.Text ?? "";
                if (option.Success && SecretNames.IsValue(value) && value[0] is not ('-' or '$'))
                {
                    yield return context.At(
                        service,
                        $"{attribute}[{index}]",
                        words[index],
                        $"{option.Groups["name"].Value} passes a secret on the command line: every user of the machine can see it in the process list.",
                        "Use a file or variable that the program reads, or a config file mounted as a secret.");
                }
            }
        }
    }

    [GeneratedRegex(@"^(?<name>--?[\w-]*(?:password|passwd|requirepass|masterauth|token|secret|api-?key))(?:=(?<value>.*))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Option();
}
