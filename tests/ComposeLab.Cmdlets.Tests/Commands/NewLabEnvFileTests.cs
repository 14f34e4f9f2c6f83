using System.Runtime.Versioning;
using ComposeLab.Cmdlets.Tests.Hosting;

namespace ComposeLab.Cmdlets.Tests.Commands;

[UnsupportedOSPlatform("windows")]
public sealed class NewLabEnvFileTests : IDisposable
{
    private const string Example = "# Ports\nAPI_PORT=8080\n\n# Generated\nPOSTGRES_PASSWORD=\nAPI_TOKEN=change-me\nPOSTGRES_PASSWORD_FILE=\n";

    private readonly TestSession _session = new();
    private readonly TemporaryFolder _folder = new();

    public NewLabEnvFileTests() => _folder.Write(".env.example", Example);

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Empty_passwords_are_generated_and_everything_else_is_kept()
    {
        var file = Assert.IsType<FileInfo>(Assert.Single(_session.Run("param($p) New-LabEnvFile -Path $p", _folder.Path).Good()));

        string text = File.ReadAllText(_folder.At(".env"));
        Assert.Equal(_folder.At(".env"), file.FullName);
        Assert.Matches("^# Ports\nAPI_PORT=8080\n\n# Generated\nPOSTGRES_PASSWORD=[A-Za-z0-9]{32}\nAPI_TOKEN=[A-Za-z0-9]{32}\nPOSTGRES_PASSWORD_FILE=\n$", text);
    }

    [Fact]
    public void Two_files_never_share_a_password()
    {
        _session.Run("param($p) New-LabEnvFile -Path $p -Destination $p/a.env; New-LabEnvFile -Path $p -Destination $p/b.env", _folder.Path).Good();

        Assert.NotEqual(File.ReadAllText(_folder.At("a.env")), File.ReadAllText(_folder.At("b.env")));
    }

