using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace ComposeLab.LabScript.Tests;

/// <summary>The commands that README.md shows for a shell.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void The_README_shows_only_commands_that_the_script_knows()
    {
        string[] commands = [.. ShellCommand().Matches(File.ReadAllText(Path.Combine(Lab.Root, "README.md"))).Select(match => match.Groups["command"].Value)];
        string help = Lab.Run("help").Output;

        Assert.Equal(["up", "test", "package"], commands.Distinct());
        Assert.All(commands, command => Assert.Matches($@"(?m)^\./lab {command}\b", help));
    }

    // In a copy of the repository, with its own project name, image name and ports.
    [Fact]
    [Trait("Needs", "Engine")]
    public void Up_starts_the_lab_and_checks_its_database_and_down_removes_it()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("composelab-readme-");
        string name = folder.Name.ToLowerInvariant();
        var environment = new Dictionary<string, string?> { ["COMPOSE_PROJECT_NAME"] = name, ["API_PORT"] = FreePort(), ["DB_PORT"] = FreePort() };
        string lab = Path.Combine(folder.FullName, "lab");
        try
        {
            Copy(Lab.Root, folder.FullName);
            string precompiled = Path.Combine("artifacts", "powershell");
            if (Directory.Exists(Path.Combine(Lab.Root, precompiled)))
            {
                Directory.CreateDirectory(Path.Combine(folder.FullName, "artifacts"));
                Directory.CreateSymbolicLink(Path.Combine(folder.FullName, precompiled), Path.Combine(Lab.Root, precompiled));
            }

            foreach (string file in Directory.GetFiles(Path.Combine(folder.FullName, "compose"), "compose*.yaml"))
            {
                File.WriteAllText(file, File.ReadAllText(file).Replace("composelab/api:", $"{name}/api:", StringComparison.Ordinal));
            }

            // dotnet watch compiles the mounted source again if it is newer than an image from the cache.
            foreach (string file in Directory.GetFiles(Path.Combine(folder.FullName, "src", "ComposeLab.Api"), "*", SearchOption.AllDirectories))
            {
                File.SetLastWriteTimeUtc(file, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            }

            (int code, string output, string error) = Lab.Start(environment, lab, "up");
            Assert.True(code == 0, output + error);
            Assert.Contains("can be used by api", output, StringComparison.Ordinal);

            (code, output, error) = Lab.Start(environment, lab, "down");
            Assert.True(code == 0, output + error);
            Assert.Empty(Lab.Start(environment, "docker", "ps", "--all", "--quiet", "--filter", $"label=com.docker.compose.project={name}").Output);
        }
        finally
        {
            string script = Path.Combine(folder.FullName, "remove.ps1");
            File.WriteAllText(script, $"Remove-LabStack -ProjectName {name} -Volume -Force -TimeoutSec 1");
            Lab.Start(environment, lab, "run", script);
            Lab.Start(environment, "docker", "image", "rm", "--force", $"{name}/api:dev");
            folder.Delete(recursive: true);
        }
    }

    private static string FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    // Binaries are copied, because every run of these tests starts with a full build; tests and their results are not.
    private static void Copy(string from, string to)
    {
        string[] left = [".git", "bin", "obj", "out", "artifacts", "tests", "bench"];
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from).Where(file => !left.Contains(Path.GetFileName(file))))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (string folder in Directory.GetDirectories(from).Where(folder => !left.Contains(Path.GetFileName(folder)) || from == Path.Combine(Lab.Root, "module")))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }

    [GeneratedRegex("^\\./lab (?<command>[a-z-]+)$", RegexOptions.Multiline)]
    private static partial Regex ShellCommand();
}
