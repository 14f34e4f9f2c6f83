using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace ComposeLab.FrontDoor.Tests;

/// <summary>The commands that README.md shows for a shell, typed as they stand there, in a copy of the repository with a stack name and ports of its own.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    // The lock of a build is held while a test beside this one builds.
    private static readonly string[] NotCopied = [".git", "bin", "obj", "out", ".lock"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composelab-readme-");
    private readonly Dictionary<string, string?> _environment;

    public ReadmeTests()
    {
        _environment = new Dictionary<string, string?>
        {
            ["COMPOSE_PROJECT_NAME"] = _folder.Name.ToLowerInvariant(),
            ["API_PORT"] = FreePort(),
            ["DB_PORT"] = FreePort(),
        };
        Copy(FrontDoor.Root, _folder.FullName);

        // The tests that run beside this one own the lab's image name.
        foreach (var file in Directory.GetFiles(Path.Combine(_folder.FullName, "compose"), "compose*.yaml"))
        {
            File.WriteAllText(file, File.ReadAllText(file).Replace("composelab/api:", $"{_environment["COMPOSE_PROJECT_NAME"]}/api:", StringComparison.Ordinal));
        }
    }

    public void Dispose()
    {
        Lab("run", Script($"Remove-LabStack -ProjectName {_environment["COMPOSE_PROJECT_NAME"]} -Volume -Force -TimeoutSec 1"));
        FrontDoor.Start(_environment, "docker", "image", "rm", "--force", $"{_environment["COMPOSE_PROJECT_NAME"]}/api:dev");
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void The_two_commands_start_the_lab_and_run_the_tests()
    {
        var commands = Commands(0);

        Assert.Equal(["up", "test"], commands);
        var (code, output, error) = Lab(commands[0]);
        Assert.True(code == 0, output + error);
        Assert.Contains("api and db work", output, StringComparison.Ordinal);

        // All of them would be these very tests again.
        (code, output, error) = Lab(commands[1], "--pester", "Get-LabVariable");
        Assert.True(code == 0, output + error);
        Assert.Matches("^[0-9]+ passed, 0 failed, 0 skipped$", output.TrimEnd().Split('\n')[^1]);

        (code, output, error) = Lab("down");
        Assert.True(code == 0, output + error);
    }

    [Fact]
    public void The_package_is_made_where_it_is_said_to_be()
    {
        var command = Assert.Single(Commands(1));

        var (code, output, error) = Lab(command);

        Assert.True(code == 0, output + error);
        Assert.Single(Directory.GetDirectories(Path.Combine(_folder.FullName, "out", "ComposeLab")));
        Assert.Single(Directory.GetFiles(Path.Combine(_folder.FullName, "out"), "*.nupkg"));
    }

    private static string[] Commands(int block)
    {
        var blocks = ShellBlocks().Matches(File.ReadAllText(Path.Combine(FrontDoor.Root, "README.md")));
        return [.. blocks[block].Groups["body"].Value.Trim().Split('\n').Select(line => line["./lab ".Length..])];
    }

    private static string FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    // With what was built: the build of a fresh clone is what every run of these tests begins with.
    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from).Where(file => !NotCopied.Contains(Path.GetFileName(file))))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.GetDirectories(from).Where(folder => !NotCopied.Contains(Path.GetFileName(folder)) || from == Path.Combine(FrontDoor.Root, "module")))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }

    private string Script(string text)
    {
        var file = Path.Combine(_folder.FullName, "script.ps1");
        File.WriteAllText(file, text);
        return file;
    }

    private (int Code, string Output, string Error) Lab(params string[] arguments) =>
        FrontDoor.Start(_environment, Path.Combine(_folder.FullName, "lab"), arguments);

    [GeneratedRegex("^```\n(?<body>(\\./lab [a-z]+\n)+)```$", RegexOptions.Multiline)]
    private static partial Regex ShellBlocks();
}
