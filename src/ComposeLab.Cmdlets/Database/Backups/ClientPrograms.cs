using System.Globalization;
using System.Text.RegularExpressions;
using ComposeLab.Database.Logins;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Database.Backups;

/// <summary>PostgreSQL's client programs of one version, in a container.</summary>
/// <param name="Major">Their major version.</param>
/// <param name="Paths">The paths by name, such as <c>pg_dump</c>.</param>
internal sealed partial record ClientPrograms(int Major, IReadOnlyDictionary<string, string> Paths)
{
    /// <summary>The program that writes a database.</summary>
    public const string Dump = "pg_dump";

    /// <summary>The program that writes roles and tablespaces.</summary>
    public const string DumpAll = "pg_dumpall";

    /// <summary>The program that restores every format but SQL.</summary>
    public const string Restore = "pg_restore";

    /// <summary>The program that runs SQL.</summary>
    public const string Sql = "psql";

    private const int LockLimitSeconds = 60;
    private const string Scratch = "d=$(mktemp -d) && trap 'rm -rf \"$d\"' EXIT && trap 'exit 143' TERM INT";

    /// <summary>Lists the programs in a container, with the folders of common images.</summary>
    public static ExecSpec Search { get; } = new()
    {
        Command =
        [
            "sh", "-c",
            """
            for name in pg_dump pg_dumpall pg_restore psql; do
                for file in "$(command -v $name)" /usr/lib/postgresql/*/bin/$name /usr/local/bin/$name /opt/bitnami/postgresql/bin/$name /usr/pgsql-*/bin/$name /usr/local/pgsql/bin/$name; do
                    [ -x "$file" ] || continue
                    echo "$name $file $("$file" --version 2>/dev/null)"
                done
            done
            """,
        ],
    };

    /// <summary>Selects programs from the output of <see cref="Search"/>.</summary>
    /// <param name="listing">The output.</param>
    /// <param name="oldest">The oldest major version that can be used: that of the server, or of the program that wrote a backup.</param>
    /// <param name="names">The programs that are needed.</param>
    /// <returns>The programs of the oldest version that fits; null if there is none.</returns>
    public static ClientPrograms? Select(string listing, int oldest, IReadOnlyCollection<string> names) => Line().Matches(listing)
        .Select(line => (Name: line.Groups["name"].Value, Path: line.Groups["path"].Value, Major: int.Parse(line.Groups["major"].Value, CultureInfo.InvariantCulture)))
        .Where(found => found.Major >= oldest)
        .GroupBy(found => found.Major)
        .OrderBy(version => version.Key)
        .Select(version => new ClientPrograms(
            version.Key, version.GroupBy(found => found.Name, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First().Path, StringComparer.Ordinal)))
        .FirstOrDefault(programs => names.All(programs.Paths.ContainsKey));

    /// <summary>Selects images that probably contain the programs: those of PostgreSQL, by their name and version.</summary>
    /// <param name="images">The names and environments of images.</param>
    /// <param name="oldest">The oldest major version that can be used.</param>
    /// <returns>The names, best first.</returns>
    public static IReadOnlyList<string> Images(IEnumerable<(string Name, IReadOnlyList<string> Environment)> images, int oldest) =>
        [.. images.Select(image => (image.Name, Major: MajorOf(image.Environment)))
            .Where(image => image.Major >= oldest)
            .OrderBy(image => image.Major).ThenBy(image => image.Name.Length).ThenBy(image => image.Name, StringComparer.Ordinal)
            .Select(image => image.Name)];

    /// <summary>Reads the major version that an image of PostgreSQL sets.</summary>
    /// <param name="environment">The variables of the image, as <c>NAME=value</c>.</param>
    /// <returns>The version; null if it is not set.</returns>
    public static int? MajorOf(IReadOnlyList<string> environment) => environment
        .Select(pair => MajorVariable().Match(pair)).Where(found => found.Success)
        .Select(found => (int?)int.Parse(found.Groups["major"].Value, CultureInfo.InvariantCulture)).FirstOrDefault();

