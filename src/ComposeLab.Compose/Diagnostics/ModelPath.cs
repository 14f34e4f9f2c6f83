using System.Globalization;
using System.Text;

namespace ComposeLab.Compose.Diagnostics;

/// <summary>A place in the model. It is built step by step, and converted to text only for an error.</summary>
internal sealed class ModelPath
{
    private readonly ModelPath? _parent;
    private readonly string? _key;
    private readonly int _index;

    private ModelPath(ModelPath? parent, string? key, int index)
    {
        _parent = parent;
        _key = key;
        _index = index;
    }

    /// <summary>The whole model.</summary>
    public static ModelPath Root { get; } = new(null, null, 0);

    /// <summary>The keys from the top, without list items.</summary>
    public IReadOnlyList<string> Keys => Steps().Select(step => step._key).OfType<string>().ToArray();

    /// <summary>The steps from the top: keys, and <c>[index]</c> for items of lists.</summary>
    public string[] Parts => Steps().Select(step => step._key ?? $"[{step._index}]").ToArray();

    /// <summary>The last key; empty for the whole model and for list items.</summary>
    public string Key => _key ?? "";

    /// <summary>The value of a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The place below this one.</returns>
    public ModelPath Below(string key) => new(this, key, 0);

    /// <summary>An item of a list.</summary>
    /// <param name="index">Its index, from 0.</param>
    /// <returns>The place below this one.</returns>
    public ModelPath Item(int index) => new(this, null, index);

    /// <summary>The place as text.</summary>
    /// <returns>Such as <c>services.api.ports[1]</c>; empty for the whole model.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (ModelPath step in Steps())
        {
            if (step._key is null)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{step._index}]");
            }
            else
            {
                text.Append(text.Length == 0 ? "" : ".").Append(step._key.ReplaceLineEndings(" "));
            }
        }

        return text.ToString();
    }

    private Stack<ModelPath> Steps()
    {
        var steps = new Stack<ModelPath>();
        for (ModelPath step = this; step._parent is not null; step = step._parent)
        {
            steps.Push(step);
        }

        return steps;
    }
}
