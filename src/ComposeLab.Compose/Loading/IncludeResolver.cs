using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Merging;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Loading;

/// <summary>Adds the resources of included files to a document. Each included file is a separate model with its own directory and variables.</summary>
/// <param name="context">The context of the including model.</param>
internal sealed class IncludeResolver(ModelContext context)
{
    // Longer chains are not readable, and a malicious one would overflow the stack.
    private const int LongestChain = 100;

    private const int MostIncludes = 1_000;

    private const string NullDevice = "/dev/null";

    private static readonly string[] Kinds = ["services", "volumes", "networks", "secrets", "configs", "models"];

    /// <summary>Loads the includes of a document and merges them. The document's own definitions take precedence, then those of earlier includes.</summary>
    /// <param name="document">The interpolated document.</param>
    /// <param name="replaced">The tagged places of the document: values of included resources at these places are removed.</param>
    /// <returns>The document with the included resources, without <c>include</c>.</returns>
    public MappingNode Apply(MappingNode document, IReadOnlyList<ModelPath> replaced)
    {
        if (!document.Contains("include"))
        {
            return document;
        }

        MappingNode model = document.Without("include");
        foreach (IncludeEntry entry in IncludeEntry.Read(document["include"]))
        {
            MappingNode included = Load(entry);
            model = Kinds.Aggregate(model, (current, kind) => Import(current, included, kind, replaced));
        }

        return model;
    }

    private MappingNode Load(IncludeEntry entry)
    {
        var paths = new PathResolution(context.Session.Request.Paths, context.Directory, context.Session.Home);
        ComposeFile[] files = entry.Paths.Select(path => context.Session.Referenced(path, paths.Absolute, entry.Origin, "include")).ToArray();
        if (files.Length == 0)
        {
            throw ComposeException.At(
                ComposeErrorId.ComposeFileInvalid, "The include has no 'path'.", "Write 'include: [other/compose.yaml]'.", entry.Origin, "include");
        }

        if (context.Including.Count > LongestChain)
        {
            throw ComposeException.At(
                ComposeErrorId.ComposeFileInvalid, $"The chain of includes is longer than {LongestChain} files.", "Shorten the chain.", entry.Origin, "include");
        }

        if (context.Including.Contains(files[0].Path))
        {
            throw ComposeException.At(
                ComposeErrorId.DependencyCycle,
                $"Files include each other in a cycle: {string.Join(" -> ", context.Including.Append(files[0].Path).Select(path => context.Session.FileAt(path).Display))}.",
                "Remove one 'include' of the cycle.",
                entry.Origin,
                "include");
        }

        string directory = entry.ProjectDirectory is { } given ? paths.Absolute(given) : files[0].Directory;
        VariableScope scope = context.Session.Includes.ScopeOf(context.Scope, EnvFiles(entry, context.Session.Request.Paths.Join(directory, ".env"), paths), context.Session.Token);
        var key = new IncludeKey(string.Join('\0', files.Select(file => file.Path)), directory, scope);
        if (context.Session.Includes.Find(key) is { } known)
        {
            return known;
        }

        if (context.Session.Includes.Count >= MostIncludes)
        {
            throw ComposeException.At(
                ComposeErrorId.ComposeFileInvalid, $"Expected at most {MostIncludes} included files, found more.", "Split the project.", entry.Origin, "include");
        }

        MappingNode loaded = LoadSession.NamedAt(entry.Origin, "include", () => new ModelLoader(context with { Directory = directory, Scope = scope }).Load(files));
        context.Session.Includes.Add(key, loaded);
        return loaded;
    }

    private static string[] EnvFiles(IncludeEntry entry, string implied, PathResolution paths)
    {
        if (entry.EnvFiles.Count == 0)
        {
            return File.Exists(implied) ? [implied] : [];
        }

        // A null device means that no env file is used. It cannot be read everywhere.
        return entry.EnvFiles.Where(path => path != NullDevice).Select(path => paths.Absolute(path)).ToArray();
    }

    private static MappingNode Import(MappingNode model, MappingNode included, string kind, IReadOnlyList<ModelPath> replaced)
    {
        if (included[kind] is not MappingNode resources)
        {
            return model;
        }

        if ((model[kind] ?? new MappingNode([], resources.Origin)) is not MappingNode own)
        {
            throw ComposeException.At(
                ComposeErrorId.ComposeFileInvalid, $"'{kind}' must be a mapping, found {NodeDescription.Of(model[kind])}.", "Write each of them below its name.", model[kind]?.Origin, kind);
        }

        foreach (MappingEntry entry in resources.Entries)
        {
            own = own.With(entry.Key, own.TryGet(entry.Key, out Node? known) ? Merged(entry, known, kind, replaced) : entry.Value, entry.KeyOrigin);
        }

        return model.With(kind, own);
    }

