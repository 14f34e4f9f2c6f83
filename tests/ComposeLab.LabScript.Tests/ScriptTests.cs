namespace ComposeLab.LabScript.Tests;

public sealed class ScriptTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composelab-run-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_script_finds_the_module_loaded_its_tables_are_printed_and_its_exit_code_is_the_commands()
    {
        var (code, output, error) = Lab.Run("run", Script("[pscustomobject]@{ Number = 1; Module = (Get-Command Show-MergedConfig).Source }; exit 7"));

        Assert.Equal(7, code);
        Assert.Contains("1 ComposeLab", output, StringComparison.Ordinal);
        Assert.Empty(error);
    }

    [Fact]
    public void The_parameters_of_a_script_are_bound_by_name_and_position()
    {
        var script = Script("param([string]$Name, [switch]$Loud, [int]$Times) \"$Name/$Loud/$Times\"");

        var (code, output, _) = Lab.Run("run", script, "-Times", "3", "-Loud", "two words");

        Assert.Equal(("two words/True/3", 0), (output.Trim(), code));
    }

    [Fact]
    public void A_single_script_argument_is_not_split()
    {
        var (code, output, error) = Lab.Run("run", Script("\"$($args.Count): $args\""), "Prod");

        Assert.True(code == 0, error);
        Assert.Equal("1: Prod", output.Trim());
    }

    [Theory]
    [InlineData("build")]
    [InlineData("up")]
    public void The_script_for_PowerShell_stops_at_a_build_that_fails(string task)
    {
        var (code, output, error) = Lab.Start(
            new Dictionary<string, string?>(), Path.Combine(Lab.Root, "tests/ComposeLab.LabScript.Tests/build-ps1.sh"), Program("dotnet", "exit 3"), task);

        Assert.Equal(1, code);
        Assert.Contains("dotnet publish failed with exit code 3", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_that_throws_fails()
    {
        var (code, output, error) = Lab.Run("run", Script("throw 'my words'"));

        Assert.Equal(1, code);
        Assert.Contains("my words", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_installed_PowerShell_of_version_7_4_or_later_runs_the_script()
    {
        var (code, output, error) = Lab.Run(Installed("7.4.0"), "run", Script(""));

        Assert.True(code == 0, error);
        Assert.Contains("installed: -NoLogo -NoProfile -File", output, StringComparison.Ordinal);
    }

    [Fact]
    public void PowerShell_of_the_tool_manifest_runs_the_script_if_the_installed_one_is_too_old()
    {
        var (code, output, error) = Lab.Run(Installed("7.3.9"), "run", Script("$PSVersionTable.PSVersion -ge [version]'7.4'"));

        Assert.True(code == 0, error);
        Assert.Equal("True", output.Trim());
    }

    [Fact]
    public void Without_PowerShell_the_install_command_is_shown()
    {
        var environment = Installed("7.3.9");
        environment["NUGET_PACKAGES"] = Path.Combine(_folder.FullName, "packages");

        // A dotnet that builds nothing and fetches nothing, as on a machine without a network.
        environment["PATH"] = Program("dotnet", "case $1 in --list-sdks) echo '10.0.100 [/sdk]' ;; *) exit 1 ;; esac") + Path.PathSeparator + environment["PATH"];
        var (code, _, error) = Lab.Run(environment, "run", Script(""));

        Assert.Equal(1, code);
        Assert.Contains("Type: dotnet tool install --global PowerShell", error, StringComparison.Ordinal);
    }

    private static string SearchPath => Environment.GetEnvironmentVariable("PATH") ?? "";

    // A program that only says that it is PowerShell, first on PATH.
    private Dictionary<string, string?> Installed(string version) => new()
    {
        ["PATH"] = Program("pwsh", $"case $1 in --version) echo 'PowerShell {version}' ;; *) echo \"installed: $*\" ;; esac") + Path.PathSeparator + SearchPath,
    };

    // Makes a program and returns its folder.
    private string Program(string name, string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, $"{name}-bin")).FullName;
        var program = Path.Combine(folder, name);
        File.WriteAllText(program, $"#!/bin/sh\n{text}\n");
        Assert.Equal(0, Lab.Start(new Dictionary<string, string?>(), "chmod", "+x", program).Code);
        return folder;
    }

    private string Script(string text)
    {
        var path = Path.Combine(_folder.FullName, "script.ps1");
        File.WriteAllText(path, text);
        return path;
    }
}
