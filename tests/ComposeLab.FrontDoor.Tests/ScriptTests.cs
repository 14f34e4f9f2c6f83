namespace ComposeLab.FrontDoor.Tests;

public sealed class ScriptTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composelab-run-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_script_finds_the_module_loaded_and_its_exit_code_is_the_commands()
    {
        var (code, output, error) = FrontDoor.Run("run", Script("(Get-Command Show-MergedConfig).Source; exit 7"));

        Assert.Equal(("ComposeLab", 7), (output.Trim(), code));
        Assert.Empty(error);
    }

    [Fact]
    public void A_scripts_parameters_are_bound_by_name_and_place()
    {
        var script = Script("param([string]$Name, [switch]$Loud, [int]$Times) \"$Name/$Loud/$Times\"");

        var (code, output, _) = FrontDoor.Run("run", script, "-Times", "3", "-Loud", "two words");

        Assert.Equal(("two words/True/3", 0), (output.Trim(), code));
    }

    [Fact]
    public void A_script_that_throws_ends_with_a_failure()
    {
        var (code, _, error) = FrontDoor.Run("run", Script("throw 'my words'"));

        Assert.Equal(1, code);
        Assert.Contains("my words", error, StringComparison.Ordinal);
    }

    private string Script(string text)
    {
        var path = Path.Combine(_folder.FullName, "script.ps1");
        File.WriteAllText(path, text);
        return path;
    }
}