    [Fact]
    public void Only_the_owner_can_read_the_file()
    {
        _session.Run("param($p) New-LabEnvFile -Path $p", _folder.Path).Good();

        // Windows has no modes; there a file takes the access of its folder.
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(_folder.At(".env")) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public void An_existing_file_is_kept_without_Force()
    {
        _folder.Write(".env", "MINE=1\n");

        SessionResult result = _session.Run("param($p) New-LabEnvFile -Path $p", _folder.Path);

        Assert.Equal("EnvFileExists", result.ErrorId);
        Assert.Equal("MINE=1\n", File.ReadAllText(_folder.At(".env")));
    }

    [Fact]
    public void Force_replaces_the_file_and_warns_that_volumes_keep_their_password()
    {
        _folder.Write(".env", "MINE=1\n");

        SessionResult result = _session.Run("param($p) New-LabEnvFile -Path $p -Force", _folder.Path);

        result.Good();
        Assert.StartsWith("# Ports", File.ReadAllText(_folder.At(".env")), StringComparison.Ordinal);
        Assert.Contains($"run: Reset-LabDbPassword -Path {_folder.Path}", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ 'from-vault' }")]
    [InlineData("$secure")]
    [InlineData("{ $secure }")]
    [InlineData("[pscredential]::new('user', $secure)")]
    [InlineData("{ [pscredential]::new('user', $secure) }")]
    public void A_value_can_be_a_secret_or_a_script_block(string value)
    {
        _session.Run(
            $"param($p) $secure = [securestring]::new(); 'from-vault'.ToCharArray() | ForEach-Object {{ $secure.AppendChar($_) }}; New-LabEnvFile -Path $p -Variable @{{ POSTGRES_PASSWORD = {value} }}",
            _folder.Path).Good();

        Assert.Contains("\nPOSTGRES_PASSWORD=from-vault\n", File.ReadAllText(_folder.At(".env")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ throw 'the vault is locked' }")]
    [InlineData("{ }")]
    [InlineData("{ 'one-secret'; 'two-secret' }")]
    public void A_script_block_must_return_one_value(string value)
    {
        SessionResult result = _session.Run($"param($p) New-LabEnvFile -Path $p -Variable @{{ POSTGRES_PASSWORD = {value} }}", _folder.Path);

        Assert.Equal("EnvFileInvalid", result.ErrorId);
        Assert.DoesNotContain("-secret", result.Error!.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.At(".env")));
    }

    [Fact]
    public void A_script_block_runs_only_if_its_value_is_needed()
    {
        _session.Run("param($p) New-LabEnvFile -Path $p -WhatIf -Variable @{ A = { throw 'ran' } }", _folder.Path).Good();
        _folder.Write(".env", "MINE=1\n");

        Assert.Equal("EnvFileExists", _session.Run("param($p) New-LabEnvFile -Path $p -Variable @{ A = { throw 'ran' } }", _folder.Path).ErrorId);
    }

    [Fact]
    public void Specified_values_are_set_added_and_quoted_if_the_parser_would_change_them()
    {
        _session.Run("param($p) New-LabEnvFile -Path $p -Variable @{ API_PORT = 18080; NOTE = 'it''s $5 #1' }", _folder.Path).Good();

        string text = File.ReadAllText(_folder.At(".env"));
        Assert.Contains("\nAPI_PORT=18080\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\nNOTE='it\\'s $5 #1'\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("C:\\dir\\")]
    [InlineData("a\\'b")]
    [InlineData("\\")]
    [InlineData("$a \"b\" #c\\")]
    [InlineData("it's $5 #1")]
    [InlineData(" two\nlines ")]
    public void A_value_is_read_back_unchanged(string value)
    {
        _folder.Write("compose.yaml", "services: { a: { image: i, environment: { NOTE: \"${NOTE}\" } } }\n");
        _session.Run("param($p, $v) New-LabEnvFile -Path $p -Variable @{ NOTE = $v }", _folder.Path, value).Good();

        var variable = Assert.IsType<LabVariable>(Assert.Single(_session.Run("param($p) Get-LabVariable -Path $p | Where-Object Name -EQ NOTE", _folder.Path).Good()));
        Assert.Equal(value, variable.Value);
    }

    [Fact]
    public void An_invalid_variable_name_is_rejected_before_anything_is_written()
    {
        SessionResult result = _session.Run("param($p) New-LabEnvFile -Path $p -Variable @{ 'A B' = 1 }", _folder.Path);

        Assert.Equal("EnvFileInvalid", result.ErrorId);
        Assert.False(File.Exists(_folder.At(".env")));
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        Assert.Empty(_session.Run("param($p) New-LabEnvFile -Path $p -WhatIf", _folder.Path).Good());
        Assert.False(File.Exists(_folder.At(".env")));
    }

    [Fact]
    public void A_password_never_reaches_a_stream()
    {
        SessionResult result = _session.Run("param($p) New-LabEnvFile -Path $p -Verbose *>&1 | ForEach-Object { \"$_\" }", _folder.Path);

        string password = File.ReadAllLines(_folder.At(".env")).Single(l => l.StartsWith("POSTGRES_PASSWORD=", StringComparison.Ordinal)).Split('=')[1];
        Assert.DoesNotContain(password, string.Join('\n', result.Good()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_of_a_password_gets_the_same_password()
    {
        _folder.Write(".env.example", "DB_PASSWORD=\nDB_PASSWORD_FILE=./secrets/db_password\n");

        _session.Run("param($p) New-LabEnvFile -Path $p", _folder.Path).Good();

        Assert.Equal($"DB_PASSWORD={File.ReadAllText(_folder.At("secrets/db_password"))}", File.ReadAllLines(_folder.At(".env"))[0]);
    }

    [Theory]
    [InlineData("DB_PASSWORD=old", "old")]
    [InlineData("DB_PASSWORD='o#l d' # of the database", "o#l d")]
    public void A_missing_password_file_gets_the_password_of_an_existing_file_which_is_not_changed(string line, string password)
    {
        string before = $"{line}\nDB_PASSWORD_FILE=./secrets/db_password\n";
        _folder.Write(".env.example", "DB_PASSWORD=\nDB_PASSWORD_FILE=./secrets/db_password\n");
        _folder.Write(".env", before);

        _session.Run("param($p) New-LabEnvFile -Path $p -WhatIf", _folder.Path).Good();
        Assert.False(File.Exists(_folder.At("secrets/db_password")));
        var written = Assert.IsType<FileInfo>(Assert.Single(_session.Run("param($p) New-LabEnvFile -Path $p", _folder.Path).Good()));

        Assert.Equal(_folder.At("secrets/db_password"), written.FullName);
        Assert.Equal(password, File.ReadAllText(written.FullName));
        Assert.Equal(before, File.ReadAllText(_folder.At(".env")));
        Assert.Equal("EnvFileExists", _session.Run("param($p) New-LabEnvFile -Path $p", _folder.Path).ErrorId);
    }

    [Fact]
    public void Only_files_in_the_project_folder_are_completed()
    {
        _folder.Write(".env.example", "DB_PASSWORD=\n");
        _folder.Write(".env", "DB_PASSWORD=old\nDB_PASSWORD_FILE=../outside/db_password\n");

        Assert.Equal("EnvFileExists", _session.Run("param($p) New-LabEnvFile -Path $p", _folder.Path).ErrorId);
        Assert.False(Directory.Exists(_folder.At("../outside")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" -Force")]
    public void A_second_file_shares_the_password_files_of_the_first_one(string force)
    {
        _folder.Write(".env.example", "DB_PASSWORD=\nAPI_TOKEN=\nDB_PASSWORD_FILE=./secrets/db_password\n");
        _folder.Write(".env", "DB_PASSWORD=old\nAPI_TOKEN=mine\nDB_PASSWORD_FILE=./secrets/db_password\n");

        _session.Run($"param($p) New-LabEnvFile -Path $p -Destination $p/second.env{force}", _folder.Path).Good();

        string[] lines = File.ReadAllLines(_folder.At("second.env"));
        Assert.Equal("DB_PASSWORD=old", lines[0]);
        Assert.NotEqual("API_TOKEN=mine", lines[1]);
        Assert.Equal("old", File.ReadAllText(_folder.At("secrets/db_password")));
    }

    [Fact]
    public void An_existing_password_file_keeps_its_password()
    {
        _folder.Write(".env.example", "DB_PASSWORD=\nDB_PASSWORD_FILE=./secrets/db_password\n");
        _folder.Write("secrets/db_password", "old");

        _session.Run("param($p) New-LabEnvFile -Path $p", _folder.Path).Good();

        Assert.Equal("DB_PASSWORD=old", File.ReadAllLines(_folder.At(".env"))[0]);
        Assert.Equal("old", File.ReadAllText(_folder.At("secrets/db_password")));
    }

    [Fact]
    public void A_warning_is_written_only_if_git_does_not_ignore_the_file()
    {
        using var git = System.Diagnostics.Process.Start("git", ["init", "--quiet", _folder.Path]);
        git.WaitForExit();

        SessionResult open = _session.Run("param($p) New-LabEnvFile -Path $p", _folder.Path);
        _folder.Write(".gitignore", ".env\n");
        SessionResult closed = _session.Run("param($p) New-LabEnvFile -Path $p -Force -Variable @{ POSTGRES_PASSWORD = 'a'; API_TOKEN = 'b' }", _folder.Path);

        Assert.Contains(".gitignore", Assert.Single(open.Warnings), StringComparison.Ordinal);
        closed.Good();
        Assert.Empty(closed.Warnings);
    }

    [Fact]
    public void A_folder_without_an_example_is_reported()
    {
        using var empty = new TemporaryFolder();

        SessionResult result = _session.Run("param($p) New-LabEnvFile -Path $p", empty.Path);

        Assert.Equal("EnvFileNotFound", result.ErrorId);
    }

    [Fact]
    public void A_destination_that_cannot_be_written_is_reported()
    {
        SessionResult result = _session.Run("param($p) New-LabEnvFile -Path $p -Destination $p/no/such/folder/.env", _folder.Path);

        Assert.Equal("FileUnwritable", result.ErrorId);
    }

    [Fact]
    public void A_specified_password_is_written_to_its_file_too_and_a_file_can_be_its_own_template()
    {
        _folder.Write(".env", "PORT=1\nDB_PASSWORD=old\nDB_PASSWORD_FILE=./secrets/db_password\n");

        _session.Run("param($p) New-LabEnvFile -Path $p/.env -Destination $p/.env -Variable @{ DB_PASSWORD = 'new' } -Force", _folder.Path).Good();

        Assert.Equal("PORT=1\nDB_PASSWORD=new\nDB_PASSWORD_FILE=./secrets/db_password\n", File.ReadAllText(_folder.At(".env")));
        Assert.Equal("new", File.ReadAllText(_folder.At("secrets/db_password")));
    }

    [Theory]
    [InlineData("../victim/id_rsa")]
    [InlineData("./link/id_rsa")]
    [InlineData("./linked_file")]
    [InlineData("./secrets/../../victim/id_rsa")]
    public void A_password_file_outside_the_project_folder_is_neither_read_nor_written(string named)
    {
        using var victim = new TemporaryFolder();
        string key = victim.Write("id_rsa", "PRIVATE");
        UnixFileMode mode = Mode(key);
        Directory.CreateSymbolicLink(_folder.At("link"), victim.Path);
        File.CreateSymbolicLink(_folder.At("linked_file"), key);
        string path = named.Replace("../victim", $"../{Path.GetFileName(victim.Path)}", StringComparison.Ordinal);
        _folder.Write(".env.example", $"DB_PASSWORD=\nDB_PASSWORD_FILE={path}\n");

        SessionResult result = _session.Run("param($p) New-LabEnvFile -Path $p -Force -Variable @{ DB_PASSWORD = 'new' }", _folder.Path);

        Assert.Equal("EnvFileInvalid", result.ErrorId);
        Assert.Equal("PRIVATE", File.ReadAllText(key));
        Assert.Equal(mode, Mode(key));
        Assert.False(File.Exists(_folder.At(".env")));
    }

    [Fact]
    public void A_password_file_never_gets_a_looser_mode_and_a_folder_of_secrets_is_made_private()
    {
        _folder.Write(".env.example", "DB_PASSWORD=\nDB_PASSWORD_FILE=./secrets/db\n");
        string file = _folder.Write("secrets/db", "old");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(_folder.At("secrets"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        _session.Run("param($p) New-LabEnvFile -Path $p -Variable @{ DB_PASSWORD = 'new' }", _folder.Path).Good();

        Assert.Equal("new", File.ReadAllText(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, Mode(_folder.At("secrets")));
    }

    [Fact]
    public void A_folder_that_is_not_only_for_secrets_is_unchanged_with_a_warning()
    {
        _folder.Write(".env.example", "DB_PASSWORD=\nDB_PASSWORD_FILE=./config/db\n");
        _folder.Write("config/app.conf", "x");
        UnixFileMode mode = Mode(_folder.At("config"));

        SessionResult result = _session.Run("param($p) New-LabEnvFile -Path $p", _folder.Path);

        Assert.Contains("config", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(mode, Mode(_folder.At("config")));
    }

    private static UnixFileMode Mode(string path) => File.GetUnixFileMode(path);
}
