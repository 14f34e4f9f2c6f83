using System.Diagnostics;
using System.Text.Json;
using ComposeLab.Api.Tests.Support;

namespace ComposeLab.Api.Tests.Files;

public sealed class LockFileTests : IDisposable
{
    private readonly LabFolder _lab = LabFolder.Copy("prod");

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void A_changed_version_without_a_changed_lock_file_fails_the_restore_of_both_profiles()
    {
        var versions = Path.Combine(_lab.Source, "Directory.Packages.props");
        var text = File.ReadAllText(versions);
        File.WriteAllText(versions, text.Replace("\"Npgsql\" Version=\"10.0.3\"", "\"Npgsql\" Version=\"10.0.2\"", StringComparison.Ordinal));
        Assert.NotEqual(text, File.ReadAllText(versions));

        var output = RestoreBothProfiles();

        Assert.Contains("dev: false", output, StringComparison.Ordinal);
        Assert.Contains("prod: false", output, StringComparison.Ordinal);
        Assert.Equal(2, output.Split("error NU1004").Length - 1);
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

    // One process instead of two saves seconds.
    private string RestoreBothProfiles()
    {
        var both = Path.Combine(_lab.Source, "..", "both.proj");
        File.WriteAllText(both, """
            <Project>
              <Target Name="RestoreBoth">
                <MSBuild Projects="ComposeLab.Api/ComposeLab.Api.csproj" Targets="Restore" Properties="LabTarget=dev;RestoreLockedMode=true" ContinueOnError="true" />
                <Message Importance="high" Text="dev: $(MSBuildLastTaskResult)" />
                <MSBuild Projects="ComposeLab.Api/ComposeLab.Api.csproj" Targets="Restore" Properties="LabTarget=prod;RestoreLockedMode=true" ContinueOnError="true" />
                <Message Importance="high" Text="prod: $(MSBuildLastTaskResult)" />
              </Target>
            </Project>
            """);
        var start = new ProcessStartInfo("dotnet", ["msbuild", both, "-t:RestoreBoth", "-v:minimal", "-clp:NoSummary", "-nodeReuse:false"])
        {
            WorkingDirectory = _lab.Source,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_CLI_UI_LANGUAGE"] = "en" },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return output.Result + error;
    }
}
