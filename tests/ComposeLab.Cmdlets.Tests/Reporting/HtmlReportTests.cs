using System.Xml.Linq;
using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Reporting;
using ComposeLab.Reporting.Topologies;

namespace ComposeLab.Cmdlets.Tests.Reporting;

public sealed class HtmlReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_drawing_is_well_formed_and_external_text_is_escaped()
    {
        var project = Project("services: { web: { image: 'a&b<c>' } }");

        XElement svg = XElement.Parse(TopologySvg.Draw(Facts(project)).Text);

        Assert.Contains(svg.Descendants(), element => element.Value == "a&b<c>");
    }

    [Fact]
    public void Names_that_differ_at_the_end_are_different_in_the_drawing()
    {
        const string Common = "a-very-long-name-of-a-notification-dispatcher";
        var project = Project($"services: {{ notification-dispatcher-eu: {{ image: a }}, {Common}-eu: {{ image: a }}, {Common}-us: {{ image: a }} }}");

        XElement svg = XElement.Parse(TopologySvg.Draw(Facts(project)).Text);

        string[] names = [.. svg.Descendants().Where(element => element.Attribute("class")?.Value == "name").Select(element => element.Value)];
        Assert.Contains("notification-dispatcher-eu", names);
        Assert.Equal(3, names.Distinct(StringComparer.Ordinal).Count());
        Assert.All(names, name => Assert.InRange(name.Length, 1, 28));
    }

    [Fact]
    public void The_page_is_self_contained_and_shows_no_secret()
    {
        ReportFacts facts = Facts(Project("services: { web: { image: a } }")) with
        {
            EngineFault = "no answer from tcp://user:hunter2@example",
            Differences = [new LabConfigDifference { Path = "services.web.environment.URL", Kind = LabDifferenceKind.Changed, ReferenceValue = "postgresql://lab:hunter2@db/lab", DifferenceValue = null }],
            Compared = ["Dev", "Prod"],
        };

        string page = HtmlReport.Write(facts);

        Assert.DoesNotContain("hunter2", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", page, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_that_several_services_run_counts_once()
    {
        LabImageSize image = new() { ProjectName = "lab", Profile = "", Service = "web", Image = "a", Exists = true, ImageId = "sha256:1", Size = 2_000_000 };
        ReportFacts facts = Facts(Project("services: { web: { image: a }, api: { image: a } }")) with { Images = [image, image] };

        Assert.Contains("<b>2.00 MB</b>of images", HtmlReport.Write(facts), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_container_is_shown_with_its_last_probe_and_log_lines()
    {
        ReportFacts facts = Facts(Project("services: { web: { image: a } }")) with
        {
            Engine = "unix:///run/docker.sock, Docker 24.0.0",
            ModuleVersion = "0.2.0",
            Troubles = [new ContainerTrouble("p-web-1", "exit code 1: <no answer>", ["first", "last & least"])],
        };

        string page = HtmlReport.Write(facts);

        Assert.Contains("ComposeLab 0.2.0", page, StringComparison.Ordinal);
        Assert.Contains("unix:///run/docker.sock, Docker 24.0.0", page, StringComparison.Ordinal);
        Assert.Contains("exit code 1: &lt;no answer&gt;", page, StringComparison.Ordinal);
        Assert.Contains("first\nlast &amp; least", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_database_test_is_shown_with_cause_and_checks()
    {
        ReportFacts facts = Facts(Project("services: { web: { image: a } }")) with
        {
            Database = new LabDbTestResult
            {
                ProjectName = "p",
                Service = "db",
                Cause = LabDbCause.DatabaseStopped,
                Message = "db is stopped.",
                Recommendation = "Start-LabStack",
                Duration = default,
                Checks = [new LabDbCheck { Name = "tcp", Outcome = LabDbOutcome.Failed, Detail = "refused" }],
            },
        };

        string page = HtmlReport.Write(facts);

        Assert.All(["DatabaseStopped", "db is stopped.", "Start-LabStack", "refused"], text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("['80']", "*:any → 80")]
    [InlineData("['127.0.0.1::80']", "127.0.0.1:any → 80")]
    [InlineData("['8080:80', '9000:9000']", "*:8080 → 80, *:9000 → 9000")]
    [InlineData("[]", "not published")]
    public void A_box_shows_the_ports_that_its_files_publish(string ports, string words)
    {
        XElement svg = XElement.Parse(TopologySvg.Draw(Facts(Project($"services: {{ web: {{ image: a, ports: {ports} }} }}"))).Text);

        Assert.Contains(svg.Descendants(), element => element.Value == words);
    }

    [Fact]
    public void A_box_shows_the_port_that_the_engine_chose()
    {
        LabService web = Container(LabServiceState.Running, LabHealth.None, null, new LabPort { HostIp = "0.0.0.0", HostPort = 32768, ContainerPort = 80, Protocol = "tcp" });
        ReportFacts facts = Facts(Project("services: { web: { image: a, ports: ['80'] } }")) with { Containers = [web] };

        Assert.Contains(XElement.Parse(TopologySvg.Draw(facts).Text).Descendants(), element => element.Value == "*:32768 → 80");
    }

    [Theory]
    [InlineData(LabServiceState.Running, LabHealth.Healthy, null, ServiceVerdict.Good)]
    [InlineData(LabServiceState.Running, LabHealth.None, null, ServiceVerdict.Good)]
    [InlineData(LabServiceState.Running, LabHealth.Starting, null, ServiceVerdict.Waiting)]
    [InlineData(LabServiceState.Running, LabHealth.Unhealthy, null, ServiceVerdict.Bad)]
    [InlineData(LabServiceState.Exited, LabHealth.None, 0, ServiceVerdict.Done)]
    [InlineData(LabServiceState.Exited, LabHealth.None, 137, ServiceVerdict.Bad)]
    public void The_verdict_of_a_service_uses_state_health_and_exit_code(LabServiceState state, LabHealth health, int? exitCode, object verdict)
    {
        ReportFacts facts = Facts(Project("services: { web: { image: a } }"));

        Assert.Equal(verdict, (facts with { Containers = [Container(state, health, exitCode)] }).Verdict("web"));
        Assert.Equal(ServiceVerdict.Absent, facts.Verdict("web"));
    }

    [Fact]
    public void A_service_of_several_containers_is_as_good_as_the_worst()
    {
        LabService good = Container(LabServiceState.Running, LabHealth.Healthy, null);
        LabService bad = Container(LabServiceState.Running, LabHealth.Unhealthy, null);

        Assert.Equal(ServiceVerdict.Bad, (Facts(Project("services: { web: { image: a } }")) with { Containers = [good, bad, good] }).Verdict("web"));
    }

    private static LabService Container(LabServiceState state, LabHealth health, int? exitCode, params LabPort[] ports) => new()
    {
        ProjectName = "p",
        Service = "web",
        Number = 1,
        Container = "p-web-1",
        ContainerId = "1",
        Image = "a",
        State = state,
        Health = health,
        ExitCode = exitCode,
        Ports = ports,
        CreatedAt = default,
        Status = "",
    };

    private ComposeProject Project(string text) => ComposeLoader.Load(
        new ComposeRequest { Files = [_folder.Write("compose.yaml", text)], WorkingDirectory = _folder.Path, ProjectName = "p", Environment = new Dictionary<string, string>() },
        CancellationToken.None);

    private static ReportFacts Facts(ComposeProject project) => new()
    {
        Project = project,
        Profile = "",
        Time = DateTimeOffset.UnixEpoch,
        Containers = [],
        Images = [],
        EngineFault = null,
        Findings = [],
        Differences = [],
        Compared = [],
    };
}
