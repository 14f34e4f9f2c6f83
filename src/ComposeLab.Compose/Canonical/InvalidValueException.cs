using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Canonical;

/// <summary>A value does not fit its attribute. It never leaves this folder: the walk adds path and place.</summary>
/// <param name="expected">What would fit.</param>
/// <param name="found">What was found.</param>
internal sealed class InvalidValueException(string expected, string found) : Exception($"{expected}: {found}")
{
    public InvalidValueException(string expected, Node found)
        : this(expected, found is ScalarNode { IsNull: false } scalar ? $"'{SecretMask.Standard.MaskText(scalar.Text)}'" : NodeWords.Of(found))
    {
    }

    public string Expected { get; } = expected;

    public string Found { get; } = found;
}
