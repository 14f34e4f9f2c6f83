namespace ComposeLab.HelpBuilder;

/// <summary>Where help lies in the repository, and what belongs there.</summary>
public static class HelpFiles
{
    /// <summary>Path of the MAML file below the root. Help is found beside the manifest only, and by the name of the assembly that holds the cmdlets.</summary>
    public const string Maml = "en-US/ComposeLab.Cmdlets.dll-Help.xml";

    /// <summary>Folder of the Markdown pages below the root.</summary>
    public const string Pages = "docs/cmdlets";

    /// <summary>Every help file by its path below the root.</summary>
    /// <param name="commands">The commands, in the order of the pages.</param>
    public static IReadOnlyDictionary<string, string> Render(IReadOnlyList<CommandHelp> commands)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal) { [Maml] = MamlWriter.Write(commands) };
        foreach (var command in commands)
        {
            files[$"{Pages}/{command.Name}.md"] = MarkdownWriter.Write(command);
        }

        return files;
    }

    /// <summary>Writes every help file and removes pages of commands that are gone.</summary>
    /// <param name="root">The repository's top folder.</param>
    /// <param name="commands">The commands.</param>
    public static void Write(string root, IReadOnlyList<CommandHelp> commands)
    {
        var files = Render(commands);
        Directory.CreateDirectory(Path.Combine(root, Pages));
        Directory.CreateDirectory(Path.Combine(root, Path.GetDirectoryName(Maml)!));

        foreach (var page in Directory.EnumerateFiles(Path.Combine(root, Pages), "*.md"))
        {
            if (!files.ContainsKey($"{Pages}/{Path.GetFileName(page)}"))
            {
                File.Delete(page);
            }
        }

        foreach (var (path, text) in files)
        {
            File.WriteAllText(Path.Combine(root, path), text);
        }
    }
}
