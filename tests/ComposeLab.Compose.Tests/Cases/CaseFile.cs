using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace ComposeLab.Compose.Tests.Cases;

/// <summary>
/// A text file with cases of one topic. <c>== title</c> begins a case, <c>@ name</c> a file or an expectation in it; between title and first section may
/// stand <c>args:</c>, <c>env:</c> (one variable a line) and <c>in:</c>. An <c>env:</c> line before the first case applies to all of them. <c>␣</c> at the end
/// of a line is a space.
/// </summary>
internal sealed class CaseFile
{
    private const char VisibleSpace = '␣';

    private readonly List<string> _head = [];

    private CaseFile(string path) => Path = path;

    /// <summary>The files next to this source file.</summary>
    public static IEnumerable<string> Topics { get; } = Find();

    /// <summary>The file's path.</summary>
    public string Path { get; }

    /// <summary>The cases in order.</summary>
    public List<ComposeCase> Cases { get; } = [];

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    public static CaseFile Read(string path)
    {
        var file = new CaseFile(path);
        var text = new StringBuilder();
        CaseSection? section = null;
        foreach (var line in File.ReadAllText(path).TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("== ", StringComparison.Ordinal))
            {
                file.Close(ref section, text);
                file.Cases.Add(new ComposeCase(line[3..]) { Environment = file.Environment([]) });
            }
            else if (file.Cases.Count == 0)
            {
                file._head.Add(line);
            }
            else if (line.StartsWith("@ ", StringComparison.Ordinal))
            {
                file.Close(ref section, text);
                var options = line.EndsWith(')') ? line.LastIndexOf(" (", StringComparison.Ordinal) : -1;
                section = new CaseSection(options < 0 ? line[2..] : line[2..options], options < 0 ? "" : line[(options + 2)..^1], "");
            }
            else if (section is null)
            {
                file.Cases[^1] = file.WithHeader(file.Cases[^1], line);
            }
            else
            {
                text.Append(line.Replace(VisibleSpace, ' ')).Append('\n');
            }
        }

        file.Close(ref section, text);
        return file;
    }

    /// <summary>Writes the file with the answers that came instead of those that were expected.</summary>
    /// <param name="accepted">The cases.</param>
    public void Write(IEnumerable<ComposeCase> accepted)
    {
        var text = new StringBuilder(string.Concat(_head.Select(line => line + "\n")));
        var known = Environment([]);
        foreach (var one in accepted)
        {
            text.Append("== ").Append(one.Title).Append('\n');
            text.Append(one.Arguments is { } arguments ? $"args: {arguments}".TrimEnd() + "\n" : "");
            text.Append(one.Directory.Length > 0 ? $"in: {one.Directory}\n" : "");
            foreach (var (name, value) in one.Environment.Where(variable => known.GetValueOrDefault(variable.Key) != variable.Value))
            {
                var plain = value.Length > 0 && value[0] != '"' && value == value.Trim() && !value.Contains('\n', StringComparison.Ordinal);
                text.Append("env: ").Append(name).Append('=').Append(plain || value.Length == 0 ? value : JsonSerializer.Serialize(value)).Append('\n');
            }

            foreach (var section in one.Files.Concat(one.Expectations))
            {
                text.Append("@ ").Append(section.Name).Append(section.Options.Length > 0 ? $" ({section.Options})" : "").Append('\n');
                foreach (var line in section.Text.Length == 0 ? [] : section.Text[..^1].Split('\n'))
                {
                    var visible = line.TrimEnd(' ');
                    text.Append(visible).Append(VisibleSpace, line.Length - visible.Length).Append('\n');
                }
            }

            text.Append('\n');
        }

        File.WriteAllText(Path, text.ToString().TrimEnd('\n') + "\n");
    }

    private static string[] Find([CallerFilePath] string thisFile = "") =>
        [.. Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(thisFile)!, "*.cases").Order(StringComparer.Ordinal)];

    private void Close(ref CaseSection? section, StringBuilder text)
    {
        if (section is not null)
        {
            // Blank lines before the next title separate the cases; they are not text.
            var whole = text.ToString().TrimEnd('\n');
            section = section with { Text = whole.Length == 0 ? "" : whole + "\n" };
            (section.IsExpectation ? Cases[^1].Expectations : Cases[^1].Files).Add(section);
        }

        section = null;
        text.Clear();
    }

    private ComposeCase WithHeader(ComposeCase one, string line) => line.Split(':', 2) switch
    {
        ["args", var arguments] => one with { Arguments = arguments.Trim() },
        ["in", var directory] => one with { Directory = directory.Trim() },
        ["env", _] => one with { Environment = Environment(one.Environment, line) },
        _ when line.Length == 0 => one,
        _ => throw new FormatException($"{Path}: expected args:, env:, in: or '@ name' after '== {one.Title}', found '{line}'."),
    };

    private Dictionary<string, string> Environment(IEnumerable<KeyValuePair<string, string>> given, params string[] lines)
    {
        var environment = new Dictionary<string, string>(given, StringComparer.Ordinal);
        foreach (var line in _head.Where(line => line.StartsWith("env: ", StringComparison.Ordinal)).Concat(lines))
        {
            var pair = line["env: ".Length..].Split('=', 2);
            environment[pair[0]] = pair[1].StartsWith('"') ? JsonSerializer.Deserialize<string>(pair[1])! : pair[1];
        }

        return environment;
    }
}
