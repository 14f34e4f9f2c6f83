using System.Diagnostics;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Execution;

/// <summary>
/// Two users of one machine do not wait for each other, do not see each other's files, and are not led into a folder that the other one prepared. Root runs the second
/// process as the user nobody; anybody else can only be two users by having two homes, which shows the same choice of folders.
/// </summary>
public sealed class TwoAccountsTests : IDisposable
{
    private const string Nobody = "65534";

    private readonly string _folder = Directory.CreateTempSubdirectory("composelab-accounts-").FullName;
    private readonly string _project = $"accounts-{Guid.NewGuid():N}";
    private readonly string _assembly;

    public TwoAccountsTests()
    {
        // Where the tests are built, others may have no right to look.
        string built = Path.GetDirectoryName(typeof(TwoAccountsTests).Assembly.Location)!;
        string copy = Directory.CreateDirectory(Path.Combine(_folder, "program")).FullName;
        foreach (string file in Directory.GetFiles(built).Where(file => Path.GetExtension(file) is ".dll" or ".json"))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        _assembly = Path.Combine(copy, Path.GetFileName(typeof(TwoAccountsTests).Assembly.Location));
        Home = Directory.CreateDirectory(Path.Combine(_folder, "home")).FullName;
        Run("chmod", "-R", "a+rX", _folder);
        if (System.Environment.IsPrivilegedProcess)
        {
            Run("chown", Nobody, Home);
        }
    }

    private string Home { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_lock_of_one_user_does_not_keep_another_one_waiting()
    {
        using Process mine = Start(other: false, runtime: null);
        string first = (await mine.StandardOutput.ReadLineAsync())!;
        using Process theirs = Start(other: true, runtime: null);
        string? second = await theirs.StandardOutput.ReadLineAsync();

        await AnsweredAsync(second, theirs);
        Assert.StartsWith(Home, second, StringComparison.Ordinal);
        Assert.NotEqual(first, second);
        Assert.True(OperatingSystem.IsWindows()
            || File.GetUnixFileMode(Path.GetDirectoryName(second)!) == (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        if (System.Environment.IsPrivilegedProcess)
        {
            Assert.NotEqual(0, Run("setpriv", [.. AsNobody[1..], "ls", Path.GetDirectoryName(first)!]));
        }

        End(mine);
        End(theirs);
    }

    [Fact]
    public async Task A_folder_that_another_user_prepared_is_not_used()
    {
        // A link to a place of somebody else, where the lock's folder should be.
        string runtime = Directory.CreateDirectory(Path.Combine(_folder, "runtime")).FullName;
        string trap = Directory.CreateDirectory(Path.Combine(_folder, "trap")).FullName;
        Run("chmod", "777", trap);
        File.CreateSymbolicLink(Path.Combine(runtime, "composelab"), trap);

        using Process theirs = Start(other: true, runtime);
        string? path = await theirs.StandardOutput.ReadLineAsync();

        await AnsweredAsync(path, theirs);
        Assert.StartsWith(Home, path, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(trap));
        End(theirs);
    }

    [Fact]
    public async Task A_folder_that_belongs_to_another_user_is_not_used()
    {
        Assert.True(System.Environment.IsPrivilegedProcess || Directory.Exists("/root"), "There is no folder of another user to try.");
        string runtime = System.Environment.IsPrivilegedProcess ? Directory.CreateDirectory(Path.Combine(_folder, "runtime")).FullName : "/root";
        if (System.Environment.IsPrivilegedProcess)
        {
            // Made by root, writable for all: whoever made it could look into it and exchange what is in it.
            Run("mkdir", "-m", "777", Path.Combine(runtime, "composelab"));
        }

        using Process theirs = Start(other: true, runtime);
        string? path = await theirs.StandardOutput.ReadLineAsync();

        await AnsweredAsync(path, theirs);
        Assert.StartsWith(Home, path, StringComparison.Ordinal);
        End(theirs);
    }

    private static string[] AsNobody => ["setpriv", "--reuid", Nobody, "--regid", Nobody, "--clear-groups"];

    private Process Start(bool other, string? runtime)
    {
        ProcessStartInfo start = HelperProcess.Command(other && System.Environment.IsPrivilegedProcess ? AsNobody : [], _assembly, "lock", _project);
        start.Environment.Remove("XDG_RUNTIME_DIR");
        start.Environment["DOTNET_gcServer"] = "0";
        if (other)
        {
            start.Environment["HOME"] = Home;
        }

        if (runtime is not null)
        {
            start.Environment["XDG_RUNTIME_DIR"] = runtime;
        }

        return Process.Start(start)!;
    }

    // A process that answered goes on; only one that has ended has said everything.
    private static async Task AnsweredAsync(string? answer, Process process)
    {
        if (answer is null)
        {
            Assert.Fail(await process.StandardError.ReadToEndAsync());
        }
    }

    private static void End(Process process)
    {
        process.StandardInput.Close();
        process.WaitForExit();
    }

    private static int Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
