namespace ComposeLab.Engine.Images.Caching;

/// <summary>Classifies files by their names: code files, dependency files, and their comment syntax.</summary>
internal static class FileKinds
{
    // Files that contain only dependencies come first; lock files come last, because tools check them.
    private static readonly string[] Manifests =
    [
        "Directory.Packages.props", "package.json", "requirements.txt", "pyproject.toml", "go.mod", "Cargo.toml", "pom.xml", "build.gradle", "build.gradle.kts",
        "Gemfile", "composer.json", "mix.exs", "deno.json", "setup.py", "*.csproj", "*.fsproj", "*.vbproj", "packages.lock.json", "package-lock.json",
    ];

    private static readonly string[] EntryPoints = ["program", "main", "app", "index", "server", "lib"];

    private static readonly Dictionary<string, string> Comments = Table(
        ("// {0}", ".cs .fs .fsx .js .mjs .cjs .ts .tsx .jsx .go .rs .java .kt .kts .scala .swift .c .h .cc .cpp .hpp .php .dart .gradle .mod .groovy .zig"),
        ("# {0}", ".py .rb .sh .bash .toml .txt .yaml .yml .pl .r .ex .exs .cr .jl .tf .ps1 .nim .properties"),
        ("<!-- {0} -->", ".csproj .fsproj .vbproj .props .targets .xml .html .vue .svelte .xaml .razor"),
        ("-- {0}", ".sql .lua .hs .elm"),
        ("/* {0} */", ".css .scss .less"),
        ("' {0}", ".vb"),
        ("; {0}", ".clj .ini"),
        ("% {0}", ".erl"));

    private static readonly HashSet<string> NotCode = new(StringComparer.OrdinalIgnoreCase)
    {
        ".txt", ".toml", ".yaml", ".yml", ".properties", ".xml", ".props", ".targets", ".csproj", ".fsproj", ".vbproj", ".gradle", ".mod", ".ini", ".html", ".css", ".sh", ".ps1",
    };

    /// <summary>Ranks a file name as a dependency file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The rank, 0 for the best; null if it is not a dependency file.</returns>
    public static int? ManifestRank(string path)
    {
        string name = Path.GetFileName(path);
        int rank = Array.FindIndex(Manifests, pattern => pattern.StartsWith('*')
            ? name.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
            : name.Equals(pattern, StringComparison.OrdinalIgnoreCase));
        return rank < 0 ? null : rank;
    }

    /// <summary>Ranks a file name as a code file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The rank, 0 for the best; null if it is not a code file.</returns>
    public static int? CodeRank(string path)
    {
        string extension = Path.GetExtension(path);
        if (ManifestRank(path) is not null || !Comments.ContainsKey(extension) || NotCode.Contains(extension))
        {
            return null;
        }

        int rank = Array.IndexOf(EntryPoints, Path.GetFileNameWithoutExtension(path).ToLowerInvariant());
        return rank < 0 ? EntryPoints.Length : rank;
    }

    /// <summary>Creates text to append to a file that changes its content but not its meaning.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mark">Text for a comment, different for each change.</param>
    /// <returns>A comment line; or white space that depends on the mark, if the file type has no comments.</returns>
    public static string Harmless(string path, string mark)
    {
        if (Comments.TryGetValue(Path.GetExtension(path), out string? comment) || (Path.GetFileName(path) is "Gemfile" or "Dockerfile" && (comment = "# {0}") is not null))
        {
            return $"\n{comment.Replace("{0}", mark, StringComparison.Ordinal)}\n";
        }

        // Spaces and tabs encode the mark, so that no earlier build had the same file.
        return string.Concat(mark.Select(letter => (letter & 1) == 0 ? ' ' : '\t')) + "\n";
    }

    private static Dictionary<string, string> Table(params (string Comment, string Extensions)[] rows) =>
        rows.SelectMany(row => row.Extensions.Split(' ').Select(extension => (extension, row.Comment)))
            .ToDictionary(pair => pair.extension, pair => pair.Comment, StringComparer.OrdinalIgnoreCase);
}
