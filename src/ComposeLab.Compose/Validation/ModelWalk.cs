using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Validation;

/// <summary>Walks a model along a table, and puts to each value the rule that stands at its place; what no rule stands at or below is passed over.</summary>
internal static class ModelWalk
{
    /// <summary>Walks the model, each value before what is in it.</summary>
    /// <typeparam name="T">What stands in the table.</typeparam>
    /// <param name="root">The model.</param>
    /// <param name="table">The rules by place.</param>
    /// <param name="check">Puts a rule to a value.</param>
    public static void Visit<T>(MappingNode root, PathTable<T> table, Action<T, Node, ModelPath> check)
        where T : class => Visit(root, ModelPath.Root, table, check);

    private static void Visit<T>(Node node, ModelPath path, PathTable<T>? table, Action<T, Node, ModelPath> check)
        where T : class
    {
        if (table is null)
        {
            return;
        }

        if (table.Rule is { } rule)
        {
            check(rule, node, path);
        }

        switch (node)
        {
            case MappingNode mapping:
                foreach (MappingEntry entry in mapping.Entries)
                {
                    Visit(entry.Value, path.Below(entry.Key), table.Below(entry.Key), check);
                }

                break;
            case SequenceNode list:
                for (int index = 0; index < list.Count; index++)
                {
                    Visit(list.Items[index], path.Item(index), table.BelowItem(), check);
                }

                break;
        }
    }
}
