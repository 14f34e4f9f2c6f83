using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Loading;

/// <summary>Adds the resources of included files to a document. Each included file is a model of its own, with its own directory and variables.</summary>
/// <param name="context">What the including model is read with.</param>
internal sealed class IncludeResolver(ModelContext context)
{
    // Beyond it nobody follows any more, and a hostile chain would not fit on the stack.
    private const int LongestChain = 100;

    private static readonly string[] Kinds = ["services", "volumes", "networks", "secrets", "configs", "models"];

    /// <summary>Resolves <c>include</c>.</summary>
    /// <param name="document">The interpolated document.</param>
    /// <returns>The document with the included resources, without <c>include</c>.</returns>
    public MappingNode Apply(MappingNode document)
    {
        if (!document.Contains("include"))
        {
            return document;
        }

        MappingNode model = document.Without("include");
        foreach (IncludeEntry entry in IncludeEntry.Read(document["include"]))
        {
            MappingNode included = Load(entry);
            model = Kinds.Aggregate(model, (current, kind) => Import(current, included, kind));
        }

        return model;
    }

    private MappingNode Load(IncludeEntry entry)
    {
        var paths = new PathResolution(context.Directory, context.Session.Home);
        ComposeFile[] files = entry.Paths.Select(path => context.Session.FileAt(paths.Absolute(path))).ToArray();
        if (files.Length == 0)
        {
            throw ComposeException.At(
                ComposeErrorId.ComposeFileInvalid, "Expected an included 'path', found none.", "Write 'include: [other/compose.yaml]'.", entry.Origin, "include");
        }

        if (context.Including.Count > LongestChain)
        {
            throw ComposeException.At(
                ComposeErrorId.ComposeFileInvalid, $"Expected at most {LongestChain} files that include each other one after the other, found more.", "Shorten the chain.", entry.Origin, "include");
        }

        if (context.Including.Contains(files[0].Path))
        {
            throw ComposeException.At(
                ComposeErrorId.DependencyCycle,
                $"Expected files that include others, found a circle: {string.Join(" -> ", context.Including.Append(files[0].Path).Select(path => context.Session.FileAt(path).Display))}.",
                "Remove one 'include' of the circle.",
                entry.Origin,
                "include");
        }

        string directory = entry.ProjectDirectory is { } given ? paths.Absolute(given) : files[0].Directory;
        VariableScope scope = ProjectEnvironment.Extend(context.Scope, EnvFiles(entry, directory, paths), context.Session.Token);
        return LoadSession.NamedAt(entry.Origin, "include", () => new ModelLoader(context with { Directory = directory, Scope = scope }).Load(files));
    }

    private static string[] EnvFiles(IncludeEntry entry, string directory, PathResolution paths)
    {
        if (entry.EnvFiles.Count == 0)
        {
            string implied = PosixPath.Join(directory, ".env");
            return File.Exists(implied) ? [implied] : [];
        }

        return entry.EnvFiles.Select(path => paths.Absolute(path)).ToArray();
    }

    private static MappingNode Import(MappingNode model, MappingNode included, string kind)
    {
        if (included[kind] is not MappingNode resources)
        {
            return model;
        }

        var own = model[kind] as MappingNode ?? new MappingNode([], resources.Origin);
        foreach (MappingEntry entry in resources.Entries)
        {
            if (own.TryGetEntry(entry.Key, out MappingEntry? known) && !NodeEquality.Equal(known.Value, entry.Value))
            {
                throw ComposeException.At(
                    ComposeErrorId.MergeConflict,
                    $"Expected {kind}.{entry.Key} once, found different definitions in {known.KeyOrigin} and in the included {entry.KeyOrigin}.",
                    "Rename one of them, or override it in a file listed in the include's 'path'.",
                    known.KeyOrigin,
                    $"{kind}.{entry.Key}");
            }
        }

        IEnumerable<MappingEntry> added = resources.Entries.Where(entry => !own.Contains(entry.Key));
        return model.With(kind, new MappingNode(own.Entries.Concat(added), own.Origin));
    }
}
