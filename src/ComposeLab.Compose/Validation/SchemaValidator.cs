using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Validation.Specification;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Validation;

/// <summary>Checks the merged model against the rules of the specification's schema, after each document that was merged into it.</summary>
public static class SchemaValidator
{
    /// <summary>Checks the model.</summary>
    /// <param name="root">The merged model, in short or long syntax.</param>
    /// <exception cref="ComposeException">A rule is broken.</exception>
    public static void Validate(MappingNode root) => ProjectTable.Rule.Check(root, ModelPath.Root);
}
