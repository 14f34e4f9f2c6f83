namespace ComposeLab.Compose.Files;

/// <summary>Deletes folders with read-only files, which git and copies of read-only files leave behind. Windows deletes no such file.</summary>
internal static class FolderRemoval
{
    /// <summary>Deletes a folder and everything in it.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">A file is in use.</exception>
    /// <exception cref="UnauthorizedAccessException">It belongs to another user.</exception>
    public static void Delete(string folder)
    {
        AllowDeletion(folder);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Makes the files below a folder writable; links are not followed.</summary>
    /// <param name="folder">The folder.</param>
    internal static void AllowDeletion(string folder)
    {
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            if (file.IsReadOnly)
            {
                file.IsReadOnly = false;
            }
        }
    }
}
