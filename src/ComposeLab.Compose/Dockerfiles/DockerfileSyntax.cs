using System.Text;
using System.Text.RegularExpressions;

namespace ComposeLab.Compose.Dockerfiles;

/// <summary>The instructions of a Dockerfile, each with its place in the text.</summary>
/// <param name="Instructions">The instructions in order. Comments are left out, continued lines are joined, here-documents belong to their instruction.</param>
/// <param name="Escape">The character that continues a line: <c>\</c>, or what the directive <c>escape</c> says.</param>
/// <param name="Frontend">The image that reads the file instead of the built-in frontend (directive <c>syntax</c>); null: the built-in one.</param>
internal sealed partial record DockerfileSyntax(IReadOnlyList<DockerfileInstruction> Instructions, char Escape, string? Frontend)
{
    /// <summary>Reads the text of a Dockerfile. Every text can be parsed; the builder reports errors.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The instructions.</returns>
    public static DockerfileSyntax Parse(string text)
    {
        List<Line> lines = Lines(text);
        (char escape, string? frontend) = Directives(lines);
        var instructions = new List<DockerfileInstruction>();
        for (int index = 0; index < lines.Count; index++)
        {
            if (lines[index].IsBlank || lines[index].IsComment)
            {
                continue;
            }

            int first = index;
            var joined = new JoinedText();
            while (joined.Add(lines[index], escape) && index + 1 < lines.Count)
            {
                // Comments and blank lines inside of an instruction do not end it.
                do
                {
                    index++;
                }
                while (index + 1 < lines.Count && (lines[index].IsComment || lines[index].IsBlank));
                if (lines[index].IsComment || lines[index].IsBlank)
                {
                    break;
                }
            }

            if (joined.ToInstruction(first + 1) is { } instruction)
            {
                instructions.Add(instruction);
                index = AfterHereDocuments(instruction, lines, index);
            }
        }

        return new DockerfileSyntax(instructions, escape, frontend);
    }

    // Directives come first; the first line that is not a directive ends them.
    private static (char Escape, string? Frontend) Directives(List<Line> lines)
    {
        char escape = '\\';
        string? frontend = null;
        foreach (Line line in lines)
        {
            if (Directive().Match(line.Text.TrimStart('\uFEFF')) is not { Success: true } directive)
            {
                break;
            }

            string value = directive.Groups["value"].Value;
            switch (directive.Groups["key"].Value.ToUpperInvariant())
            {
                case "ESCAPE" when value.Length == 1:
                    escape = value[0];
                    break;
                case "SYNTAX":
                    frontend = value;
                    break;
            }
        }

        return (escape, frontend);
    }

    private static int AfterHereDocuments(DockerfileInstruction instruction, List<Line> lines, int index)
    {
        if (instruction.Keyword is not ("RUN" or "COPY" or "ADD"))
        {
            return index;
        }

        foreach (Match here in instruction.Words.Select(word => HereDocument().Match(word.Text)).Where(match => match.Success))
        {
            bool skipsTabs = here.Groups["tabs"].Length > 0;
            int end = lines.FindIndex(index + 1, line => (skipsTabs ? line.Text.TrimStart('\t') : line.Text) == here.Groups["end"].Value);
            index = Math.Max(index, end);
        }

        return index;
    }

    private static List<Line> Lines(string text)
    {
        var lines = new List<Line>();
        for (int start = 0; start <= text.Length;)
        {
            int end = text.IndexOf('\n', start);
            int next = end < 0 ? text.Length + 1 : end + 1;
            end = end < 0 ? text.Length : end;
            if (end > start && text[end - 1] == '\r')
            {
                end--;
            }

            lines.Add(new Line(text[start..end], start));
            start = next;
        }

        return lines;
    }

