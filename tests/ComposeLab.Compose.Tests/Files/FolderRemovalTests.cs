using ComposeLab.Compose.Files;

namespace ComposeLab.Compose.Tests.Files;

public sealed class FolderRemovalTests
{
    [Fact]
    public void Read_only_files_become_writable_and_are_deleted()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("composelab-removal-");
        DirectoryInfo below = folder.CreateSubdirectory(Path.Combine(".git", "objects"));
        var file = new FileInfo(Path.Combine(below.FullName, "pack"));
        File.WriteAllText(file.FullName, "x");
        file.Attributes |= FileAttributes.ReadOnly | FileAttributes.Hidden;

        FolderRemoval.AllowDeletion(folder.FullName);
        Assert.False(File.GetAttributes(file.FullName).HasFlag(FileAttributes.ReadOnly));
        FolderRemoval.Delete(folder.FullName);

        Assert.False(Directory.Exists(folder.FullName));
    }
}
