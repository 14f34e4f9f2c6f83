using System.Management.Automation;

namespace ComposeLab.Shell.Specs;

/// <summary>
/// The folder behind <c>$TestDrive</c> and <c>TestDrive:</c>: new for each file, and after each block back to what it held
/// before that block.
/// </summary>
internal sealed class SpecDrive
{
    private const string Name = "TestDrive";
    private DirectoryInfo? _folder;

    /// <summary>Makes the folder for a file, or remembers what it holds as a block begins.</summary>
    /// <param name="session">Where drive and variable are defined.</param>
    /// <param name="block">The file or block.</param>
    public void Enter(SessionState session, SpecBlock block)
    {
        if (!block.IsRoot)
        {
            block.DriveContent.UnionWith(Entries());
            return;
        }

        _folder = Directory.CreateTempSubdirectory("composelab-spec-");
        session.Drive.New(new PSDriveInfo(Name, session.Provider.GetOne("FileSystem"), _folder.FullName, "The spec's own files.", null), "global");
        session.PSVariable.Set(new PSVariable($"global:{Name}", _folder));
    }

    /// <summary>Removes what the block left behind, and with a file the folder itself.</summary>
    /// <param name="session">Where drive and variable are defined.</param>
    /// <param name="block">The file or block.</param>
    public void Leave(SessionState session, SpecBlock block)
    {
        if (!block.IsRoot)
        {
            foreach (var entry in Entries().Where(entry => !block.DriveContent.Contains(entry)).OrderBy(entry => entry.Length))
            {
                Remove(entry);
            }

            return;
        }

        session.Drive.Remove(Name, force: true, "global");
        Remove(_folder!.FullName);
    }

    private static void Remove(string path)
    {
        if (Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null)
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }

    private IEnumerable<string> Entries() =>
        [.. Directory.EnumerateFileSystemEntries(_folder!.FullName, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })];
}
