namespace ComposeLab.HelpBuilder;

/// <summary>The help files in the repository.</summary>
public static class HelpFiles
{
    /// <summary>Path of the MAML file below the root. PowerShell finds help only next to the manifest, by the name of the cmdlet assembly.</summary>
    public const string Maml = "en-US/ComposeLab.Cmdlets.dll-Help.xml";

    /// <summary>Folder of the Markdown pages below the root.</summary>
    public const string Pages = "docs/cmdlets";

    /// <summary>Every help file by its path below the root.</summary>
    /// <param name="commands">The commands, in the order of the pages.</param>
    public static IReadOnlyDictionary<string, string> Render(IReadOnlyList<CommandHelp> commands)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [Maml] = MamlWriter.Write(commands),
            [$"{Pages}/README.md"] = MarkdownWriter.WriteIndex(commands),
        };
        foreach (var command in commands)
        {
            files[$"{Pages}/{command.Name}.md"] = MarkdownWriter.Write(command);
        }

        return files;
    }

    /// <summary>Writes every help file that is not current and removes pages of commands that are gone.</summary>
    /// <param name="root">The repository's top folder.</param>
    /// <param name="commands">The commands.</param>
    /// <returns>The paths of what changed, below the root.</returns>
    public static IReadOnlyList<string> Write(string root, IReadOnlyList<CommandHelp> commands)
    {
        var changed = Stale(root, commands);
        var files = Render(commands);
        foreach (var path in changed)
        {
            var full = Path.Combine(root, path);
            if (files.TryGetValue(path, out var text))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(full)!);
                File.WriteAllText(full, text);
            }
            else
            {
                File.Delete(full);
            }
        }

        return changed;
    }

    /// <summary>The help files that are missing, out of date, or of commands that are gone.</summary>
    /// <param name="root">The repository's top folder.</param>
    /// <param name="commands">The commands.</param>
    /// <returns>Their paths below the root.</returns>
    public static IReadOnlyList<string> Stale(string root, IReadOnlyList<CommandHelp> commands)
    {
        var files = Render(commands);
        var pages = Path.Combine(root, Pages);
        var there = Directory.Exists(pages) ? Directory.EnumerateFiles(pages, "*.md").Select(page => $"{Pages}/{Path.GetFileName(page)}") : [];
        return
        [
            .. files.Where(file => Read(Path.Combine(root, file.Key)) != file.Value).Select(file => file.Key),
            .. there.Where(page => !files.ContainsKey(page)),
        ];
    }

    private static string? Read(string path) => File.Exists(path) ? File.ReadAllText(path) : null;
}
