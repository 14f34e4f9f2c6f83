using System.Diagnostics;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Tests.Environment;

public sealed class ProjectEnvironmentTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("composelab-env-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void The_operating_system_overrides_the_working_directory_which_overrides_the_project_directory()
    {
        Write("work/.env", "A=work\nB=work");
        Write("project/.env", "A=project\nB=project\nC=project");
        VariableScope scope = Resolve(new ComposeRequest { WorkingDirectory = Full("work"), Environment = Os("A", "os") });

        Variable a = scope.Variables["A"];
        Assert.Equal(("os", VariableSource.Os), (a.Value, a.Source));
        Assert.Equal(["work", "project"], [a.Shadowed!.Value, a.Shadowed.Shadowed!.Value]);
        Assert.Equal(("work", VariableSource.DotEnv, Full("work/.env"), 2), Facts(scope.Variables["B"]));
        Assert.Equal("project", scope.Variables["C"].Value);
    }

    [Fact]
    public void Specified_env_files_replace_the_dot_env_files_and_the_last_one_wins()
    {
        Write("work/.env", "D=1");
        Write("work/one.env", "A=1\nB=1");
        Write("work/two.env", "\nB=$A$B");
        VariableScope scope = Resolve(new ComposeRequest { WorkingDirectory = Full("work"), EnvFiles = ["one.env", "two.env"] });

        Assert.Equal(("11", VariableSource.EnvFile, "two.env", 2), Facts(scope.Variables["B"]));
        Assert.False(scope.TryGet("D", out _));
    }

    [Theory]
    [InlineData("true", false)]
    [InlineData("0", true)]
    public void A_variable_disables_the_dot_env_files(string value, bool isRead)
    {
        Write("work/.env", "A=1");
        VariableScope scope = Resolve(new ComposeRequest { WorkingDirectory = Full("work"), Environment = Os("COMPOSE_DISABLE_ENV_FILE", value) });
        Assert.Equal(isRead, scope.TryGet("A", out _));
    }

    [Fact]
    public void The_current_directory_is_known_even_if_no_shell_has_set_it()
    {
        Assert.Equal(Full("work"), Resolve(new ComposeRequest { WorkingDirectory = Full("work") }).Variables["PWD"].Value);
        Assert.Equal("/given", Resolve(new ComposeRequest { WorkingDirectory = Full("work"), Environment = Os("PWD", "/given") }).Variables["PWD"].Value);
    }

    [Fact]
    public void A_variable_specifies_env_files_if_the_request_has_none()
    {
        Write("work/.env", "A=dot");
        Write("work/one.env", "A=1\nB=1");
        Write("work/two.env", "B=2");
        var request = new ComposeRequest { WorkingDirectory = Full("work"), Environment = Os("COMPOSE_ENV_FILES", "one.env,two.env") };

        VariableScope scope = Resolve(request);

        Assert.Equal(["1", "2"], [scope.Variables["A"].Value, scope.Variables["B"].Value]);
        Assert.Equal("2", Resolve(request with { EnvFiles = ["two.env"] }).Variables["B"].Value);
        Assert.Equal(["one.env", "two.env"], ProjectEnvironment.NamedFiles(request));
        Assert.Throws<ComposeException>(() => Resolve(request with { Environment = Os("COMPOSE_ENV_FILES", "none.env") }));
    }

    [Fact]
    public void A_tilde_before_an_env_file_is_the_home_directory()
    {
        Write("home/t.env", "A=1");

        Assert.Equal("1", Resolve(new ComposeRequest { WorkingDirectory = Full("work"), EnvFiles = ["~/t.env"], Environment = Os(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME", Full("home")) }).Variables["A"].Value);
    }

    [Fact]
    public void A_missing_env_file_is_an_error_with_its_name()
    {
        var error = Assert.Throws<ComposeException>(() => Resolve(new ComposeRequest { WorkingDirectory = _root.FullName, EnvFiles = ["none.env"] }));
        Assert.Equal((ComposeErrorId.EnvFileNotFound, "none.env"), (error.Id, error.File));
    }

    [Fact]
    public void A_directory_is_not_an_env_file_but_a_directory_named_dot_env_is_ignored()
    {
        Directory.CreateDirectory(Full("work/.env"));
        Assert.Equal(["PWD"], Resolve(new ComposeRequest { WorkingDirectory = Full("work") }).Variables.Keys);
        var error = Assert.Throws<ComposeException>(() => Resolve(new ComposeRequest { WorkingDirectory = Full("work"), EnvFiles = [".env"] }));
        Assert.Equal(ComposeErrorId.EnvFileNotFound, error.Id);
    }

    [Fact]
    public void A_pipe_is_rejected_immediately()
    {
        using Process make = Process.Start("mkfifo", [Full("pipe")]);
        make.WaitForExit();
        var error = Assert.Throws<ComposeException>(() => Resolve(new ComposeRequest { WorkingDirectory = _root.FullName, EnvFiles = ["pipe"] }));
        Assert.Equal(ComposeErrorId.EnvFileNotFound, error.Id);
        Assert.Contains("a pipe", error.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Os(string name, string value) => new() { [name] = value };

    private static (string Value, VariableSource Source, string? File, int Line) Facts(Variable variable) =>
        (variable.Value, variable.Source, variable.File, variable.Line);

    private VariableScope Resolve(ComposeRequest request) =>
        ProjectEnvironment.Resolve(request, [Full("work"), Full("project")], CancellationToken.None);

    private string Full(string path) => Path.GetFullPath(path, _root.FullName);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        File.WriteAllText(Full(path), text);
    }
}
