namespace ComposeLab.Compose.Yaml;

/// <summary>Takes the <c>!reset</c> and <c>!override</c> tags out of a document and notes where they stood.</summary>
internal static class TagExtraction
{
    public static YamlDocument Extract(Node root)
    {
        var paths = new List<string[]>();
        Node? content = Extract(root, [], paths);
        return new YamlDocument(content ?? ScalarNode.Null(root.Origin), paths);
    }

    private static Node? Extract(Node node, List<string> path, List<string[]> paths)
    {
        switch (node)
        {
            case TaggedNode tagged:
                paths.Add([.. path]);
                return tagged.Tag == YamlTag.Reset ? null : Extract(tagged.Value, path, []);
            case MappingNode mapping:
                return mapping.Select(entry => Below(entry.Value, entry.Key, path, paths));
            case SequenceNode sequence:
                int index = 0;
                return sequence.Select(item => Below(item, $"[{index++}]", path, paths));
            default:
                return node;
        }
    }

    private static Node? Below(Node value, string key, List<string> path, List<string[]> paths)
    {
        path.Add(key);
        Node? extracted = Extract(value, path, paths);
        path.RemoveAt(path.Count - 1);
        return extracted;
    }
}
