namespace ComposeLab.FrontDoor.Tests;

public sealed class ScriptTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composelab-run-");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<string> Shells => ["embedded", "pwsh"];

    [Theory]
    [MemberData(nameof(Shells))]
    public void A_script_finds_the_module_loaded_and_its_exit_code_is_the_commands(string shell)
    {
        var (code, output, error) = FrontDoor.Run(On(shell), "run", Script("(Get-Command Show-MergedConfig).Source; exit 7"));

        Assert.Equal(("ComposeLab", 7), (output.Trim(), code));
        Assert.Empty(error);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public void A_scripts_parameters_are_bound_by_name_and_place(string shell)
    {
        var script = Script("param([string]$Name, [switch]$Loud, [int]$Times) \"$Name/$Loud/$Times\"");

        var (code, output, _) = FrontDoor.Run(On(shell), "run", script, "-Times", "3", "-Loud", "two words");

        Assert.Equal(("two words/True/3", 0), (output.Trim(), code));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public void A_scripts_only_argument_stays_whole(string shell)
    {
        var (code, output, error) = FrontDoor.Run(On(shell), "run", Script("\"$($args.Count): $args\""), "Prod");

        Assert.True(code == 0, error);
        Assert.Equal("1: Prod", output.Trim());
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public void A_script_that_throws_ends_with_a_failure(string shell)
    {
        var (code, output, error) = FrontDoor.Run(On(shell), "run", Script("throw 'my words'"));

        Assert.Equal(1, code);
        Assert.Contains("my words", output + error, StringComparison.Ordinal);
    }

    // The PowerShell that the package registry has, found on PATH as an installed one is.
    private Dictionary<string, string?> On(string shell)
    {
        if (shell == "embedded")
        {
            return new() { ["COMPOSELAB_SHELL"] = shell };
        }

        var program = Path.Combine(_folder.FullName, shell);
        File.WriteAllText(program, $"#!/bin/sh\ncd '{FrontDoor.Root}' && '{Environment.ProcessPath}' tool restore >/dev/null && exec '{Environment.ProcessPath}' tool run {shell} \"$@\"\n");
        Assert.Equal(0, FrontDoor.Start(new Dictionary<string, string?>(), "chmod", "+x", program).Code);
        return new()
        {
            ["COMPOSELAB_SHELL"] = null,
            ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
            ["PATH"] = $"{_folder.FullName}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}",
        };
    }

    private string Script(string text)
    {
        var path = Path.Combine(_folder.FullName, "script.ps1");
        File.WriteAllText(path, text);
        return path;
    }
}
