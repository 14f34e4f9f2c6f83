namespace ComposeLab.Compose.Rules;

/// <summary>What rules may ask about the machine. Every answer may be "unknown": a rule then stays silent.</summary>
public interface IRuleWorld
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
