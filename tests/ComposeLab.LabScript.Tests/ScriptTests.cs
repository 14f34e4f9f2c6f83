namespace ComposeLab.LabScript.Tests;

/// <summary>Two runs of scripts that several tests look at, because a start of PowerShell takes a second.</summary>
public sealed class ScriptRuns : IDisposable
{
    private readonly ScriptFolder _folder = new();

    /// <summary>Runs the scripts.</summary>
    public ScriptRuns()
    {
        WithParameters = Lab.Run(
            _folder.Installed("7.3.9"),
            "run",
            _folder.Script("""
                param([string]$Name, [switch]$Loud, [int]$Times)
                "$Name/$Loud/$Times"
                "PowerShell 7.4 or later: $($PSVersionTable.PSVersion -ge [version]'7.4')"
                [pscustomobject]@{ Number = 1; Module = (Get-Command Show-MergedConfig).Source }
                exit 7
                """),
            "-Times",
            "3",
            "-Loud",
            "two words");
        Throwing = Lab.Run("run", _folder.Script("\"$($args.Count): $args\"; throw 'my words'"), "Prod");
    }

    /// <summary>A script with parameters, on a machine whose installed PowerShell is too old.</summary>
    public (int Code, string Output, string Error) WithParameters { get; }

    /// <summary>A script without parameters that throws.</summary>
    public (int Code, string Output, string Error) Throwing { get; }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}

/// <param name="runs">The scripts that have run.</param>
public sealed class ScriptTests(ScriptRuns runs) : IClassFixture<ScriptRuns>, IDisposable
{
    private readonly ScriptFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_script_finds_the_module_loaded_its_tables_are_printed_and_its_exit_code_is_the_commands()
    {
        Assert.Equal(7, runs.WithParameters.Code);
        Assert.Contains("1 ComposeLab", runs.WithParameters.Output, StringComparison.Ordinal);
        Assert.Empty(runs.WithParameters.Error);
    }

    [Fact]
    public void The_parameters_of_a_script_are_bound_by_name_and_position() =>
        Assert.StartsWith("two words/True/3\n", runs.WithParameters.Output, StringComparison.Ordinal);

    [Fact]
    public void PowerShell_of_the_tool_manifest_runs_the_script_if_the_installed_one_is_too_old() =>
        Assert.Contains("PowerShell 7.4 or later: True\n", runs.WithParameters.Output, StringComparison.Ordinal);

    [Fact]
    public void A_single_script_argument_is_not_split() => Assert.StartsWith("1: Prod\n", runs.Throwing.Output, StringComparison.Ordinal);

    [Fact]
    public void A_script_that_throws_fails()
    {
        Assert.Equal(1, runs.Throwing.Code);
        Assert.Contains("my words", runs.Throwing.Output + runs.Throwing.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("build")]
    [InlineData("up")]
    public void The_script_for_PowerShell_stops_at_a_build_that_fails(string task)
    {
        var (code, output, error) = Lab.Start(
            new Dictionary<string, string?>(), Path.Combine(Lab.Root, "tests/ComposeLab.LabScript.Tests/build-ps1.sh"), _folder.Program("dotnet", "exit 3"), task);

        Assert.Equal(1, code);
        Assert.Contains("dotnet publish failed with exit code 3", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_installed_PowerShell_of_version_7_4_or_later_runs_the_script()
    {
        var (code, output, error) = Lab.Run(_folder.Installed("7.4.0"), "run", _folder.Script(""));

        Assert.True(code == 0, error);
        Assert.Contains("installed: -NoLogo -NoProfile -File", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_PowerShell_the_install_command_is_shown()
    {
        var environment = _folder.Installed("7.3.9");
        environment["NUGET_PACKAGES"] = _folder.Missing;

        // A dotnet that builds nothing and fetches nothing, as on a machine without a network.
        environment["PATH"] = _folder.Program("dotnet", "case $1 in --list-sdks) echo '10.0.100 [/sdk]' ;; *) exit 1 ;; esac") + Path.PathSeparator + environment["PATH"];
        var (code, _, error) = Lab.Run(environment, "run", _folder.Script(""));

        Assert.Equal(1, code);
        Assert.Contains("Type: dotnet tool install --global PowerShell", error, StringComparison.Ordinal);
    }
}
