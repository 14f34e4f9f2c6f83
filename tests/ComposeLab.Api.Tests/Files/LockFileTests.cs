using System.Diagnostics;
using System.Text.Json;
using ComposeLab.Api.Tests.Support;

namespace ComposeLab.Api.Tests.Files;

public sealed class LockFileTests : IDisposable
{
    private readonly LabFolder _lab = LabFolder.Copy("prod");

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void A_changed_version_without_a_changed_lock_file_fails_the_restore(string profile)
    {
        var versions = Path.Combine(_lab.Source, "Directory.Packages.props");
        var text = File.ReadAllText(versions);
        File.WriteAllText(versions, text.Replace("\"Npgsql\" Version=\"10.0.3\"", "\"Npgsql\" Version=\"10.0.2\"", StringComparison.Ordinal));
        Assert.NotEqual(text, File.ReadAllText(versions));

        var (code, output) = Restore(profile);

        Assert.NotEqual(0, code);
        Assert.Contains("NU1004", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_image_is_restored_in_locked_mode_only()
    {
        var restores = File.ReadLines(Path.Combine(LabFolder.Repository(), "Dockerfile")).Where(line => line.Contains("dotnet restore", StringComparison.Ordinal)).ToList();

        Assert.Equal(2, restores.Count);
        Assert.All(restores, line => Assert.Contains("--locked-mode", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Prod_locks_the_database_client_and_the_compiler_and_no_package_of_dev()
    {
        Assert.Contains("Scalar.AspNetCore", Packages("packages.dev.lock.json"));
        foreach (var file in Directory.EnumerateFiles(_lab.Source, "packages.prod.*.lock.json").Select(Path.GetFileName))
        {
            Assert.Equal(
                ["Microsoft.DotNet.ILCompiler", "Microsoft.NET.ILLink.Tasks", "Npgsql"],
                Packages(file!).Where(name => !name.StartsWith("runtime.", StringComparison.Ordinal)));
        }
    }

    private List<string> Packages(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(_lab.Source, file)));
        return [.. document.RootElement.GetProperty("dependencies").EnumerateObject()
            .SelectMany(framework => framework.Value.EnumerateObject()).Select(package => package.Name).Distinct().Order(StringComparer.Ordinal)];
    }

    private (int Code, string Output) Restore(string profile)
    {
        var start = new ProcessStartInfo("dotnet", ["restore", "--locked-mode", "--disable-build-servers"])
        {
            WorkingDirectory = _lab.Source,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LabTarget"] = profile, ["DOTNET_CLI_UI_LANGUAGE"] = "en" },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.Result + error);
    }
}
