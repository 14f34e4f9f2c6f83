using System.Text.RegularExpressions;

namespace ComposeLab.Compose.Rules.Builds;

/// <summary>A package list without exact versions.</summary>
/// <param name="File">Its absolute path.</param>
/// <param name="Line">The first line at fault, from 1.</param>
/// <param name="Fault">The problem, as a clause after the file name.</param>
/// <param name="Remedy">The fix.</param>
internal sealed partial record PackageManifest(string File, int Line, string Fault, string Remedy)
{
    private static readonly (string Manifest, string[] Locks, string Remedy)[] Managers =
    [
        ("package.json", ["package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb"], "npm install --package-lock-only, and npm ci in the Dockerfile"),
        ("Pipfile", ["Pipfile.lock"], "pipenv lock"),
        ("Gemfile", ["Gemfile.lock"], "bundle lock"),
        ("Cargo.toml", ["Cargo.lock"], "cargo generate-lockfile"),
        ("go.mod", ["go.sum"], "go mod tidy"),
        ("composer.json", ["composer.lock"], "composer update --lock"),
        ("mix.exs", ["mix.lock"], "mix deps.get"),
    ];

    /// <summary>Checks the manifests of a folder.</summary>
    /// <param name="folder">The absolute path of a build context.</param>
    /// <param name="environment">The machine.</param>
    public static IEnumerable<PackageManifest> In(string folder, IRuleEnvironment environment)
    {
        IReadOnlyList<string> files = environment.FilesIn(folder);
        foreach ((string name, string[] locks, string remedy) in Managers)
        {
            if (files.Contains(name) && !locks.Any(files.Contains) && Depends(name, environment.ReadText(Path.Combine(folder, name)) ?? ""))
            {
                yield return new PackageManifest(Path.Combine(folder, name), 1, $"has no lock file ({locks[0]})", remedy);
            }
        }

        foreach (string name in files.Where(file => Requirements().IsMatch(file)))
        {
            string file = Path.Combine(folder, name);
            if (Loose(environment.ReadText(file) ?? "") is { } loose)
            {
                yield return new PackageManifest(file, loose.Line, $"has no exact version of {loose.What}", "Run pip freeze to list the versions in use, and write them as name==version");
            }
        }
    }

    private static bool Depends(string manifest, string text) => manifest switch
    {
        "package.json" => PackageJsonDependencies().IsMatch(text),
        "go.mod" => text.Contains("require", StringComparison.Ordinal),
        "Cargo.toml" => CargoDependencies().IsMatch(text),
        _ => text.Length > 0,
    };

    private static (int Line, string What)? Loose(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        (int Line, string Name)[] loose = lines
            .Select((line, index) => (Line: index + 1, Name: Package().Match(line).Groups["name"].Value, Text: line))
            .Where(entry => entry.Name.Length > 0 && !Exact().IsMatch(entry.Text))
            .Select(entry => (entry.Line, entry.Name))
            .ToArray();
        return loose.Length switch
        {
            0 => null,
            1 => (loose[0].Line, loose[0].Name),
            _ => (loose[0].Line, $"{loose[0].Name} and {loose.Length - 1} more"),
        };
    }

    [GeneratedRegex(@"^requirements[\w.-]*\.txt$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Requirements();

    [GeneratedRegex(@"^\s*(?<name>[A-Za-z0-9][\w.-]*)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Package();

    [GeneratedRegex(@"===?\s*[\w.]|\s@\s|://", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Exact();

    [GeneratedRegex(@"""(?:dev|peer|optional)?[dD]ependencies""\s*:\s*\{\s*""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PackageJsonDependencies();

    [GeneratedRegex(@"^\[(?:[\w.'""-]+\.)?(?:dev-|build-)?dependencies(?:\.|\])", RegexOptions.CultureInvariant | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CargoDependencies();
}
