namespace ComposeLab.Compose.Rules;

/// <summary>What rules may ask about the machine. Every answer may be "unknown": a rule then reports nothing.</summary>
public interface IRuleEnvironment
{
    /// <summary>Asks git about a file.</summary>
    /// <param name="path">The absolute path; it need not exist.</param>
    /// <returns>What git does with it.</returns>
    GitState GitStateOf(string path);

    /// <summary>Reads a small text file.</summary>
    /// <param name="path">The absolute path.</param>
    /// <returns>Its text; null when it is missing, unreadable, large or no ordinary file.</returns>
    string? ReadText(string path);

    /// <summary>Lists the files of a folder, not those below.</summary>
    /// <param name="folder">The absolute path.</param>
    /// <returns>Their names in ordinal order; none when there is no such folder.</returns>
    IReadOnlyList<string> FilesIn(string folder);

    /// <summary>The absolute home folder of the user; null when unknown.</summary>
    string? Home { get; }
}

/// <summary>What git does with a file.</summary>
public enum GitState
{
    /// <summary>Nothing is known: no git, no repository.</summary>
    Unknown,

    /// <summary>It is committed or staged.</summary>
    Tracked,

    /// <summary>It is ignored and was never added.</summary>
    Ignored,

    /// <summary>It is not ignored: the next <c>git add .</c> takes it in.</summary>
    Untracked,
}
