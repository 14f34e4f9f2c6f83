using System.Diagnostics;
using ComposeLab.Compose.Files;
using ComposeLab.Compose.Normalizing;

namespace ComposeLab.Compose.Tests.Files;

public sealed class InstalledProgramTests : IDisposable
{
    private static readonly HostPaths Windows = new(IsWindows: true);
    private static readonly HostPaths Unix = new(IsWindows: false);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composelab-program-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void On_Unix_a_program_is_in_the_absolute_folders_of_PATH()
    {
        Assert.Equal(["/usr/bin/git", "/opt/a b/git"], Places("/usr/bin:.:bin::~/bin:/opt/a b/", Unix));
    }

    [Fact]
    public void On_Windows_it_is_a_file_with_an_ending_in_folders_that_may_be_quoted()
    {
        Assert.Equal(
            [@"C:\Windows\git.exe", @"C:\Program Files\Git\cmd\git.exe", @"\\srv\tools\git.exe"],
            Places("""C:\Windows;.;bin;;C:rel;\rooted; "C:\Program Files\Git\cmd\" ;//srv/tools""", Windows));
    }

    [Fact]
    public void Without_PATH_there_is_no_program()
    {
        Assert.Empty(InstalledProgram.Places("git", new Dictionary<string, string>(), Unix));
    }

    [Fact]
    public void A_program_of_the_current_folder_is_not_found()
    {
        string name = $"composelab-{Guid.NewGuid():N}";
        string file = Path.Combine(_folder.FullName, HostPaths.Current.ProgramFile(name));
        File.WriteAllText(file, "");
        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), _folder.FullName);

        Assert.Null(InstalledProgram.Find(name));
        Assert.Null(InstalledProgram.Find(name, new Dictionary<string, string> { ["PATH"] = Path.IsPathRooted(relative) ? "." : relative }));
        Assert.Equal(file, InstalledProgram.Find(name, new Dictionary<string, string> { ["PATH"] = _folder.FullName }));
    }

    [Fact]
    public void Its_input_and_output_are_UTF8_without_a_mark_whatever_the_console_uses()
    {
        ProcessStartInfo start = InstalledProgram.Redirected("/usr/bin/git", ["a b"]);

        Assert.All([start.StandardInputEncoding, start.StandardOutputEncoding, start.StandardErrorEncoding], encoding =>
        {
            Assert.Equal("utf-8", encoding?.WebName);
            Assert.Empty(encoding!.GetPreamble());
        });
        Assert.Equal(["a b"], start.ArgumentList);
        Assert.True(start is { UseShellExecute: false, CreateNoWindow: true, RedirectStandardInput: true, RedirectStandardOutput: true, RedirectStandardError: true });
    }

    private static IEnumerable<string> Places(string path, HostPaths host) => InstalledProgram.Places("git", new Dictionary<string, string> { ["PATH"] = path }, host);
}
