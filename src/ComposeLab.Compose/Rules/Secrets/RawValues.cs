using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Rules.Secrets;

/// <summary>The values as they are written, by their place.</summary>
/// <param name="sources">The files.</param>
internal sealed class RawValues(IReadOnlyList<SourceFile> sources)
{
    private readonly Dictionary<(string File, int Line, int Column), string> _texts = Index(sources);

    /// <summary>The text at a place.</summary>
    /// <param name="origin">The place.</param>
    /// <returns>The text with its expressions; null when the place is in no Compose file.</returns>
    public string? At(Origin origin) => _texts.GetValueOrDefault((origin.File, origin.Line, origin.Column));

    private static Dictionary<(string, int, int), string> Index(IReadOnlyList<SourceFile> sources)
    {
        var texts = new Dictionary<(string, int, int), string>();
        foreach (MappingNode document in sources.SelectMany(source => source.Documents))
        {
            Add(document, texts);
        }

        return texts;
    }

    private static void Add(Node node, Dictionary<(string, int, int), string> texts)
    {
        switch (node)
        {
            case MappingNode mapping:
                foreach (MappingEntry entry in mapping.Entries)
                {
                    Add(entry.Value, texts);
                }

                break;
            case SequenceNode list:
                foreach (Node item in list.Items)
                {
                    Add(item, texts);
                }

                break;
            case ScalarNode scalar:
                texts[(scalar.Origin.File, scalar.Origin.Line, scalar.Origin.Column)] = scalar.Text;
                break;
        }
    }
}
