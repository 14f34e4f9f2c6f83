using System.Text.RegularExpressions;
using ComposeLab.Compose.Secrets;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Database.Probing;

/// <summary>How far a server's first start has come, as its log tells.</summary>
internal enum FirstStart
{
    /// <summary>It is over, or the log tells nothing of it.</summary>
    Over,

    /// <summary>The data directory is being filled.</summary>
    Running,

    /// <summary>It ended before the data directory was filled.</summary>
    Failed,
}

/// <summary>Why a server's container ended.</summary>
internal enum StopReason
{
    /// <summary>It was told to, or nothing tells why.</summary>
    Unknown,

    /// <summary>It was stopped from outside and ended in order.</summary>
    Requested,

    /// <summary>The data is of another major version.</summary>
    OtherMajorVersion,

    /// <summary>The data directory cannot be used by the server's user.</summary>
    DataNotAccessible,

    /// <summary>The data directory is mounted read-only.</summary>
    DataReadOnly,

    /// <summary>The data directory is not empty and holds no database.</summary>
    DataNotEmpty,

    /// <summary>The image keeps data elsewhere since version 18.</summary>
    MountPathOfOlderVersion,

    /// <summary>A setting has a value that the server refuses.</summary>
    BadSetting,

    /// <summary>The locale does not exist in the image.</summary>
    BadLocale,

    /// <summary>There is less memory than the settings ask for.</summary>
    TooMuchMemory,

    /// <summary>The kernel ended it for lack of memory.</summary>
    OutOfMemory,

    /// <summary>No password is given for a new data directory.</summary>
    NoPassword,

    /// <summary>A variable is given both as value and as file.</summary>
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

/// <summary>What the log of a PostgreSQL container tells. Pure: it gets lines and reads them.</summary>
/// <param name="lines">The lines, oldest first.</param>
/// <param name="started">When the container was last started; null when unknown.</param>
internal sealed partial class ServerLog(IReadOnlyList<LogLine> lines, DateTimeOffset? started)
{
    // The first that fits is the reason: what explains more stands before what it leads to.
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

    /// <summary>How far the first start has come.</summary>
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

    /// <summary>What the first start was doing last: the script it ran, where the log names one.</summary>
    /// <returns>The script; null where the log names none.</returns>
    public string? LastScript => _texts.Select(text => Script().Match(text)).LastOrDefault(match => match.Success)?.Groups["file"].Value;

    /// <summary>Why the container ended.</summary>
    /// <param name="exitCode">The exit code.</param>
    /// <param name="isOutOfMemory">Whether the kernel ended it.</param>
    /// <returns>The reason, the line that tells it, and the setting or variable that the line names.</returns>
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

    /// <summary>The last error of the log, else its last line.</summary>
    /// <returns>The line without time and number; empty where the log is.</returns>
    public string LastError => ErrorIn([.. lines.Where(IsOfThisRun).Select(line => Clean(line.Text))]);

    /// <summary>The first error since the first start began: what made an init script fail.</summary>
    /// <returns>The line; empty where there is none.</returns>
    public string FirstStartError
    {
        get
        {
            int begin = Array.FindLastIndex(_texts, text => text.Contains("files belonging to this database system", StringComparison.Ordinal));
            return _texts.Skip(Math.Max(begin, 0)).FirstOrDefault(text => Severe().IsMatch(text) && !IsNoise(text)) ?? LastError;
        }
    }

    /// <summary>The last line that fits a pattern and is younger than a time.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="age">The oldest it may be, counted from the last line.</param>
    /// <returns>The match; null where none fits.</returns>
    public Match? Recent(Regex pattern, TimeSpan age)
    {
        for (int index = lines.Count - 1; index >= 0 && lines[^1].Time - lines[index].Time <= age && IsOfThisRun(lines[index]); index--)
        {
            if (pattern.Match(_texts[index]) is { Success: true } match)
            {
                return match;
            }
        }

        return null;
    }

    private bool IsOfThisRun(LogLine line) => started is not { } begin || line.Time >= begin - TimeSpan.FromSeconds(1);

    // Until initdb is done there is nothing half filled: it removes what it made.
    private bool IsFilling(int begin) => _texts.Skip(begin).Any(text =>
        text.Contains("You can now start the database server", StringComparison.Ordinal) || text.Contains("waiting for server to start", StringComparison.Ordinal) || text.Contains("docker-entrypoint-initdb.d", StringComparison.Ordinal));

    private static string ErrorIn(string[] texts) =>
        Array.FindLast(texts, text => Severe().IsMatch(text) && !IsNoise(text)) ?? Array.FindLast(texts, text => text.Length > 0 && !IsNoise(text)) ?? "";

    private static bool IsClientFault(string text) => text.Contains("password authentication failed", StringComparison.Ordinal) || text.Contains("pg_hba.conf entry", StringComparison.Ordinal)
        || text.StartsWith("STATEMENT:", StringComparison.Ordinal) || text.StartsWith("DETAIL:", StringComparison.Ordinal) && text.Contains("pg_hba.conf", StringComparison.Ordinal);

    private static bool IsNoise(string text) => Noise().IsMatch(text);

    // Each line of the server begins with a time and its process; what is secret in its words stays hidden.
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
