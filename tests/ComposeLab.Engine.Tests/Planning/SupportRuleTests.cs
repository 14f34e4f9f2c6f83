using System.Runtime.CompilerServices;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Tests.Planning;

public sealed class SupportRuleTests
{
    private const string Heading = "## What depends on the engine";

    private const string Opening = """
        ## What depends on the engine

        Only some engines support these. An **error** with the line stops a start before anything is changed. A **warning** shows the line
        and the start continues.

        | Attribute of a service | Otherwise | Why |
        |---|---|---|
        """;

    // ./lab test --accept writes the document instead.
    [Fact]
    public void The_document_lists_what_an_engine_may_not_support()
    {
        string file = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "docs", "compose-support.md"));
        string document = File.ReadAllText(file).ReplaceLineEndings("\n");
        string part = Opening.ReplaceLineEndings("\n") + "\n" + string.Concat(SupportRules.All.Select(Row)) + Other;
        if (System.Environment.GetEnvironmentVariable("COMPOSELAB_ACCEPT") == "1")
        {
            document = document[..document.IndexOf(Heading, StringComparison.Ordinal)] + part;
            File.WriteAllText(file, document);
        }

        Assert.EndsWith(part, document, StringComparison.Ordinal);
    }

    private static string Other => """
        | `secrets`, `configs`: `external`, `driver`, `template_driver` | error | only a swarm supports it |
        | `secrets`, `configs`: `uid`, `gid`, `mode` of a file | warning | a host file keeps its owner and mode |
        | `secrets`, `configs` from variables or inline content, with `read_only` | error | they cannot be written to a read-only root file system |
        | `networks.*.mac_address` on a network other than the first | error | it needs Docker 25 or later |
        | `mac_address` with `network_mode` | warning | the service does not have its own network |
        | `use_api_socket` | error | the engine must be connected through a socket |
        | `networks`: `enable_ipv4` | warning | it needs Docker 28 or later |

        """.ReplaceLineEndings("\n");

    private static string Row(SupportRule rule)
    {
        string values = rule.Values.Count == 0 ? "" : ": " + string.Join(", ", rule.Values.Select(value => $"`{value}`"));
        return $"| `{rule.Path.Replace(".[]", "[]", StringComparison.Ordinal)}`{values} | {(rule.IsError ? "error" : "warning")} | {rule.Why} |\n";
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
