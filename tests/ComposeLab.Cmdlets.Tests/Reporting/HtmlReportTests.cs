using System.Xml.Linq;
using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Reporting;

namespace ComposeLab.Cmdlets.Tests.Reporting;

public sealed class HtmlReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Who_depends_stands_left_of_what_it_depends_on()
    {
        Topology topology = Topology.Of(Project("""
            services:
              web: { image: a, depends_on: [api] }
              api: { image: a, depends_on: [db, cache] }
              cache: { image: a }
              db: { image: a }
            """));

        TopologyBox At(string name) => topology.Boxes.Single(box => box.Service.Name == name);
        Assert.True(At("web").X < At("api").X && At("api").X < At("db").X);
        Assert.Equal(At("db").X, At("cache").X);
        Assert.NotEqual(At("db").Y, At("cache").Y);
        Assert.Equal(3, topology.Lines.Count);
    }

    [Fact]
    public void The_drawing_is_well_formed_and_what_comes_from_outside_is_escaped()
    {
        var project = Project("services: { web: { image: 'a&b<c>' } }");

        XElement svg = XElement.Parse(TopologySvg.Draw(Facts(project)).Text);

        Assert.Contains(svg.Descendants(), element => element.Value == "a&b<c>");
    }

    [Fact]
    public void The_page_needs_nothing_beside_it_and_shows_no_secret()
    {
        ReportFacts facts = Facts(Project("services: { web: { image: a } }")) with
        {
            EngineFault = "no answer from tcp://user:hunter2@example",
            Differences = [new LabConfigDifference { Path = "services.web.environment.URL", Kind = LabDifferenceKind.Changed, Left = "postgresql://lab:hunter2@db/lab", Right = null }],
            Compared = ["Dev", "Prod"],
        };

        string page = HtmlReport.Write(facts);

        Assert.DoesNotContain("hunter2", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LabServiceState.Running, LabHealth.Healthy, null, ServiceVerdict.Good)]
    [InlineData(LabServiceState.Running, LabHealth.None, null, ServiceVerdict.Good)]
    [InlineData(LabServiceState.Running, LabHealth.Starting, null, ServiceVerdict.Waiting)]
    [InlineData(LabServiceState.Running, LabHealth.Unhealthy, null, ServiceVerdict.Bad)]
    [InlineData(LabServiceState.Exited, LabHealth.None, 0, ServiceVerdict.Done)]
    [InlineData(LabServiceState.Exited, LabHealth.None, 137, ServiceVerdict.Bad)]
    public void A_service_is_judged_by_state_health_and_exit_code(LabServiceState state, LabHealth health, int? exitCode, object verdict)
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

    private static LabService Container(LabServiceState state, LabHealth health, int? exitCode) => new()
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
        Ports = [],
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