    [GeneratedRegex(@"^\s*#\s*(?<key>[a-zA-Z][a-zA-Z0-9]*)\s*=\s*(?<value>.+?)\s*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Directive();

    [GeneratedRegex(@"^\d*<<(?<tabs>-?)(?<quote>[""']?)(?<end>[A-Za-z_][\w.]*)\k<quote>$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HereDocument();

    private sealed record Line(string Text, int Start)
    {
        public bool IsBlank => string.IsNullOrWhiteSpace(Text);

        public bool IsComment => Text.AsSpan().TrimStart().StartsWith("#");
    }

    /// <summary>The text of an instruction without line continuations; every character has its position in the file.</summary>
    private sealed class JoinedText
    {
        private readonly StringBuilder _text = new();
        private readonly List<int> _places = [];

        /// <summary>Adds a line.</summary>
        /// <returns>Whether the next line continues it.</returns>
        public bool Add(Line line, char escape)
        {
            int end = line.Text.AsSpan().TrimEnd().Length;
            bool isContinued = end > 0 && line.Text[end - 1] == escape;
            for (int at = 0; at < (isContinued ? end - 1 : line.Text.Length); at++)
            {
                _text.Append(line.Text[at]);
                _places.Add(line.Start + at);
            }

            return isContinued;
        }

        public DockerfileInstruction? ToInstruction(int line)
        {
            string text = _text.ToString();
            List<DockerfileWord> words = Words(text);
            return words.Count == 0 ? null : new DockerfileInstruction(
                words[0].Text.TrimStart('\uFEFF').ToUpperInvariant(),
                [.. words.Skip(1).TakeWhile(word => word.Text.StartsWith("--", StringComparison.Ordinal))],
                [.. words.Skip(1).SkipWhile(word => word.Text.StartsWith("--", StringComparison.Ordinal))],
                line)
            {
                Text = text,
                KeywordEnd = Place(words[0].At + words[0].Text.Length - 1) + 1,
                Places = _places,
            };
        }

        private int Place(int at) => _places[at];

        // A flag may contain blanks inside quotes; other words are split at every blank.
        private static List<DockerfileWord> Words(string text)
        {
            var words = new List<DockerfileWord>();
            for (int at = 0; at < text.Length;)
            {
                if (char.IsWhiteSpace(text[at]))
                {
                    at++;
                    continue;
                }

                int start = at;
                bool isFlag = string.CompareOrdinal(text, at, "--", 0, 2) == 0 && words.Count > 0 && words.Skip(1).All(word => word.Text.StartsWith("--", StringComparison.Ordinal));
                char quote = '\0';
                while (at < text.Length && (quote != '\0' || !char.IsWhiteSpace(text[at])))
                {
                    quote = !isFlag || text[at] is not ('"' or '\'') ? quote : quote == '\0' ? text[at] : quote == text[at] ? '\0' : quote;
                    at++;
                }

                words.Add(new DockerfileWord(text[start..at], start));
            }

            return words;
        }
    }
}

/// <summary>An instruction of a Dockerfile.</summary>
/// <param name="Keyword">Its keyword, in capitals.</param>
/// <param name="Flags">Its flags, such as <c>--from=build</c>.</param>
/// <param name="Words">What follows them, split at blanks.</param>
/// <param name="Line">Its first line, from 1.</param>
internal sealed record DockerfileInstruction(string Keyword, IReadOnlyList<DockerfileWord> Flags, IReadOnlyList<DockerfileWord> Words, int Line)
{
    /// <summary>Its text without what continues its lines.</summary>
    public required string Text { get; init; }

    /// <summary>The offset in the file after its keyword.</summary>
    public int KeywordEnd { get; init; }

    /// <summary>The offset in the file of each character of the instruction's text.</summary>
    public required IReadOnlyList<int> Places { get; init; }

    /// <summary>The value of a flag.</summary>
    /// <param name="name">The flag's name.</param>
    /// <returns>The value with its place; null if it is not given.</returns>
    public DockerfileWord? Flag(string name)
    {
        string start = $"--{name}=";
        return Flags.Where(flag => flag.Text.StartsWith(start, StringComparison.Ordinal)).Select(flag => (DockerfileWord?)flag.From(start.Length)).FirstOrDefault();
    }

    /// <summary>The images and stages that it copies or mounts files from: <c>COPY --from</c> and <c>RUN --mount=from=</c>.</summary>
    public IEnumerable<DockerfileWord> Sources
    {
        get
        {
            if (Keyword is "COPY" or "ADD" && Flag("from") is { } from)
            {
                yield return from;
            }

            foreach (DockerfileWord mount in Keyword == "RUN" ? Flags.Where(flag => flag.Text.StartsWith("--mount=", StringComparison.Ordinal)) : [])
            {
                int at = "--mount=".Length;
                foreach (string option in mount.Text[at..].Split(','))
                {
                    string name = option.TrimStart('"', '\'');
                    if (name.StartsWith("from=", StringComparison.OrdinalIgnoreCase))
                    {
                        int start = at + option.Length - name.Length + "from=".Length;
                        string source = name["from=".Length..].TrimEnd('"', '\'');
                        yield return new DockerfileWord(source, mount.At + start);
                    }

                    at += option.Length + 1;
                }
            }
        }
    }

    /// <summary>The place of a word in the file.</summary>
    /// <param name="word">A word of this instruction, not empty.</param>
    /// <returns>The offsets of its first character and after its last one.</returns>
    public (int Start, int End) PlaceOf(DockerfileWord word) => (Places[word.At], Places[word.At + word.Text.Length - 1] + 1);
}

/// <summary>A word of an instruction.</summary>
/// <param name="Text">The word as it is written.</param>
/// <param name="At">Its offset in the instruction's text.</param>
internal readonly record struct DockerfileWord(string Text, int At)
{
    /// <summary>The rest of the word.</summary>
    /// <param name="start">Where it begins.</param>
    public DockerfileWord From(int start) => new(Text[start..], At + start);
}
