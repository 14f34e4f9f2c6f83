namespace ComposeLab.Engine.Images.Caching;

/// <summary>Knows files by their names: which hold code, which name dependencies, and how a comment is written in them.</summary>
internal static class FileKinds
{
    // The more a file is only about dependencies, the earlier it stands; lock files come last, because tools check them.
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

    /// <summary>How well a file's name suits one that names dependencies.</summary>
    /// <param name="path">The file.</param>
    /// <returns>A rank, 0 being the best; null if it names none.</returns>
    public static int? ManifestRank(string path)
    {
        string name = Path.GetFileName(path);
        int rank = Array.FindIndex(Manifests, pattern => pattern.StartsWith('*')
            ? name.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
            : name.Equals(pattern, StringComparison.OrdinalIgnoreCase));
        return rank < 0 ? null : rank;
    }

    /// <summary>How well a file's name suits one of code.</summary>
    /// <param name="path">The file.</param>
    /// <returns>A rank, 0 being the best; null if it holds no code.</returns>
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

    /// <summary>What to append to a file so that its content changes and its meaning does not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mark">Words for a comment, unlike those of any earlier change.</param>
    /// <returns>A comment line; white space where the kind of file has no comments, of a length that depends on the mark.</returns>
    public static string Harmless(string path, string mark)
    {
        if (Comments.TryGetValue(Path.GetExtension(path), out string? comment) || (Path.GetFileName(path) is "Gemfile" or "Dockerfile" && (comment = "# {0}") is not null))
        {
            return $"\n{comment.Replace("{0}", mark, StringComparison.Ordinal)}\n";
        }

        // Spaces and tabs spell the mark, so that no earlier build saw the same file.
        return string.Concat(mark.Select(letter => (letter & 1) == 0 ? ' ' : '\t')) + "\n";
    }

    private static Dictionary<string, string> Table(params (string Comment, string Extensions)[] rows) =>
        rows.SelectMany(row => row.Extensions.Split(' ').Select(extension => (extension, row.Comment)))
            .ToDictionary(pair => pair.extension, pair => pair.Comment, StringComparer.OrdinalIgnoreCase);
}
