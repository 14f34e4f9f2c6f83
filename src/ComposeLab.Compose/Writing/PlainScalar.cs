using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Writing;

/// <summary>Knows which unquoted spellings are read back as text.</summary>
internal static class PlainScalar
{
    private const string MergeKey = "<<";

    /// <summary>Whether an unquoted spelling is read back as text.</summary>
    /// <param name="text">The spelling.</param>
    public static bool IsText(string text) => text != MergeKey && ScalarResolution.Resolve(text).Kind == ScalarKind.String;
}
