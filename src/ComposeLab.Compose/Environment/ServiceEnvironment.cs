using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Environment;

/// <summary>Reads <c>env_file</c> and <c>label_file</c> of a service into its <c>environment</c> and <c>labels</c>.</summary>
internal static class ServiceEnvironment
{
    private const string EnvironmentKey = "environment";
    private const string EnvFileKey = "env_file";
    private const string LabelFileKey = "label_file";
    private const string LabelsKey = "labels";

    /// <summary>Resolves the files of one service.</summary>
    /// <param name="service">
    /// The canonical service: <c>environment</c> and <c>labels</c> are mappings (a null value is a bare key), <c>env_file</c> is a list of mappings with
    /// <c>path</c>, <c>required</c> and perhaps <c>format</c>, <c>label_file</c> a list of paths.
    /// </param>
    /// <param name="scope">The project's variables, for bare keys and for expansions in the files.</param>
    /// <param name="paths">Makes relative paths absolute.</param>
    /// <param name="token">Cancels the work.</param>
    /// <returns>The service with the files' variables and labels, without <c>env_file</c> and <c>label_file</c>.</returns>
    /// <exception cref="ComposeException">A file is missing or not valid.</exception>
    public static MappingNode Resolve(MappingNode service, VariableScope scope, PathResolution paths, CancellationToken token)
    {
        MappingNode resolved = WithEnvironment(service, scope, paths, token);
        return WithLabels(resolved, paths, token).Without(EnvFileKey);
    }

    /// <summary>Resolves only the label files of one service.</summary>
    /// <param name="service">The canonical service.</param>
    /// <param name="paths">Makes relative paths absolute.</param>
    /// <param name="token">Cancels the work.</param>
    /// <returns>The service with the files' labels.</returns>
    /// <exception cref="ComposeException">A file is missing or not valid.</exception>
    public static MappingNode ResolveLabels(MappingNode service, PathResolution paths, CancellationToken token) => WithLabels(service, paths, token);

    private static MappingNode WithEnvironment(MappingNode service, VariableScope scope, PathResolution paths, CancellationToken token)
    {
        var own = service[EnvironmentKey] as MappingNode;
        MappingNode? given = own?.Select(entry => IsBare(entry.Value) && scope.TryGet(entry.Key, out Variable? variable)
            ? ScalarNode.String(variable.Value, entry.Value.Origin with { Variables = [VariableUses.Of(entry.Key, variable)] })
            : entry.Value);
        if (service[EnvFileKey] is not SequenceNode { Count: > 0 } files)
        {
            return given is null ? service : service.With(EnvironmentKey, given);
        }

        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (MappingEntry entry in given?.Entries.Where(entry => !IsBare(entry.Value)) ?? [])
        {
            known[entry.Key] = TextOf(entry.Value);
        }

        Variable? Outer(string name) =>
            scope.Find(name) ?? (given?[name] is { } value && !IsBare(value) ? new Variable(TextOf(value), VariableSource.None) : null);
        var merged = new FileMapping();
        foreach (MappingNode file in files.Items.OfType<MappingNode>())
        {
            merged.Add(ReadEnvFile(file, paths, Outer, known, token));
        }

        merged.Add(given);
        return merged.IsEmpty ? service : service.With(EnvironmentKey, merged.ToNode(own?.Origin ?? files.Origin));
    }

    private static MappingNode? ReadEnvFile(
        MappingNode file, PathResolution paths, Func<string, Variable?> outer, Dictionary<string, string> known, CancellationToken token)
    {
        string path = file["path"] is { } given ? paths.Absolute(TextOf(given)) : "";
        bool required = file["required"] is not ScalarNode { Text: "false" };
        if (!required && !File.Exists(path) && !Directory.Exists(path))
        {
            return null;
        }

        EnvFileText source = Read(path, file.Origin, token);
        string format = file["format"] is { } word ? TextOf(word) : "";
        IReadOnlyList<EnvFileEntry> entries = format switch
        {
            "" or ".env" => new EnvFileParser(source, outer, known).Parse(token),
            "raw" => RawEnvFileParser.Parse(source, outer, token),
            _ => throw ComposeException.At(
                ComposeErrorId.ComposeFileInvalid,
                $"The format of an env_file must be 'raw' or not set, found '{format}'.",
                "Write 'format: raw', or remove the line.",
                file["format"]?.Origin),
        };
        foreach (EnvFileEntry entry in entries)
        {
            known[entry.Name] = entry.Value;
        }

        return ToMapping(source, entries);
    }

