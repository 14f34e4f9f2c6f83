using System.Text;

namespace ComposeLab.Compose.Tests.Hostile;

/// <summary>Changes a text in a few places, in ways that people and machines break files.</summary>
internal static class Mutation
{
    private const int LongestResult = 20_000;

    // What means something to YAML, to interpolation or to an attribute.
    private static readonly string[] Words =
    [
        "\n", "  ", "\t", ":", ": ", "- ", "[", "]", "{", "}", ",", "&a ", "*a", "<<: *a", "!reset ", "!override ", "!!str ", "!!int ", "!!binary ", "|\n", ">-\n", "'", "\"", "#", "---\n", "...\n", "%YAML 1.1\n", "? ",
        "$", "$$", "${", "${A", "${A:-", "${A:?x}", "${A-}", "${A:+b}", "}", "\0", "\uFEFF", "\r\n", "é", "\U0001F600", "\uD800", "null", "~", "true", "yes", "0", "-1", "1e999", "0x", "08", "1_0", ".inf", ".nan",
        "2001-01-01", "9999999999999999999999", "99999:80", "80-70", "::", "1.2.3.4:80:80/udp", "1.5g", "-1b", "1m30s", "=", "a=b", "/", "../..", "~/x", "C:\\x:/y", "service:a", "services:\n", "  a:\n", "    image: i\n",
        "    extends: a\n", "    depends_on: [a]\n", "    ports: [80]\n", "    volumes: [a]\n", "    environment:\n", "    build: .\n", "    deploy: {}\n", "include: [compose.yaml]\n", "networks: {n: }\n", "x-a: ", "name: ",
    ];

    /// <summary>Creates a new text.</summary>
    /// <param name="text">The text to begin with.</param>
    /// <param name="others">Texts whose parts may come in.</param>
    /// <param name="random">Where chance comes from.</param>
    public static string Of(string text, IReadOnlyList<string> others, Random random)
    {
        var changed = new StringBuilder(text);
        for (var change = random.Next(1, 6); change > 0 && changed.Length is > 0 and < LongestResult; change--)
        {
            Change(changed, others, random);
        }

        return changed.ToString();
    }

    private static void Change(StringBuilder text, IReadOnlyList<string> others, Random random)
    {
        var at = random.Next(text.Length);
        var length = Math.Min(random.Next(1, 12), text.Length - at);
        switch (random.Next(8))
        {
            case 0:
                text.Remove(at, length);
                break;
            case 1:
                text.Insert(at, text.ToString(at, length));
                break;
            case 2:
                text[at] = (char)random.Next(1, 0x180);
                break;
            case 3:
                var (start, lineLength) = Line(text, at);
                text.Insert(start, text.ToString(start, lineLength));
                break;
            case 4:
                (start, lineLength) = Line(text, at);
                text.Remove(start, lineLength);
                break;
            case 5:
                var other = others[random.Next(others.Count)];
                var from = random.Next(other.Length);
                text.Insert(at, other.AsSpan(from, Math.Min(random.Next(1, 60), other.Length - from)));
                break;
            default:
                text.Insert(at, Words[random.Next(Words.Length)]);
                break;
        }
    }

    private static (int Start, int Length) Line(StringBuilder text, int at)
    {
        var whole = text.ToString();
        var start = at == 0 ? 0 : whole.LastIndexOf('\n', at - 1) + 1;
        var end = whole.IndexOf('\n', at);
        return (start, (end < 0 ? whole.Length : end + 1) - start);
    }
}
