using System.Text.RegularExpressions;
using ComposeLab.Compose.Secrets;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Database.Probing;

/// <summary>The progress of a server's first start, according to its log.</summary>
internal enum FirstStart
{
    /// <summary>It is finished, or the log does not mention it.</summary>
    Over,

    /// <summary>The data directory is being created.</summary>
    Running,

    /// <summary>It ended before the data directory was complete.</summary>
    Failed,
}

/// <summary>Why a server's container exited.</summary>
internal enum StopReason
{
    /// <summary>It was requested, or the reason is unknown.</summary>
    Unknown,

    /// <summary>It was stopped from outside and shut down cleanly.</summary>
    Requested,

    /// <summary>The data is from another major version.</summary>
    OtherMajorVersion,

    /// <summary>The data directory cannot be used by the server's user.</summary>
    DataNotAccessible,

    /// <summary>The data directory is mounted read-only.</summary>
    DataReadOnly,

    /// <summary>The data directory is not empty and contains no database.</summary>
    DataNotEmpty,

    /// <summary>Since version 18 the image uses another data directory.</summary>
    MountPathOfOlderVersion,

    /// <summary>The server rejects the value of a setting.</summary>
    BadSetting,

    /// <summary>The locale does not exist in the image.</summary>
    BadLocale,

    /// <summary>The settings need more memory than available.</summary>
    TooMuchMemory,

    /// <summary>The kernel killed it because it ran out of memory.</summary>
    OutOfMemory,

    /// <summary>No password is set for a new data directory.</summary>
    NoPassword,

    /// <summary>A variable is set both as value and as file.</summary>
    BothForms,

    /// <summary>A file that it needs is missing or cannot be read.</summary>
    FileMissing,

    /// <summary>The certificate or its key cannot be used.</summary>
    BadCertificate,

    /// <summary>The server's program runs as root.</summary>
    RunsAsRoot,

    /// <summary>The disk is full.</summary>
    DiskFull,

    /// <summary>Shared memory is too small.</summary>
    SharedMemoryFull,

    /// <summary>The data is damaged.</summary>
    DataDamaged,

    /// <summary>Its command or a program in it does not exist.</summary>
    BadCommand,
}

