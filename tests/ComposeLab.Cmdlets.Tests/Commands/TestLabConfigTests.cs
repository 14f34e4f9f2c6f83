using ComposeLab.Cmdlets.Tests.Hosting;

namespace ComposeLab.Cmdlets.Tests.Commands;

public sealed class TestLabConfigTests : IDisposable
{
    private readonly TestSession _session = new();
    private readonly TemporaryFolder _folder = new();

    public TestLabConfigTests()
    {
        _folder.Write("compose.yaml", """
            version: "3"
            services:
              db:
                image: postgres
                ports: ["5432:5432"]
                volumes: [data:/var/lib/postgresql/data]
                environment: { POSTGRES_PASSWORD_FILE: /data/password }
            volumes:
              data:
            """);
        _folder.Write("compose.prod.yaml", "services:\n  db:\n    privileged: true\n");
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_finding_contains_the_problem_its_place_and_the_fix()
    {
        var finding = Assert.IsType<LabFinding>(Assert.Single(Run("-Rule DatabasePortPublished").Good()));

        Assert.Equal(
            ("DatabasePortPublished", LabSeverity.Warning, "db", "services.db.ports[0]", _folder.At("compose.yaml"), 5, 13),
            (finding.Rule, finding.Severity, finding.Service, finding.Path, finding.File, finding.Line, finding.Column));
        Assert.Contains("127.0.0.1", finding.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warning_of_the_loader_is_a_finding_instead()
    {
        SessionResult result = Run("");

        Assert.Contains(result.Good().Cast<LabFinding>(), finding => finding.Rule == "VersionKey");
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void The_most_severe_findings_come_first()
    {
        LabSeverity[] severities = [.. Run("-Profile Prod").Good().Cast<LabFinding>().Select(finding => finding.Severity)];

        Assert.Equal(severities.OrderDescending(), severities);
        Assert.Equal(LabSeverity.Error, severities[0]);
    }

    [Theory]
    [InlineData("-Rule Image*, VersionKey", "ImageNotPinned VersionKey")]
    [InlineData("-Severity Information", "VersionKey")]
    [InlineData("-ExcludeRule DatabasePortPublished, version*", "ImageNotPinned")]
    [InlineData("-Profile Prod -Severity Error", "DatabasePortPublished Privileged")]
    [InlineData("-Policy Prod -Severity Error", "DatabasePortPublished")]
    [InlineData("-Profile Prod -Policy None -Severity Error", "")]
    public void Rules_severities_and_the_policy_filter_the_findings(string parameters, string rules) => Assert.Equal(
        rules,
        string.Join(' ', Run(parameters).Good().Cast<LabFinding>().Select(finding => finding.Rule).Order(StringComparer.Ordinal)));

    [Fact]
    public void A_misspelled_rule_is_an_error() => Assert.Equal("RuleNotFound", Run("-Rule ImageNotPined").ErrorId);

    [Theory]
    [InlineData("-Profile Prod", false)]
    [InlineData("", true)]
    public void Quiet_returns_whether_there_is_no_error(string parameters, bool answer) => Assert.Equal([answer], Run($"{parameters} -Quiet").Good());

    [Fact]
    public void A_file_that_cannot_be_loaded_is_the_loaders_error()
    {
        _folder.Write("compose.yaml", "services:\n  db:\n    imag: postgres\n");

        Assert.Equal("UnsupportedAttribute", Run("").ErrorId);
    }

    [Theory]
    [InlineData("Prod")]
    [InlineData("Dev")]
    public void The_bundled_lab_is_clean(string profile)
    {
        string example = _folder.Write("lab.env", "POSTGRES_PASSWORD=x\n");

        Assert.Empty(_session.Run("param($p, $e) Test-LabConfig -Profile $p -EnvFile $e", profile, example).Good());
    }

    [Fact]
    public void The_rules_have_tab_completion() => Assert.Contains(
        "ImageNotPinned",
        _session.Run("(TabExpansion2 'Test-LabConfig -Rule Image').CompletionMatches.CompletionText").Good());

    [Fact]
    public void The_rules_can_be_listed()
    {
        var rule = Assert.IsType<LabConfigRule>(Assert.Single(_session.Run("Get-LabConfigRule Reload").Good()));

        Assert.Equal((null, LabSeverity.Error), (rule.Severity, rule.InProduction));
        Assert.True(_session.Run("Get-LabConfigRule").Good().Count > 40);
    }

    private SessionResult Run(string parameters) => _session.Run($"param($p) Test-LabConfig -Path $p {parameters}", _folder.Path);
}
