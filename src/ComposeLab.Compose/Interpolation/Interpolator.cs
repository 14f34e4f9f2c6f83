using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Interpolation;

/// <summary>Replaces variables in values (never in keys) and converts the results if the type of an attribute is not text.</summary>
public static class Interpolator
{
    /// <summary>Interpolates one document.</summary>
    /// <param name="root">The document as read.</param>
    /// <param name="scope">The variables.</param>
    /// <param name="warnings">Receives a warning for each variable that is not set and has no default, once per name.</param>
    /// <returns>The document with values; each origin contains the variables that were used.</returns>
    /// <exception cref="ComposeException">An expression is not valid, a required variable is not set, or a value has the wrong type.</exception>
    public static MappingNode Interpolate(MappingNode root, VariableScope scope, ICollection<ComposeWarning> warnings)
    {
        var walk = new Walk(scope, warnings);
        return (MappingNode)walk.Visit(root, ModelPath.Root, ProjectAttributes.Type);
    }

    private sealed class Walk(VariableScope scope, ICollection<ComposeWarning> warnings)
    {
        private readonly TemplateExpander _expander = new(scope.Find);
        private readonly HashSet<string> _warned = new(warnings.Select(warning => warning.Message), StringComparer.Ordinal);

        public Node Visit(Node node, ModelPath path, AttributeType? type) => node switch
        {
            MappingNode mapping => VisitEntries(mapping, path, type),
            SequenceNode list => VisitItems(list, path, type?.Items),
            _ => node,
        };

        private MappingNode VisitEntries(MappingNode mapping, ModelPath path, AttributeType? type)
        {
            var changes = new EntryChanges(mapping);
            foreach (MappingEntry entry in mapping.Span)
            {
                changes.Add(entry, entry.Value is ScalarNode scalar
                    ? Visit(scalar, path, entry.Key, 0, type?.Below(entry.Key))
                    : Visit(entry.Value, path.Below(entry.Key), type?.Below(entry.Key)));
            }

            return changes.ToNode();
        }

        private SequenceNode VisitItems(SequenceNode list, ModelPath path, AttributeType? type)
        {
            int index = 0;
            return list.Select(item => item is ScalarNode scalar ? Visit(scalar, path, null, index++, type) : Visit(item, path.Item(index++), type));
        }

        // The path of a scalar is created only if needed: most scalars have nothing to expand.
        private ScalarNode Visit(ScalarNode scalar, ModelPath parent, string? key, int index, AttributeType? type)
        {
            bool holdsVariables = scalar.Kind == ScalarKind.String && scalar.Text.Contains('$', StringComparison.Ordinal);
            if (!holdsVariables && (type?.Cast is null || scalar.Kind != ScalarKind.String))
            {
                return scalar;
            }

            ModelPath path = key is null ? parent.Item(index) : parent.Below(key);
            return Cast(holdsVariables ? Expand(scalar, path) : scalar, path, type?.Cast);
        }

        private ScalarNode Expand(ScalarNode scalar, ModelPath path)
        {
            try
            {
                string value = _expander.Expand(scalar.Text);
                foreach (string name in _expander.Unset)
                {
                    Warn(ComposeWarningId.VariableUnset, $"The variable {name} is not set and is replaced by an empty string. Set it, or add a default: ${{{name}:-default}}.", scalar.Origin);
                }

                return ScalarNode.String(value, scalar.Origin with { Variables = [.. scalar.Origin.Variables, .. _expander.Uses.Distinct()] });
            }
            catch (TemplateException error)
            {
                throw Fault(error, scalar, path);
            }
        }

        private ScalarNode Cast(ScalarNode scalar, ModelPath path, ValueCast? cast)
        {
            if (cast is null)
            {
                return scalar;
            }

            ScalarNode? typed = cast.Read(scalar.Text, scalar.Origin);
            if (typed is null)
            {
                throw ComposeException.At(
                    ComposeErrorId.ComposeFileInvalid,
                    $"{path} must be {cast.Expected}, found '{SecretMask.Standard.MaskText(Shorten(scalar.Text))}'.",
                    scalar.Origin.Variables is [{ } use, ..]
                        ? $"Correct the value of the variable {use.Name}, or add a default."
                        : $"Write {cast.Expected}.",
                    scalar.Origin,
                    path.ToString());
            }

            if (typed.Kind == ScalarKind.Boolean && !scalar.Text.Equals(typed.Text, StringComparison.OrdinalIgnoreCase))
            {
                Warn(ComposeWarningId.TruthValue, $"'{scalar.Text}' is not a YAML 1.2 boolean; use {typed.Text}.", scalar.Origin);
            }

            return typed;
        }

        private void Warn(ComposeWarningId id, string message, Origin origin)
        {
            if (_warned.Add(message))
            {
                warnings.Add(new ComposeWarning(id, message, origin));
            }
        }

        private static ComposeException Fault(TemplateException error, ScalarNode scalar, ModelPath path)
        {
            Origin origin = scalar.Origin;
            int quote = origin.EndColumn - origin.Column - scalar.Text.Length;
            bool known = origin.EndColumn > 0 && quote is 0 or 2;
            if (known)
            {
                int column = origin.Column + (quote / 2) + error.Offset;
                origin = origin with { Column = column, EndColumn = column + error.Length };
            }

            return ComposeException.At(
                error.IsRequired ? ComposeErrorId.VariableRequired : ComposeErrorId.ComposeFileInvalid,
                $"{path}: {error.Message}.",
                error.Recommendation,
                origin,
                path.ToString(),
                error,
                error.Variable);
        }

        private static string Shorten(string text) => text.Length > 100 ? text[..100] + "..." : text;
    }
}