    private static MappingNode WithLabels(MappingNode service, PathResolution paths, CancellationToken token)
    {
        if (service[LabelFileKey] is not SequenceNode { Count: > 0 } files)
        {
            return service;
        }

        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        Variable? Outer(string name) => known.TryGetValue(name, out string? value) ? new Variable(value, VariableSource.None) : null;
        var merged = new FileMapping();
        foreach (ScalarNode path in files.Items.OfType<ScalarNode>())
        {
            EnvFileText source = Read(paths.Absolute(path.Text), path.Origin, token);
            IReadOnlyList<EnvFileEntry> entries = new EnvFileParser(source, Outer, new Dictionary<string, string>()).Parse(token);
            merged.Add(ToMapping(source, entries));
            foreach (EnvFileEntry entry in entries)
            {
                known[entry.Name] = entry.Value;
            }
        }

        merged.Add(service[LabelsKey] as MappingNode);
        return merged.IsEmpty ? service : service.With(LabelsKey, merged.ToNode(service[LabelsKey]?.Origin ?? files.Origin));
    }

    private static EnvFileText Read(string path, Origin referrer, CancellationToken token)
    {
        try
        {
            return EnvFileReader.Read(path, path, isOptional: true, token);
        }
        catch (ComposeException error) when (error.Id == ComposeErrorId.EnvFileNotFound && referrer.IsInFile)
        {
            throw ComposeException.At(error.Id, error.Message, error.Recommendation, referrer, inner: error);
        }
    }

    private static MappingNode ToMapping(EnvFileText source, IReadOnlyList<EnvFileEntry> entries)
    {
        var mapping = new FileMapping();
        foreach (EnvFileEntry entry in entries)
        {
            var origin = new Origin(source.File, entry.Line, entry.Column);
            mapping.Add(new MappingEntry(entry.Name, ScalarNode.String(entry.Value, origin), origin));
        }

        return mapping.ToNode(new Origin(source.File, 1, 1));
    }

    private static bool IsBare(Node value) => value is ScalarNode { IsNull: true };

    private static string TextOf(Node value) => value is ScalarNode scalar ? scalar.Text : "";
}

/// <summary>Collects the variables or labels of several files: a later one replaces an earlier one, and its origin keeps the earlier one.</summary>
internal sealed class FileMapping
{
    private readonly List<MappingEntry> _entries = [];
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    /// <summary>Whether nothing was added.</summary>
    public bool IsEmpty => _entries.Count == 0;

    /// <summary>Adds all entries of a mapping.</summary>
    /// <param name="mapping">The mapping; may be null.</param>
    public void Add(MappingNode? mapping)
    {
        foreach (MappingEntry entry in mapping?.Entries ?? [])
        {
            Add(entry);
        }
    }

    /// <summary>Adds an entry.</summary>
    /// <param name="entry">The entry.</param>
    public void Add(MappingEntry entry)
    {
        if (!_positions.TryGetValue(entry.Key, out int position))
        {
            _positions[entry.Key] = _entries.Count;
            _entries.Add(entry);
            return;
        }

        Node earlier = _entries[position].Value;
        _entries[position] = entry with { Value = entry.Value.WithOrigin(entry.Value.Origin.Replacing(earlier.Origin)) };
    }

    /// <summary>The collected entries.</summary>
    /// <param name="origin">The origin of the whole.</param>
    /// <returns>A mapping, in the order of the first occurrence of each name.</returns>
    public MappingNode ToNode(Origin origin) => new(_entries, origin);
}
