using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Writing;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Canonical;

/// <summary>Brings a normalised model into canonical form: every value in the type and spelling of its attribute, every key in printing order.</summary>
internal static class CanonicalModel
{
    /// <summary>Makes the canonical form.</summary>
    /// <param name="model">The normalised model.</param>
    /// <returns>The canonical model.</returns>
    /// <exception cref="ComposeException">A value does not fit its attribute.</exception>
    public static MappingNode Of(MappingNode model)
    {
        var shaped = (MappingNode)(Shape(model, ValueForms.Table, []) ?? model);
        return Order(shaped["services"] is MappingNode ? shaped : shaped.With("services", new MappingNode([], Origin.Default)));
    }

    /// <summary>Brings the keys of a model into printing order.</summary>
    /// <param name="model">A model whose values are in canonical form.</param>
    /// <returns>The ordered model.</returns>
    public static MappingNode Order(MappingNode model) => (MappingNode)CanonicalOrder.Of(model, ComposeShapes.Project);

    /// <summary>Orders the keys of a model that was not interpolated: every mapping by its keys.</summary>
    /// <param name="model">The normalised model.</param>
    /// <returns>The ordered model.</returns>
    public static MappingNode Plain(MappingNode model) => (MappingNode)CanonicalOrder.Of(model, null);

    private static Node? Shape(Node node, PathTable<ValueForm>? forms, List<string> path)
    {
        if (forms is null)
        {
            return node;
        }

        try
        {
            if (forms.Rule is { } form)
            {
                return node is ScalarNode { IsNull: true } ? null : form(node);
            }
        }
        catch (UnfitValueException unfit)
        {
            string place = string.Join('.', path).Replace(".[", "[", StringComparison.Ordinal);
            throw ComposeException.At(
                ComposeErrorId.ComposeFileInvalid,
                $"Expected {place} to be {unfit.Expected}, found {unfit.Found}.",
                $"Give {path[^1]} {unfit.Expected}, or remove it.",
                node.Origin,
                place,
                unfit);
        }

        switch (node)
        {
            case MappingNode mapping:
                return mapping.Select(entry => Below(entry.Value, forms.Below(entry.Key), entry.Key, path, keepNull: forms.Below(entry.Key)?.Rule is null));
            case SequenceNode list:
                int index = 0;
                return list.Select(item => Below(item, forms.BelowItem(), $"[{index++}]", path, keepNull: true));
            default:
                return node;
        }
    }

    private static Node? Below(Node value, PathTable<ValueForm>? forms, string key, List<string> path, bool keepNull)
    {
        path.Add(key);
        Node? shaped = Shape(value, forms, path);
        path.RemoveAt(path.Count - 1);
        return shaped ?? (keepNull ? value : null);
    }
}
