using ComposeLab.Cmdlets.Tests.Hosting;

namespace ComposeLab.Cmdlets.Tests.Commands;

public sealed class InvokeLabRunTests : IDisposable
{
    private readonly TestSession _session = new();
    private readonly TemporaryFolder _folder = new();

    public InvokeLabRunTests() => _folder.Write("compose.yaml", "name: none\nservices: { job: { image: none } }\n");

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Piped_input_and_a_terminal_cannot_be_combined() => Assert.Equal("ParameterConflict", ErrorOf("'text' | Invoke-LabRun job -Path $p -Interactive"));

    [Theory]
    [InlineData("-Detach -Interactive")]
    [InlineData("-Detach -OutFile x")]
    [InlineData("-Detach -TimeoutSec 1")]
    [InlineData("-Interactive -Stream")]
    [InlineData("-ServicePorts -Publish 80")]
    public void Parameters_that_contradict_each_other_are_rejected_before_anything_runs(string parameters) =>
        Assert.Equal("ParameterConflict", ErrorOf($"Invoke-LabRun job -Path $p {parameters}"));

    [Theory]
    [InlineData("sh")]
    [InlineData("-User root")]
    public void An_attached_terminal_has_the_command_and_the_user_of_the_container(string parameters) =>
        Assert.Equal("ParameterConflict", ErrorOf($"Enter-LabService job {parameters} -Attach -Path $p"));

    [Fact]
    public void A_switch_that_is_off_contradicts_nothing() => Assert.Equal("TerminalRequired", ErrorOf("Invoke-LabRun job -Path $p -Interactive -Detach:$false"));

    [Theory]
    [InlineData("-Publish nonsense", "ComposeFileInvalid")]
    [InlineData("-Volume vol:/a:/b:/c", "ComposeFileInvalid")]
    [InlineData("-EnvironmentFile no-such.env", "EnvFileNotFound")]
    public void A_value_that_is_not_valid_is_rejected_before_the_engine_is_asked(string parameters, string id) =>
        Assert.Equal(id, ErrorOf($"Invoke-LabRun job -Path $p {parameters}"));

    [Fact]
    public void An_unknown_service_is_an_error() => Assert.Equal("ServiceNotFound", ErrorOf("Invoke-LabRun nosuch -Path $p"));

    private string? ErrorOf(string script) => _session.Run($"param($p) {script}", _folder.Path).ErrorId;
}