    /// <summary>Creates a command for one of the programs. The password is in its environment, never in its arguments.</summary>
    /// <param name="program">The program's name.</param>
    /// <param name="login">The login; the server is reached on loopback.</param>
    /// <param name="arguments">The arguments besides the login.</param>
    /// <param name="database">The database; null for none.</param>
    /// <param name="input">Whether the program reads standard input.</param>
    /// <returns>The command.</returns>
    public ExecSpec Command(string program, DatabaseLogin login, IEnumerable<string> arguments, string? database = null, bool input = false) => new()
    {
        Command =
        [
            Paths[program], "--no-password", "--host=127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"--port={login.Port}"), $"--username={login.User}",
            .. database is null ? Array.Empty<string>() : [$"--dbname={Connection(database)}"], .. arguments,
        ],
        // Messages are read, so they must be English.
        Environment = ["LC_ALL=C", "PGOPTIONS=", .. login.Password is { } password ? new[] { "PGPASSWORD=" + password } : []],
        Input = input,
    };

    /// <summary>Lets pg_dump write a directory, which it can do to a disk only, and writes it as an archive.</summary>
    /// <param name="dump">The command of pg_dump.</param>
    /// <returns>The command.</returns>
    public static ExecSpec Packed(ExecSpec dump) => dump with { Command = ["sh", "-c", $"{Scratch} && \"$@\" --file=\"$d/dump\" && tar -C \"$d/dump\" -cf - .", "dump", .. dump.Command] };

    /// <summary>Lets pg_restore read a directory that arrives as an archive.</summary>
    /// <param name="restore">The command of pg_restore.</param>
    /// <returns>The command.</returns>
    public static ExecSpec Unpacking(ExecSpec restore) => restore with { Command = ["sh", "-c", $"{Scratch} && tar -C \"$d\" -xf - && \"$@\" \"$d\"", "restore", .. restore.Command] };

    /// <summary>The arguments of pg_dump besides the login.</summary>
    /// <param name="choice">What is backed up.</param>
    /// <param name="snapshot">The exported snapshot.</param>
    /// <param name="excluded">Tables and other relations that are left out.</param>
    /// <returns>The arguments.</returns>
    public static IReadOnlyList<string> DumpArguments(BackupChoice choice, string snapshot, IReadOnlyList<TableFacts> excluded) =>
    [
        $"--format={choice.Format.ToString().ToLowerInvariant()}",
        $"--snapshot={snapshot}",
        string.Create(CultureInfo.InvariantCulture, $"--lock-wait-timeout={LockLimitSeconds * 1000}"),
        "--verbose",
        .. choice.Compress is { } compress ? [$"--compress={compress}"] : Array.Empty<string>(),
        .. choice.SchemaOnly ? ["--schema-only"] : Array.Empty<string>(),
        .. excluded.Select(table => $"--exclude-table={Queries.SqlQuote.Name(table.Schema)}.{Queries.SqlQuote.Name(table.Name)}"),
    ];

    /// <summary>The arguments of pg_restore besides the login.</summary>
    /// <param name="withoutRoles">Whether everything belongs to the role that restores, without privileges of others.</param>
    /// <returns>The arguments.</returns>
    public static IReadOnlyList<string> RestoreArguments(bool withoutRoles) => ["--verbose", .. withoutRoles ? ["--no-owner", "--no-privileges"] : Array.Empty<string>()];

    /// <summary>The arguments of psql besides the login, to run what it reads.</summary>
    public static IReadOnlyList<string> SqlArguments { get; } = ["--no-psqlrc", "--quiet", "--output=/dev/null", "--set=VERBOSITY=terse", "--file=-"];

    // A name with an equals sign would be read as a connection string.
    private static string Connection(string database) =>
        $"dbname='{database.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^(?<name>\w+) (?<path>/\S+) .*\(PostgreSQL\) (?<major>\d{1,3})\b", RegexOptions.CultureInvariant | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();

    [GeneratedRegex(@"^(?:PG_MAJOR|APP_VERSION)=(?<major>\d{1,3})\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MajorVariable();
}

/// <summary>What a backup contains.</summary>
internal sealed record BackupChoice
{
    /// <summary>The format.</summary>
    public LabDbBackupFormat Format { get; init; }

    /// <summary>The compression in pg_dump's terms, such as <c>zstd:3</c>; null for the default of the format.</summary>
    public string? Compress { get; init; }

    /// <summary>Whether it contains definitions only.</summary>
    public bool SchemaOnly { get; init; }

    /// <summary>Patterns of tables that are left out.</summary>
    public IReadOnlyList<string> ExcludedTables { get; init; } = [];

    /// <summary>Whether roles and tablespaces are backed up too.</summary>
    public bool Globals { get; init; }
}
