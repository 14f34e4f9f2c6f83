using System.Management.Automation;
using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Errors;
using ComposeLab.Files;

namespace ComposeLab.Cmdlets.Tests.Files;

/// <summary>System errors are reported with their cause and never as a bug of the module. Nothing waits forever.</summary>
public sealed class FileFaultTests : IDisposable
{
    private readonly TestSession _session = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_template_that_cannot_be_read_is_reported_and_nothing_is_written()
    {
        const string file = ".env.example";
        Template();
        File.Delete(_folder.At(file));
        BadPlace.Unreadable(_folder.At(file));

        Assert.Contains(file, Refused("FileUnreadable", ErrorCategory.ReadError, "New-LabEnvFile $p"), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.At(".env")));
    }

    [Theory]
    [InlineData(".env.example")]
    [InlineData("secrets/password")]
    public void A_silent_pipe_instead_of_a_file_is_reported_without_waiting(string file)
    {
        Template();
        File.Delete(_folder.At(file));
        BadPlace.SilentPipe(_folder.At(file));

        Refused("FileUnreadable", ErrorCategory.ReadError, "New-LabEnvFile $p");
    }

    [Theory]
    [InlineData("nowhere/x.txt", "the folder does not exist")]
    [InlineData("nowhere/", "it is a folder")]
    [InlineData("folder", "it is a folder")]
    public void A_file_that_cannot_be_written_is_named_without_its_temporary_name(string path, string cause)
    {
        Directory.CreateDirectory(_folder.At("folder"));

        var fault = Assert.Throws<LabException>(() => new ReplacedFile(_folder.At(path)));

        Assert.Equal(LabErrorId.FileUnwritable, fault.Id);
        Assert.Equal($"Cannot write {_folder.At(path)}: {cause}.", fault.Message);
    }

    [Trait("Needs", "Engine")]
    [Theory]
    [InlineData("New-LabEnvFile $p -Destination $p/full/.env")]
    [InlineData("Export-LabReport $p/full/report.html -Path $p")]
    public void A_full_disk_is_reported_and_no_partial_file_is_left(string command)
    {
        Template();
        _folder.Write("compose.yaml", "services: { web: { image: nowhere } }\n");
        using IDisposable disk = BadPlace.FullDisk(_folder.At("full"));

        Refused("FileUnwritable", ErrorCategory.WriteError, command);

        Assert.Equal(["ballast"], Directory.GetFiles(_folder.At("full")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_secret_that_cannot_be_written_leaves_no_inconsistent_environment_file()
    {
        Template();
        Directory.Delete(_folder.At("secrets"), recursive: true);
        _folder.Write("secrets", "a file where a folder is expected");

        Refused("FileUnwritable", ErrorCategory.WriteError, "New-LabEnvFile $p");

        Assert.False(File.Exists(_folder.At(".env")));
    }

    [Trait("Needs", "Engine")]
    [Theory]
    [InlineData("Dockerfile")]
    [InlineData("../outside")]
    [InlineData(".dockerignore")]
    public void A_build_file_that_cannot_be_read_is_reported(string file)
    {
        _folder.Write("app/Dockerfile", "FROM scratch\n");
        _folder.Write("outside", "FROM scratch\n");
        string dockerfile = file.StartsWith('.') && file != ".dockerignore" ? file : "Dockerfile";
        _folder.Write("compose.yaml", $"services: {{ web: {{ image: nowhere, build: {{ context: app, dockerfile: {dockerfile} }} }} }}\n");
        File.Delete(_folder.At("app/" + file));
        BadPlace.SilentPipe(_folder.At("app/" + file));

        Refused("ImageBuildFailed", ErrorCategory.InvalidResult, "Build-LabImage -Path $p");
    }

    [Fact]
    public async Task A_compose_file_that_is_a_pipe_is_shown_without_reading_it_again()
    {
        BadPlace.SilentPipe(_folder.At("compose.yaml"));
        // On a separate thread: with a busy thread pool, the pipe would stay silent.
        Task writing = Task.Factory.StartNew(
            () => File.WriteAllText(_folder.At("compose.yaml"), "services: { web: { imag: x } }\n"), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        SessionResult result = _session.Run("param($p) Show-MergedConfig -File $p/compose.yaml", _folder.Path);

        Assert.Equal("UnsupportedAttribute", result.ErrorId);
        await writing.WaitAsync(TestSession.Patience);
    }

    private void Template()
    {
        _folder.Write(".env.example", "PASSWORD=\nPASSWORD_FILE=./secrets/password\n");
        _folder.Write("secrets/password", "kept");
    }

    private string Refused(string id, ErrorCategory category, string command)
    {
        SessionResult result = _session.Run($"param($p) {command}", _folder.Path);
        Assert.Equal(id, result.ErrorId);
        Assert.Equal(category, result.Error!.CategoryInfo.Category);
        Assert.NotEqual("", result.Error.ErrorDetails.RecommendedAction);
        return result.Error.ErrorDetails.Message;
    }
}