    private static Node Merged(MappingEntry included, Node known, string kind, IReadOnlyList<ModelPath> replaced) => Merger.MergeMember(
        included.Value is MappingNode resource ? ReplacedPaths.Remove(resource, kind, included.Key, replaced) : included.Value, known, kind, included.Key);
}

/// <summary>One item of <c>include</c>.</summary>
/// <param name="Paths">The included file and its overrides.</param>
/// <param name="ProjectDirectory">The base folder of its relative paths; null: the included file's directory.</param>
/// <param name="EnvFiles">Its env files; none: <c>.env</c> in its directory.</param>
/// <param name="Origin">Its place.</param>
internal sealed record IncludeEntry(IReadOnlyList<string> Paths, string? ProjectDirectory, IReadOnlyList<string> EnvFiles, Origin Origin)
{
    /// <summary>Reads the items.</summary>
    /// <param name="include">The value of <c>include</c>.</param>
    /// <returns>The items.</returns>
    public static IReadOnlyList<IncludeEntry> Read(Node? include) => include switch
    {
        null or ScalarNode { IsNull: true } => [],
        SequenceNode list => list.Items.Select(ReadItem).ToArray(),
        _ => throw Invalid(include, "Expected 'include' to be a list"),
    };

    private static IncludeEntry ReadItem(Node item) => item switch
    {
        ScalarNode { Kind: ScalarKind.String } path => new IncludeEntry([path.Text], null, [], path.Origin),
        MappingNode mapping => new IncludeEntry(
            Texts(mapping["path"]),
            mapping["project_directory"] is ScalarNode { Text.Length: > 0 } directory ? directory.Text : null,
            Texts(mapping["env_file"]),
            mapping.Origin),
        _ => throw Invalid(item, "Expected an item of 'include' to be a path or a mapping"),
    };

    private static string[] Texts(Node? node) => node switch
    {
        null or ScalarNode { IsNull: true } => [],
        ScalarNode { Kind: ScalarKind.String } text => [text.Text],
        SequenceNode list => list.Items
            .Select(item => item is ScalarNode { Kind: ScalarKind.String } text ? text.Text : throw Invalid(item, "Expected a path"))
            .ToArray(),
        _ => throw Invalid(node, "Expected a path or a list of paths"),
    };

    private static ComposeException Invalid(Node node, string expected) => ComposeException.At(
        ComposeErrorId.ComposeFileInvalid, $"{expected}, found {NodeDescription.Of(node)}.", "Write 'include: [other/compose.yaml]'.", node.Origin, "include");
}

/// <summary>What decides how an included model reads: with an equal key, loading it again gives the same model.</summary>
/// <param name="Files">The absolute paths of its files.</param>
/// <param name="Directory">Where its relative paths start.</param>
/// <param name="Scope">Its variables.</param>
internal sealed record IncludeKey(string Files, string Directory, VariableScope Scope);

/// <summary>The models that a load has included, so that files that many others include are loaded once.</summary>
internal sealed class IncludedModels
{
    private readonly Dictionary<IncludeKey, MappingNode> _models = [];
    private readonly Dictionary<(VariableScope Outer, string EnvFiles), VariableScope> _scopes = [];

    /// <summary>How many models were included.</summary>
    public int Count => _models.Count;

    /// <summary>Finds a model that was included before.</summary>
    /// <param name="key">What decides how it reads.</param>
    /// <returns>The model; null if it was not.</returns>
    public MappingNode? Find(IncludeKey key) => _models.GetValueOrDefault(key);

    /// <summary>Keeps a model.</summary>
    /// <param name="key">What decides how it reads.</param>
    /// <param name="model">The model.</param>
    public void Add(IncludeKey key, MappingNode model) => _models[key] = model;

    /// <summary>The variables of an included model: those of the including one, and the env files' own; one object for the same files.</summary>
    /// <param name="outer">The variables of the including model.</param>
    /// <param name="envFiles">The absolute paths of the env files.</param>
    /// <param name="token">Ends the reading early.</param>
    /// <returns>The variables.</returns>
    /// <exception cref="ComposeException">An env file cannot be read.</exception>
    public VariableScope ScopeOf(VariableScope outer, IReadOnlyList<string> envFiles, CancellationToken token)
    {
        if (envFiles.Count == 0)
        {
            return outer;
        }

        (VariableScope, string) key = (outer, string.Join('\0', envFiles));
        return _scopes.TryGetValue(key, out VariableScope? known) ? known : _scopes[key] = ProjectEnvironment.Extend(outer, envFiles, token);
    }
}
