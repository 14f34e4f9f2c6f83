namespace ComposeLab.LabScript.Tests;

/// <summary>A checkout that cannot be written to works when it is built, and says why it does not when it is not.</summary>
public sealed class ReadOnlyCheckoutTests : IDisposable
{
    // What ./lab needs to run a script; the built module is part of it.
    private const string Copy = """
        set -eu
        cd "$1"
        tar -c --exclude=bin --exclude=obj .config lab tools src ComposeLab.psd1 Directory.Build.props Directory.Build.targets Directory.Packages.props global.json | tar -x -C "$2"
        tar -c module en-US | tar -x -C "$2"
        chmod -R a-w "$2"
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("composelab-readonly-").FullName;
    private readonly string _checkout;

    public ReadOnlyCheckoutTests()
    {
        _checkout = Directory.CreateDirectory(Path.Combine(_folder, "checkout")).FullName;
        var (code, output, error) = Shell(Copy, Lab.Root, _checkout);
        Assert.True(code == 0, output + error);
        File.WriteAllText(Path.Combine(_folder, "script.ps1"), "(Get-Command Show-MergedConfig).Source");
    }

    public void Dispose()
    {
        Shell("chmod -R u+w \"$1\"", _folder);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_built_one_runs_a_script()
    {
        var (code, output, error) = RunLab();

        Assert.True(code == 0, error);
        Assert.Equal("ComposeLab", output.Trim());
        Assert.Empty(error);
    }

    [Fact]
    public void One_that_must_be_built_first_says_that_it_cannot_be_written_to()
    {
        Assert.Equal(0, Shell("chmod u+w \"$1\"/module/bin \"$1\"/module && rm \"$1\"/module/bin/.inputs && chmod a-w \"$1\"/module/bin \"$1\"/module", _checkout).Code);

        var (code, _, error) = RunLab();

        Assert.Equal(1, code);
        Assert.Contains("cannot be written to", error, StringComparison.Ordinal);
        Assert.Contains("Type: cp -R", error, StringComparison.Ordinal);
        Assert.Equal(2, error.Trim().Split('\n').Length);
    }

    // To root everything is writable, as long as it has the capability for that.
    private (int Code, string Output, string Error) RunLab() => Shell(
        "if [ \"$(id -u)\" = 0 ]; then exec setpriv --inh-caps=-dac_override --bounding-set=-dac_override \"$1/lab\" run \"$2\"; else exec \"$1/lab\" run \"$2\"; fi",
        _checkout,
        Path.Combine(_folder, "script.ps1"));

    private static (int Code, string Output, string Error) Shell(string script, params string[] arguments) =>
        Lab.Start(new Dictionary<string, string?>(), "sh", ["-c", script, "sh", .. arguments]);
}
