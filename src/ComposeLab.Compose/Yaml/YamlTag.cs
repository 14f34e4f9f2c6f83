namespace ComposeLab.Compose.Yaml;

/// <summary>The two tags with which an override file says more than YAML can.</summary>
internal enum YamlTag
{
    /// <summary><c>!reset</c>: the value of the earlier files is removed.</summary>
    Reset,

    /// <summary><c>!override</c>: the value replaces that of the earlier files without merging.</summary>
    Override,
}
