using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Interpolation;
using ComposeLab.Compose.Merging;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Validation;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Loading;

/// <summary>Loads files into one merged model in long syntax with absolute paths.</summary>
/// <param name="context">The context of the model.</param>
internal sealed class ModelLoader(ModelContext context)
{
    private static readonly MappingNode Nothing = new([], Origin.Default);

    /// <summary>Loads and merges files.</summary>
    /// <param name="files">The files in merge order.</param>
    /// <returns>The merged, validated model.</returns>
    public MappingNode Load(IReadOnlyList<ComposeFile> files)
    {
        MappingNode model = Nothing;
        foreach (ComposeFile file in files)
        {
            foreach (YamlDocument document in context.Session.Documents(file, context.Scope))
            {
                model = Join(model, file, document);
            }
        }

        return EnvironmentReferences.Resolve(Complete(model), context.Scope);
    }

    /// <summary>Loads a file whose services are extended: unchanged, without its own extends and includes, and without schema validation.</summary>
    /// <param name="file">The file.</param>
    /// <returns>Its model and the tagged paths of its last document.</returns>
    public (MappingNode Model, IReadOnlyList<ModelPath> ReplacedPaths) LoadExtended(ComposeFile file)
    {
        MappingNode model = Nothing;
        IReadOnlyList<ModelPath> replaced = [];
        foreach (YamlDocument document in context.Session.Documents(file, context.Scope))
        {
            replaced = document.ReplacedPaths;
            model = Merger.Merge(ReplacedPaths.Remove(model, replaced), Interpolated(document));
            SchemaValidator.ValidateExtended(model);
            model = Expand(Uniqueness.Enforce(model));
        }

        return (new PathResolution(context.Session.Request.Paths, file.Directory, context.Session.Home, context.Directory).Resolve(model), replaced);
    }

    private MappingNode Join(MappingNode model, ComposeFile file, YamlDocument document)
    {
        // Includes come first, so that services of this file can extend included ones.
        MappingNode added = new IncludeResolver(context with { Including = [.. context.Including, file.Path] }).Apply(Interpolated(document), document.ReplacedPaths);
        added = new ExtendsResolver(context, file).Apply(added, document.ReplacedPaths);
        MappingNode merged = Uniqueness.Enforce(Merger.Merge(ReplacedPaths.Remove(model, document.ReplacedPaths), added));
        SchemaValidator.Validate(merged);
        if (merged.TryGetEntry("version", out MappingEntry? version))
        {
            context.Session.Warnings.Add(new ComposeWarning(ComposeWarningId.VersionObsolete, "The attribute 'version' is obsolete and ignored. Remove it.", version.KeyOrigin));
            merged = merged.Without("version");
        }

        return Expand(merged);
    }

    private MappingNode Interpolated(YamlDocument document)
    {
        if (document.Root is not MappingNode root)
        {
            throw ComposeException.At(
                ComposeErrorId.ComposeFileInvalid,
                $"The top level must be a mapping with 'services', found {NodeDescription.Of(document.Root)}.",
                "Start the file with 'services:'.",
                document.Root.Origin);
        }

        return context.Session.Request.Interpolate ? Interpolator.Interpolate(root, context.Scope, context.Session.Warnings) : root;
    }

    private MappingNode Expand(MappingNode merged) => LongSyntax.Expand(merged, lenient: !context.Session.Request.Interpolate);

    // Defaults first, because a default may be a path.
    private MappingNode Complete(MappingNode model)
    {
        bool convertsToUnix = context.Scope.TryGet("COMPOSE_CONVERT_WINDOWS_PATHS", out Variable? convert) && convert.Value is "1" or "t" or "T" or "TRUE" or "true" or "True";
        var paths = new PathResolution(context.Session.Request.Paths, context.Directory, context.Session.Home) { ConvertsToUnix = convertsToUnix };
        return TableWalk.Change(model, Phases.Defaults | Phases.Check | Phases.Path, (type, node, path) =>
        {
            Node complete = type.Defaults is { } defaults && node is MappingNode mapping ? defaults(mapping) : node;
            type.Check?.Invoke(complete, path);
            return type.Path is { } rule && context.Session.Request.ResolvePaths ? rule(paths, complete) : complete;
        });
    }
}

/// <summary>The context of one model (the project's own, or an included one).</summary>
/// <param name="Session">The load.</param>
/// <param name="Directory">The base folder of relative paths (absolute).</param>
/// <param name="Scope">The variables.</param>
/// <param name="Including">The chain of files that include this model, outermost first.</param>
internal sealed record ModelContext(LoadSession Session, string Directory, VariableScope Scope, IReadOnlyList<string> Including);

/// <summary>Removes the values that <c>!reset</c> and <c>!override</c> replace from the model of the earlier files.</summary>
internal static class ReplacedPaths
{
    /// <summary>Removes the values at places.</summary>
    /// <param name="model">The model.</param>
    /// <param name="paths">The places.</param>
    public static MappingNode Remove(MappingNode model, IReadOnlyList<ModelPath> paths) => paths.Aggregate(model, (current, path) => Remove(current, path.Parts));

    /// <summary>Removes the values at places of one member of a section.</summary>
    /// <param name="member">The member, such as a service.</param>
    /// <param name="section">The section, such as <c>services</c>.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="paths">The places, from the top of the model.</param>
    public static MappingNode Remove(MappingNode member, string section, string name, IReadOnlyList<ModelPath> paths)
    {
        foreach (ModelPath path in paths)
        {
            if (path.Parts is [var first, var second, .. { Length: > 0 } rest] && first == section && second == name)
            {
                member = Remove(member, rest);
            }
        }

        return member;
    }

    private static MappingNode Remove(MappingNode model, ReadOnlySpan<string> path) =>
        path.IsEmpty || !model.TryGet(path[0], out Node? value) ? model
        : path.Length == 1 ? model.Without(path[0])
        : value is MappingNode below ? model.With(path[0], Remove(below, path[1..]))
        : model;
}
