using System.Text;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Tests.Cases;
using ComposeLab.Compose.Tests.Conformance;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Tests.Hostile;

/// <summary>Makes Compose files out of the attributes that good files have: their attributes are combined in a new way, and then one of them is changed where the grammar allows another value.</summary>
internal sealed class Grammar
{
    private const int LargestSeed = 4_000;
    private const int MostServices = 4;
    private const int MostAttributes = 6;

    // What an attribute may hold by its form, and what readers of one often get wrong.
    private static readonly string[] Values =
    [
        "null", "~", "true", "false", "0", "1", "-1", "3", "08", "1e3", "1.5", ".inf", ".nan", "9223372036854775808", "0x1f", "\"\"", "\"text\"", "\"${SET}\"", "\"${UNSET:-x}\"", "\"${UNSET}\"", "\"$$x\"",
        "\"1.5g\"", "\"1m30s\"", "\"8080:80\"", "\"80-81:80-81/udp\"", "\"[::1]:80:80\"", "\"./a:/b:ro\"", "\"a=b\"", "\"\\u0007\"", "\"\\u202e\"", "\"\\U0001F600\"", "2001-01-01", "[]", "{}", "[\"a\"]", "{a: \"b\"}",
        "[{a: 1}]", "[[\"a\"]]", "!!str 1", "!!binary aGk=", "!reset null", "!override []",
    ];

    private readonly (string Key, string Value)[] _attributes;

    /// <summary>Collects the attributes of the test cases' files.</summary>
    /// <param name="loads">Whether a file loads.</param>
    public Grammar(Func<string, bool> loads)
    {
        var found = new HashSet<(string Key, string Value)>();
        foreach (string text in Seeds())
        {
            foreach (MappingEntry service in Services(text))
            {
                foreach (MappingEntry attribute in (service.Value as MappingNode)?.Entries ?? [])
                {
                    found.Add((attribute.Key, Flow(attribute.Value)));
                }
            }
        }

        _attributes = [.. found.Where(attribute => attribute.Value.Length < 500).Where(attribute => loads(Wrap(attribute))).OrderBy(attribute => attribute.Key, StringComparer.Ordinal).ThenBy(attribute => attribute.Value, StringComparer.Ordinal)];
    }

    /// <summary>How many attributes there are to choose from.</summary>
    public int Count => _attributes.Length;

    /// <summary>Makes a file.</summary>
    /// <param name="random">Where chance comes from.</param>
    /// <returns>Its text.</returns>
    public string Make(Random random)
    {
        var text = new StringBuilder("services:\n");
        int services = random.Next(1, MostServices + 1);
        int changed = random.Next(3) == 0 ? random.Next(services) : -1;
        for (int service = 0; service < services; service++)
        {
            Dictionary<string, string> attributes = new(StringComparer.Ordinal) { ["image"] = "i" };
            for (int count = random.Next(MostAttributes); count > 0; count--)
            {
                (string key, string value) = _attributes[random.Next(_attributes.Length)];
                attributes[key] = value;
            }

            if (service == changed)
            {
                string key = attributes.Keys.ElementAt(random.Next(attributes.Count));
                attributes[key] = random.Next(4) == 0 ? _attributes[random.Next(_attributes.Length)].Value : Values[random.Next(Values.Length)];
            }

            text.Append("  ").Append(Name(service)).Append(":\n");
            foreach ((string key, string value) in attributes)
            {
                text.Append("    ").Append(key).Append(": ").Append(value).Append('\n');
            }
        }

        return text.Append(Resources).ToString();
    }

    private static string Wrap((string Key, string Value) attribute) =>
        $"services:\n  a:\n{(attribute.Key == "image" ? "" : "    image: i\n")}    {attribute.Key}: {attribute.Value}\n{Resources}";

    // The names that the cases use most: references to others make a file invalid, and few of those are enough.
    private const string Resources = """
        networks: { front: , back: , n: , a: , b: , net: }
        volumes: { data: , v: , a: , b: , vol: }
        secrets: { s: { file: ./s }, a: { file: ./s }, token: { file: ./s } }
        configs: { c: { content: x }, a: { content: x }, conf: { content: x } }

        """;

    private static string Name(int service) => service switch { 0 => "a", 1 => "b", 2 => "db", _ => "web" };

    private static IEnumerable<MappingEntry> Services(string text)
    {
        try
        {
            return YamlReader.Read(text, "seed", CancellationToken.None).Select(document => document.Root).OfType<MappingNode>()
                .SelectMany(root => (root["services"] as MappingNode)?.Entries ?? []);
        }
        catch (ComposeException)
        {
            return [];
        }
    }

    private static string Flow(Node node) => node switch
    {
        MappingNode mapping => $"{{{string.Join(", ", mapping.Entries.Select(entry => $"{Quoted(entry.Key)}: {Flow(entry.Value)}"))}}}",
        SequenceNode list => $"[{string.Join(", ", list.Items.Select(Flow))}]",
        ScalarNode { Kind: ScalarKind.String } text => Quoted(text.Text),
        ScalarNode { IsNull: true } => "null",
        ScalarNode scalar => scalar.Text,
        _ => "null",
    };

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static IEnumerable<string> Seeds()
    {
        IEnumerable<string> cases = CaseFile.Topics.SelectMany(topic => CaseFile.Read(topic).Cases).SelectMany(one => one.Files)
            .Where(file => file.Name.EndsWith(".yaml", StringComparison.Ordinal) && file.Text.Length is > 0 and < LargestSeed)
            .Select(file => file.Content);
        return Corpus.Archive is { } archive ? cases.Concat(Corpus.Texts(archive, LargestSeed)) : cases;
    }
}