/// <summary>The information in the log of a PostgreSQL container. Pure: it only reads the given lines.</summary>
/// <param name="lines">The lines, oldest first.</param>
/// <param name="started">When the container was last started; null if unknown.</param>
/// <param name="now">When the lines were read; null for the time of the last line.</param>
internal sealed partial class ServerLog(IReadOnlyList<LogLine> lines, DateTimeOffset? started, DateTimeOffset? now = null)
{
    // The first match is the reason: causes are listed before their consequences.
    private static readonly (StopReason Reason, Regex Pattern)[] Reasons =
    [
        (StopReason.BothForms, Reason(@"both (?<name>\w+) and \w+ (?:are|is) set")),
        (StopReason.NoPassword, Reason("superuser password is not specified|no superuser password is given|POSTGRESQL_PASSWORD.*(?:empty|must be)|must specify POSTGRES_PASSWORD")),
        (StopReason.MountPathOfOlderVersion, Reason("in 18\\+, these Docker images|Counter to that, there appears to be PostgreSQL data")),
        (StopReason.OtherMajorVersion, Reason(@"database files are incompatible with server|initialized by PostgreSQL version (?<old>[\d.]+),? which is not compatible with this version (?<new>[\d.]+)")),
        (StopReason.SharedMemoryFull, Reason("could not resize shared memory segment.*(?:No space left|Cannot allocate)|shared memory segment.*No space left")),
        (StopReason.DiskFull, Reason("No space left on device|Disk quota exceeded")),
        (StopReason.DataReadOnly, Reason("Read-only file system")),
        (StopReason.RunsAsRoot, Reason("root\"? execution of the PostgreSQL server is not permitted|cannot be run as root")),
        (StopReason.BadCertificate, Reason("could not load (?:server certificate|private key|root certificate)|private key file .* has group or world access|could not access private key")),
        (StopReason.DataNotAccessible, Reason("has wrong ownership|has invalid permissions|Permission denied|Operation not permitted|could not change (?:permissions|owner)|could not look up effective user|could not access directory|could not create directory")),
        (StopReason.TooMuchMemory, Reason("could not map anonymous shared memory|could not create shared memory segment|could not map .*Cannot allocate memory|out of memory")),
        (StopReason.BadSetting, Reason("""invalid value for parameter "(?<name>[\w.]+)"|unrecognized configuration parameter "(?<name>[\w.]+)"|parameter "(?<name>[\w.]+)" (?:requires|must be|cannot be)|[\d.]+ ?\w* is outside the valid range for parameter "(?<name>[\w.]+)"|configuration file .* contains errors|invalid argument: |syntax error in file|could not load .*pg_hba|must be less than|WAL archival cannot|could not access file \"(?<name>[\w./$]+)\": No such file""")),
        (StopReason.BadLocale, Reason("invalid locale (?:name|settings)|locale name .* (?:is )?(?:invalid|unrecognized)|could not find suitable (?:text search|encoding)|encoding mismatch|LC_COLLATE|lc_messages")),
        (StopReason.DataNotEmpty, Reason("exists but is not empty|contains a lost\\+found|dot-prefixed/invisible file")),
        (StopReason.DataDamaged, Reason("could not locate a valid checkpoint record|invalid checkpoint record|could not read file|invalid page|incorrect checksum|could not find redo location|global/pg_control")),
        (StopReason.FileMissing, Reason("could not open (?:configuration )?file|cannot open|can't open|No such file or directory|does not exist or cannot be read")),
        (StopReason.BadCommand, Reason("executable file not found|exec format error|not found$|unrecognized option|invalid option")),
    ];

    private readonly string[] _texts = [.. lines.Select(line => Clean(line.Text))];

    private static Regex Reason(string pattern) => new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The progress of the first start.</summary>
    /// <param name="runs">Whether the container runs.</param>
    /// <returns>The state.</returns>
    public FirstStart FirstStartOf(bool runs)
    {
        int begin = Array.FindLastIndex(_texts, text => text.Contains("files belonging to this database system will be owned by", StringComparison.Ordinal)
            || text.Contains("Initializing PostgreSQL database", StringComparison.Ordinal));
        if (begin < 0 || _texts.Skip(begin).Any(text => text.Contains("init process complete", StringComparison.Ordinal) || text.Contains("PostgreSQL setup finished", StringComparison.Ordinal)))
        {
            return FirstStart.Over;
        }

        return runs && IsOfThisRun(lines[begin]) ? FirstStart.Running : IsFilling(begin) ? FirstStart.Failed : FirstStart.Over;
    }

    /// <summary>The last activity of the first start: the script it ran, if the log contains it.</summary>
    /// <returns>The script; null if the log does not contain one.</returns>
    public string? LastScript => _texts.Select(text => Script().Match(text)).LastOrDefault(match => match.Success)?.Groups["file"].Value;

    /// <summary>Why the container exited.</summary>
    /// <param name="exitCode">The exit code.</param>
    /// <param name="isOutOfMemory">Whether the kernel killed it.</param>
    /// <returns>The reason, its line, and the setting or variable in the line.</returns>
    public (StopReason Reason, string Line, Match? Match) WhyStopped(int exitCode, bool isOutOfMemory)
    {
        if (isOutOfMemory)
        {
            return (StopReason.OutOfMemory, "", null);
        }

        string[] run = [.. lines.Where(IsOfThisRun).Select(line => Clean(line.Text))];
        if (exitCode == 0 || (run.Any(text => text.Contains("database system is shut down", StringComparison.Ordinal)) && !run.Any(text => Severe().IsMatch(text) && !IsNoise(text))))
        {
            return (StopReason.Requested, "", null);
        }

        string[] said = [.. run.Where(text => !IsClientFault(text))];
        foreach ((StopReason reason, Regex pattern) in Reasons)
        {
            if (said.Select(text => (text, pattern.Match(text))).LastOrDefault(found => found.Item2.Success) is { text: { } text } match)
            {
                return (reason, text, match.Item2);
            }
        }

        return (StopReason.Unknown, ErrorIn(said), null);
    }

