using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Cmdlets.Tests.Progress;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Errors;
using ComposeLab.Policy;
using ComposeLab.Projects;

namespace ComposeLab.Cmdlets.Tests.Policy;

public sealed class PolicyGateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PolicyGateTests() => _folder.Write("compose.yaml", """
        services:
          db:
            image: postgres:16
            privileged: true
            ports: ["5432:5432"]
            volumes: [data:/var/lib/postgresql/data]
            environment: { POSTGRES_PASSWORD_FILE: /data/password }
        volumes:
          data:
        """);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_rule_error_is_in_the_message_and_its_target()
    {
        var refusal = Assert.Throws<LabException>(() => Check("Prod", LabPolicy.ByProfile));

        Assert.Equal(LabErrorId.PolicyViolated, refusal.Id);
        Assert.Equal(["Privileged", "DatabasePortPublished"], Assert.IsType<LabFinding[]>(refusal.Target).Select(finding => finding.Rule));
        Assert.Contains("compose.yaml:4: Privileged", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("compose.yaml:5: DatabasePortPublished", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_error_is_enough()
    {
        _folder.Write("compose.yaml", "services: { web: { image: 'nginx:1.29', privileged: true } }");

        var refusal = Assert.Throws<LabException>(() => Check("Prod", LabPolicy.ByProfile));

        Assert.Equal("Privileged", Assert.Single(Assert.IsType<LabFinding[]>(refusal.Target)).Rule);
    }

    [Theory]
    [InlineData("prod", LabPolicy.ByProfile)]
    [InlineData("Production", LabPolicy.ByProfile)]
    [InlineData("Dev", LabPolicy.Prod)]
    [InlineData(null, LabPolicy.Prod)]
    public void Production_is_rejected(string? profile, LabPolicy policy) => Assert.Throws<LabException>(() => Check(profile, policy));

    [Theory]
    [InlineData(null, LabPolicy.ByProfile)]
    [InlineData("Dev", LabPolicy.ByProfile)]
    [InlineData("Prod", LabPolicy.None)]
    public void Other_policies_pass(string? profile, LabPolicy policy) => Check(profile, policy);

    [Fact]
    public void Force_writes_every_error_as_a_warning()
    {
        var output = new RecordingOutput();

        PolicyGate.Check(Project(), Selection("Prod"), LabPolicy.ByProfile, output, CancellationToken.None);

        Assert.Equal(2, output.Messages.Count(message => message.StartsWith("warning: ", StringComparison.Ordinal)));
    }

    private void Check(string? profile, LabPolicy policy) => PolicyGate.Check(Project(), Selection(profile), policy, null, CancellationToken.None);

    private ComposeProject Project() =>
        ComposeLoader.Load(new ComposeRequest { WorkingDirectory = _folder.Path, Files = ["compose.yaml"] }, CancellationToken.None);

    private ProjectSelection Selection(string? profile) => new() { Profile = profile, Location = _folder.Path, Environment = new Dictionary<string, string>() };
}
