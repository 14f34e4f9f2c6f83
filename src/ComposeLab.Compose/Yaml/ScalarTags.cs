using System.Globalization;
using System.Text;

namespace ComposeLab.Compose.Yaml;

/// <summary>Applies the tags of YAML's own types to a scalar.</summary>
internal static class ScalarTags
{
    private const string Prefix = "tag:yaml.org,2002:";

    /// <summary>Gives a scalar the type of its tag.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="text">The scalar's text.</param>
    /// <param name="origin">Where it is.</param>
    /// <returns>The value, or null when the text does not fit the tag. A scalar with an unknown tag is text.</returns>
    public static ScalarNode? Apply(string tag, string text, Origin origin)
    {
        if (tag == "!")
        {
            return ScalarNode.String(text, origin);
        }

        string type = tag.StartsWith(Prefix, StringComparison.Ordinal) ? tag[Prefix.Length..] : tag;
        (ScalarKind kind, string canonical) = ScalarResolution.Resolve(text);
        return type switch
        {
            "str" => ScalarNode.String(text, origin),
            "binary" => Binary(text, origin),
            "int" when kind == ScalarKind.Integer => new ScalarNode(kind, canonical, origin),
            "float" when kind is ScalarKind.Float => new ScalarNode(kind, canonical, origin),
            "float" when kind is ScalarKind.Integer => new ScalarNode(ScalarKind.Float, Units.GoNumber.Format(double.Parse(canonical, CultureInfo.InvariantCulture)), origin),
            "bool" when kind == ScalarKind.Boolean => new ScalarNode(kind, canonical, origin),
            "null" when kind == ScalarKind.Null => new ScalarNode(kind, canonical, origin),
            "timestamp" when kind == ScalarKind.Timestamp => new ScalarNode(kind, canonical, origin),
            "int" or "float" or "bool" or "null" or "timestamp" => null,
            _ => ScalarNode.String(text, origin),
        };
    }

    private static ScalarNode? Binary(string text, Origin origin)
    {
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length)
            ? ScalarNode.String(Encoding.UTF8.GetString(bytes, 0, length), origin)
            : null;
    }
}
