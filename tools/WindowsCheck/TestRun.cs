using System.Reflection;
using System.Runtime.Loader;
using System.Xml.Linq;
using Xunit.Runner.Common;
using Xunit.Runner.InProc.SystemConsole;

[assembly: RegisterResultWriter("xml", typeof(XmlV2ResultWriter))]

namespace WindowsCheck;

/// <summary>Runs the xunit tests of an assembly that need no engine, in this process: a test project has no program for Windows.</summary>
/// <param name="assembly">The path of the assembly.</param>
/// <param name="results">The file that receives a line for each test that did not pass, and the counts as its last line.</param>
/// <param name="exceptions">A file with tests that cannot hold on Windows: on each line the class and method (<c>*</c> for every method), a blank and the reason. One that
/// passes is a failure, unless its reason begins with <c>may</c>. A line that begins with a quote has words that failures contain, instead of a test.</param>
internal sealed class TestRun(string assembly, string results, string exceptions)
{
    private readonly string[] _words = [.. File.ReadLines(exceptions).Where(line => line.StartsWith('"')).Select(line => line.Split('"')[1])];
    private readonly Dictionary<string, string> _exceptions = File.ReadLines(exceptions)
        .Where(line => line.Length > 0 && line[0] is not ('#' or '"'))
        .Select(line => line.Split(' ', 2))
        .ToDictionary(line => line[0], line => line.ElementAtOrDefault(1) ?? "");

    private readonly List<string> _lines = [];
    private int _failed;
    private int _skipped;

    /// <summary>Runs the tests.</summary>
    /// <returns>The exit code: 0 if none failed.</returns>
    public async Task<int> RunAsync()
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(assembly))!;
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            Path.Combine(folder, name.Name + ".dll") is var file && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
        Directory.SetCurrentDirectory(folder);
        Assembly tests = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.GetFullPath(assembly));
        string report = results + ".xml";
        using (var runner = new ConsoleRunner(["-trait-", "Needs=*", "-noLogo", "-noColor", "-result-xml", report], tests))
        {
            await runner.EntryPoint(Console.In, Console.Out).ConfigureAwait(false);
        }

        Read(XDocument.Load(report));
        await File.WriteAllLinesAsync(results, _lines).ConfigureAwait(false);
        return _failed == 0 ? 0 : 1;
    }

    private void Read(XDocument report)
    {
        HashSet<string> found = [];
        HashSet<string> excused = [];
        int passed = 0;
        foreach (XElement test in report.Descendants("test"))
        {
            string[] names = [$"{test.Attribute("type")!.Value}.{test.Attribute("method")!.Value}", $"{test.Attribute("type")!.Value}.*"];
            found.UnionWith(names);
            string message = test.Element("failure")?.Element("message")?.Value ?? "";
            switch (test.Attribute("result")!.Value)
            {
                case "Pass":
                    passed++;
                    break;
                case "Fail" when names.FirstOrDefault(_exceptions.ContainsKey) is { } excuse:
                    excused.Add(excuse);
                    _skipped++;
                    break;
                case "Fail" when !_words.Any(message.Contains):
                    Fail(test.Attribute("name")!.Value, message);
                    break;
                default:
                    _skipped++;
                    break;
            }
        }

        foreach (XElement fault in report.Descendants("error"))
        {
            Fail($"{fault.Attribute("type")!.Value} {fault.Attribute("name")?.Value}", fault.Value);
        }

        foreach (string name in _exceptions.Keys.Where(name =>
            found.Contains(name) && !excused.Contains(name) && !_exceptions[name].StartsWith("may ", StringComparison.Ordinal)))
        {
            Fail(name, $"It holds on Windows: remove it from {Path.GetFileName(exceptions)}.");
        }

        _lines.Add($"{passed} passed, {_failed} failed, {_skipped} skipped");
    }

    private void Fail(string name, string message)
    {
        _failed++;
        _lines.Add($"failed {name}: {string.Join(" | ", message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(6))}");
    }
}
