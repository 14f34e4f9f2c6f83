namespace ComposeLab.Compose.Yaml;

/// <summary>Takes the <c>!reset</c> and <c>!override</c> tags out of a document and notes where they stood.</summary>
internal static class TagExtraction
{
    public static YamlDocument Extract(Node root)
    {
        var paths = new List<string[]>();
        Node? content = Extract(root, [], paths, new HashSet<Node>(ReferenceEqualityComparer.Instance));
        return new YamlDocument(content ?? ScalarNode.Null(root.Origin), paths);
    }

    private static Node? Extract(Node node, List<string> path, List<string[]> paths, HashSet<Node> gone)
    {
        switch (node)
        {
            case TaggedNode { Tag: YamlTag.Reset }:
                // Where a value with such a part is aliased, the part is gone already, and nothing is reset there.
                if (gone.Add(node))
                {
                    paths.Add([.. path]);
                }

                return null;
            case TaggedNode tagged:
                paths.Add([.. path]);
                return Untagged(tagged.Value);
            case MappingNode mapping:
                return mapping.Select(entry => Below(entry.Value, entry.Key, path, paths, gone));
            case SequenceNode sequence:
                int index = 0;
                return sequence.Select(item => Below(item, $"[{index++}]", path, paths, gone));
            default:
                return node;
        }
    }

    // What replaces a value is taken as it stands: there is nothing below it that a further tag could remove.
    private static Node Untagged(Node node) => node switch
    {
        TaggedNode tagged => Untagged(tagged.Value),
        MappingNode mapping => mapping.Select(entry => Untagged(entry.Value)),
        SequenceNode sequence => sequence.Select(Untagged),
        _ => node,
    };

    private static Node? Below(Node value, string key, List<string> path, List<string[]> paths, HashSet<Node> gone)
    {
        path.Add(key);
        Node? extracted = Extract(value, path, paths, gone);
        path.RemoveAt(path.Count - 1);
        return extracted;
    }
}
