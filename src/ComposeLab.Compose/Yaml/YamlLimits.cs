namespace ComposeLab.Compose.Yaml;

/// <summary>Bounds that no honest file reaches and that keep hostile ones cheap.</summary>
internal static class YamlLimits
{
    /// <summary>How deep collections may be nested.</summary>
    public const int Depth = 256;

    /// <summary>How many values a document may write, keys not counted: the limit of docker compose.</summary>
    public const int Values = 100_000;

    /// <summary>How many keys and values a file may write: what 75,000 lines of ordinary Compose hold, read in a second.</summary>
    public const int Nodes = 150_000;

    /// <summary>How many nodes aliases and merge keys may add to a document, counted as if they were written out.</summary>
    public const int AliasedNodes = 250_000;
}
