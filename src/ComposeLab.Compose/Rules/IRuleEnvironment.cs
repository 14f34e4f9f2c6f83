namespace ComposeLab.Compose.Rules;

/// <summary>The data about the machine that rules can query. Every answer may be "unknown": a rule then reports nothing.</summary>
public interface IRuleEnvironment
{
    /// <summary>Gets the git status of a file.</summary>
    /// <param name="path">The absolute path; the file may not exist.</param>
    /// <returns>How git treats it.</returns>
    GitState GitStateOf(string path);

    /// <summary>Reads a small text file.</summary>
    /// <param name="path">The absolute path.</param>
    /// <returns>Its text; null if it is missing, unreadable, too large or not a regular file.</returns>
    string? ReadText(string path);

    /// <summary>Lists the files of a folder, without subfolders.</summary>
    /// <param name="folder">The absolute path.</param>
    /// <returns>Their names in ordinal order; none if the folder does not exist.</returns>
    IReadOnlyList<string> FilesIn(string folder);

    /// <summary>The absolute home folder of the user; null if unknown.</summary>
    string? Home { get; }
}

/// <summary>How git treats a file.</summary>
public enum GitState
{
    /// <summary>Unknown: no git, no repository.</summary>
    Unknown,

    /// <summary>It is committed or staged.</summary>
    Tracked,

    /// <summary>It is ignored and was never added.</summary>
    Ignored,

    /// <summary>It is not ignored: the next <c>git add .</c> adds it.</summary>
    Untracked,
}