    /// <summary>The last error in the log, or its last line.</summary>
    /// <returns>The line without time and process number; empty for an empty log.</returns>
    public string LastError => ErrorIn([.. lines.Where(IsOfThisRun).Select(line => Clean(line.Text))]);

    /// <summary>The first error since the first start began: the reason why an init script failed.</summary>
    /// <returns>The line; empty if there is none.</returns>
    public string FirstStartError
    {
        get
        {
            int begin = Array.FindLastIndex(_texts, text => text.Contains("files belonging to this database system", StringComparison.Ordinal));
            return _texts.Skip(Math.Max(begin, 0)).FirstOrDefault(text => Severe().IsMatch(text) && !IsNoise(text)) ?? LastError;
        }
    }

    /// <summary>The last line that matches a pattern and is recent enough.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="age">The maximum age, counted from when the lines were read.</param>
    /// <param name="since">Only lines since then; null for all.</param>
    /// <returns>The match; null if there is none.</returns>
    public Match? Recent(Regex pattern, TimeSpan age, DateTimeOffset? since = null)
    {
        for (int index = lines.Count - 1; index >= 0 && (now ?? lines[^1].Time) - lines[index].Time <= age && IsOfThisRun(lines[index]) && !(lines[index].Time < since); index--)
        {
            if (pattern.Match(_texts[index]) is { Success: true } match)
            {
                return match;
            }
        }

        return null;
    }

    private bool IsOfThisRun(LogLine line) => started is not { } begin || line.Time >= begin - TimeSpan.FromSeconds(1);

    // Until initdb is done, there is no incomplete directory: it removes its files.
    private bool IsFilling(int begin) => _texts.Skip(begin).Any(text =>
        text.Contains("You can now start the database server", StringComparison.Ordinal) || text.Contains("waiting for server to start", StringComparison.Ordinal) || text.Contains("docker-entrypoint-initdb.d", StringComparison.Ordinal));

    private static string ErrorIn(string[] texts) =>
        Array.FindLast(texts, text => Severe().IsMatch(text) && !IsNoise(text)) ?? Array.FindLast(texts, text => text.Length > 0 && !IsNoise(text)) ?? "";

    private static bool IsClientFault(string text) => text.Contains("password authentication failed", StringComparison.Ordinal) || text.Contains("pg_hba.conf entry", StringComparison.Ordinal)
        || text.StartsWith("STATEMENT:", StringComparison.Ordinal) || text.StartsWith("DETAIL:", StringComparison.Ordinal) && text.Contains("pg_hba.conf", StringComparison.Ordinal);

    private static bool IsNoise(string text) => Noise().IsMatch(text);

    // Each line of the server starts with a time and its process. Secrets in the text are masked.
    private static string Clean(string text) => SecretMask.Standard.MaskText(Prefix().Replace(text, "").Trim());

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? \S+ \[\d+\] (?:\S+@\S+ )?", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"\b(?:ERROR|FATAL|PANIC)\b|\b[Ee]rror:|^initdb:|^chown:|^chmod:|^mkdir:|denied", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Severe();

    [GeneratedRegex(@"system is (?:starting up|shutting down|shut down)|due to administrator command|is not yet accepting|STATEMENT:|^HINT:|^DETAIL:|^LINE \d|^\^$|stopped waiting|examine the log", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Noise();

    [GeneratedRegex(@"(?:running|sourcing|ignoring) (?<file>/docker-entrypoint-initdb\.d/\S+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Script();
}
