using System.Security.Cryptography;
using System.Text;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Files;
using ComposeLab.Compose.Interpolation;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Publishing;

/// <summary>
/// Prepares the files of a project for others. Their text is kept, except that paths of environment files and extended files become names without a folder, which say
/// nothing about this machine.
/// </summary>
/// <param name="project">The project, with all Compose profiles.</param>
/// <param name="withEnvironment">Whether the environment files are published, too.</param>
/// <param name="token">Cancels it.</param>
internal sealed class PublicationBuilder(ComposeProject project, bool withEnvironment, CancellationToken token)
{
    private readonly List<PublishedFile> _files = [];
    private readonly Dictionary<string, string> _extended = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _envFiles = new(StringComparer.Ordinal);
    private readonly PublishRisks _risks = new(withEnvironment);

    /// <summary>Prepares the project.</summary>
    /// <returns>What is published.</returns>
    public ProjectPublication Build()
    {
        try
        {
            return Prepared();
        }
        catch (ComposeException fault) when (fault is { LineText: null, Line: > 0 } && project.Sources.FirstOrDefault(source => source.Display == fault.File) is { } source)
        {
            throw fault.WithPlace(source.Text.Split('\n')[fault.Line - 1].TrimEnd('\r'), fault.Path);
        }
    }

    private ProjectPublication Prepared()
    {
        RefuseBuildOnly();
        foreach (string path in project.ComposeFiles)
        {
            SourceFile source = Source(path);
            Add(Path.GetFileName(path), Text(source, project.WorkingDirectory), PublishedFileKind.Compose);
        }

        // An extended file can extend another one.
        for (int done = 0; done < _extended.Count; done++)
        {
            (string path, string name) = _extended.ElementAt(done);
            Add(name, Text(Source(path), Path.GetDirectoryName(path)!), PublishedFileKind.Extended);
        }

        foreach ((string path, string name) in _envFiles)
        {
            byte[] content = BoundedFile.Read(path, token);
            _risks.AddFile(path, Encoding.UTF8.GetString(content));
            if (withEnvironment)
            {
                _files.Add(new PublishedFile(name, content, PublishedFileKind.EnvFile));
            }
        }

        foreach (string file in project.Configs.Values.Select(config => config.File).Concat(project.Secrets.Values.Select(secret => secret.File)).OfType<string>().Where(File.Exists).Distinct(StringComparer.Ordinal))
        {
            _risks.AddFile(file, Encoding.UTF8.GetString(BoundedFile.Read(file, token)));
        }

        _risks.AddMounts(project);
        return new ProjectPublication(_files, _risks.All);
    }

    private void Add(string name, string text, PublishedFileKind kind) => _files.Add(new PublishedFile(name, Encoding.UTF8.GetBytes(text), kind));

    private void RefuseBuildOnly()
    {
        ServiceDefinition[] built =
            [.. project.Services.Values.Concat(project.DisabledServices.Values).Where(service => service.Build is not null && string.IsNullOrEmpty(service.Image))];
        if (built.Length > 0)
        {
            throw ComposeException.At(
                ComposeErrorId.NotPublishable,
                $"Only the build section says what {(built.Length == 1 ? "service" : "the services")} {string.Join(", ", built.Select(service => service.Name))} {(built.Length == 1 ? "runs" : "run")}, and it is not published.",
                "Add an image with a name that others can pull.",
                built[0].Build!.Origin,
                $"services.{built[0].Name}.build");
        }
    }

    private SourceFile Source(string path) => project.Sources.FirstOrDefault(source => project.Paths.AreSame(source.Path, path))
        ?? throw new ComposeException(ComposeErrorId.ComposeFileNotFound, $"Compose file '{path}' not found.", "Check the path.");

    private string Text(SourceFile source, string folder)
    {
        token.ThrowIfCancellationRequested();
        var edits = new List<(Origin At, string Name)>();
        foreach (MappingNode document in source.Documents)
        {
            RefuseIncludes(document);
            _risks.AddDocument(document);
            MappingNode read = Interpolator.Interpolate(document, source.Variables, new List<ComposeWarning>());
            foreach (MappingEntry service in (read["services"] as MappingNode)?.Entries ?? [])
            {
                if (service.Value is MappingNode attributes)
                {
                    edits.AddRange(EnvFiles(attributes["env_file"], folder));
                    edits.AddRange(Extends(attributes["extends"], folder));
                }
            }
        }

        _risks.AddFile(source.Display, source.Text);
        return Changed(source, edits);
    }

    private static void RefuseIncludes(MappingNode document)
    {
        foreach (IncludeEntry entry in IncludeEntry.Read(document["include"]))
        {
            if (entry.Paths.FirstOrDefault(path => RemoteReference.Of(path) is null) is { } local)
            {
                throw ComposeException.At(
                    ComposeErrorId.NotPublishable, $"The included file '{local}' is on this machine, and it is not published.", "Merge the file into this one, or publish it first and include its oci:// name.",
                    entry.Origin, "include");
            }
        }
    }

    private IEnumerable<(Origin At, string Name)> EnvFiles(Node? envFile, string folder)
    {
        foreach (Node item in envFile switch { SequenceNode list => list.Items, { } one => [one], null => [] })
        {
            if ((item is MappingNode mapping ? mapping["path"] : item) is not ScalarNode { Text.Length: > 0 } path)
            {
                continue;
            }

            string file = Absolute(path.Text, folder);
            string name = NameOf(file) + ".env";
            if (File.Exists(file))
            {
                _envFiles[file] = name;
            }
            else if (item is not MappingNode { } optional || optional["required"] is not ScalarNode { Text: "false" })
            {
                throw ComposeException.At(ComposeErrorId.EnvFileNotFound, $"The environment file '{path.Text}' does not exist.", "Create it, or correct env_file.", path.Origin, "env_file");
            }

            yield return (path.Origin, name);
        }
    }

    private IEnumerable<(Origin At, string Name)> Extends(Node? extends, string folder)
    {
        if ((extends as MappingNode)?["file"] is not ScalarNode { Text.Length: > 0 } path || RemoteReference.Of(path.Text) is not null)
        {
            yield break;
        }

        string file = Absolute(path.Text, folder);
        string name = NameOf(file) + ".yaml";
        _extended[file] = name;
        yield return (path.Origin, name);
    }

    private string Absolute(string path, string folder) =>
        new PathResolution(project.Paths, folder, project.Paths.HomeOf(project.Environment)).Absolute(path);

    // Files of the same name in other folders must not collide.
    private static string NameOf(string path) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(path))).ToLowerInvariant();

    private static string Changed(SourceFile source, List<(Origin At, string Name)> edits)
    {
        if (edits.Count == 0)
        {
            return source.Text;
        }

        string[] lines = source.Text.Split('\n');
        foreach ((Origin at, string name) in edits.OrderByDescending(edit => edit.At.Line).ThenByDescending(edit => edit.At.Column))
        {
            string line = lines.ElementAtOrDefault(at.Line - 1) ?? "";
            if (at.EndColumn <= at.Column || at.EndColumn - 1 > line.Length)
            {
                throw ComposeException.At(ComposeErrorId.NotPublishable, "The path is written over several lines.", "Write the path on one line.", at);
            }

            lines[at.Line - 1] = string.Concat(line.AsSpan(0, at.Column - 1), name, line.AsSpan(at.EndColumn - 1));
        }

        return string.Join('\n', lines);
    }
}
