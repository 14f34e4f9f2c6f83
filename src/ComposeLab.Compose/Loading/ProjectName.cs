using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Loading;

/// <summary>A project's name.</summary>
/// <param name="Text">The name, in its normal form.</param>
/// <param name="Source">Who gave it before the files were asked; null: the files did, or else the folder.</param>
internal sealed record ProjectName(string Text, Origin? Source)
{
    /// <summary>Where the name comes from.</summary>
    /// <param name="written">The name that the files give; null where they give none.</param>
    /// <returns>An origin that remembers a name of the files that was not used.</returns>
    public Origin OriginBeside(Node? written) => (Source, written) switch
    {
        (null, ScalarNode { Text.Length: > 0 }) => written.Origin,
        (null, _) => Origin.Folder,
        (_, ScalarNode { Text.Length: > 0 }) => Source.Replacing(written.Origin),
        _ => Source,
    };
}
