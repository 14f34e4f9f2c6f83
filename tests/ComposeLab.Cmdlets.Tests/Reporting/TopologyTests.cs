using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Reporting.Topologies;

namespace ComposeLab.Cmdlets.Tests.Reporting;

public sealed class TopologyTests : IDisposable
{
    private const string Shop = """
        services:
          gateway: { image: a, depends_on: [web, api, assets] }
          web: { image: a, depends_on: [api] }
          assets: { image: a }
          api: { image: a, depends_on: { db: { condition: service_healthy }, cache: { condition: service_started }, queue: { condition: service_started } } }
          worker: { image: a, depends_on: [queue, db] }
          metrics: { image: a, depends_on: [db, api, mail] }
          cache: { image: a }
          queue: { image: a }
          db: { image: a }
          mail: { image: a }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_service_is_left_of_its_dependencies()
    {
        Topology topology = Of("""
            services:
              web: { image: a, depends_on: [api] }
              api: { image: a, depends_on: [db, cache] }
              cache: { image: a }
              db: { image: a }
            """);

        TopologyBox At(string name) => topology.Boxes.Single(box => box.Service.Name == name);
        Assert.True(At("web").X < At("api").X && At("api").X < At("db").X);
        Assert.Equal(At("db").X, At("cache").X);
        Assert.NotEqual(At("db").Y, At("cache").Y);
        Assert.Equal(3, topology.Lines.Count);
    }

    [Fact]
    public void No_box_covers_another()
    {
        IReadOnlyList<TopologyBox> boxes = Of(Shop).Boxes;

        Assert.Equal(10, boxes.Count);
        Assert.All(
            boxes.SelectMany(one => boxes.Where(other => other != one && other.X == one.X).Select(other => Math.Abs(one.Y - other.Y))),
            distance => Assert.True(distance > TopologyBox.Height));
    }

    [Fact]
    public void A_line_through_a_column_passes_between_its_boxes()
    {
        Topology topology = Of(Shop);

        var passages = topology.Lines.SelectMany(line => line.Points.Skip(1).SkipLast(1)).ToList();
        Assert.NotEmpty(passages);
        Assert.All(passages, point => Assert.DoesNotContain(
            topology.Boxes, box => point.X >= box.X && point.X <= box.X + TopologyBox.Width && point.Y >= box.Y && point.Y <= box.Y + TopologyBox.Height));
    }

    [Fact]
    public void Lines_do_not_cross_unnecessarily()
    {
        // In the order of their names every line would cross every other.
        ComposeProject project = Project("""
            services:
              a: { image: a, depends_on: [z] }
              b: { image: a, depends_on: [y] }
              c: { image: a, depends_on: [x] }
              x: { image: a }
              y: { image: a }
              z: { image: a }
            """);
        var columns = new TopologyColumns(project, [.. project.Services.Values]);

        Assert.Equal(0, TopologyOrder.Crossings(columns.Nodes));
    }

    [Fact]
    public void Services_without_dependencies_share_rows_below_the_others()
    {
        Topology topology = Of("""
            services:
              web: { image: a, depends_on: [db] }
              db: { image: a }
              one: { image: a }
              two: { image: a }
              three: { image: a }
              four: { image: a }
              five: { image: a }
            """);

        double joined = topology.Boxes.Where(box => box.Service.Name is "web" or "db").Max(box => box.Y);
        var alone = topology.Boxes.Where(box => box.Service.Name is not ("web" or "db")).ToList();
        Assert.All(alone, box => Assert.True(box.Y > joined + TopologyBox.Height));
        Assert.Equal([4, 1], alone.GroupBy(box => box.Y).OrderBy(row => row.Key).Select(row => row.Count()));
    }

    [Fact]
    public void A_project_without_services_is_an_empty_drawing() => Assert.Empty(Of("services: {}").Boxes);

    private Topology Of(string text) => Topology.Of(Project(text));

    private ComposeProject Project(string text) => ComposeLoader.Load(
        new ComposeRequest { Files = [_folder.Write("compose.yaml", text)], WorkingDirectory = _folder.Path, ProjectName = "p", Environment = new Dictionary<string, string>() },
        CancellationToken.None);
}
