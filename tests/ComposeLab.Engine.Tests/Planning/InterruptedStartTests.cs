using ComposeLab.Compose.Model;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Planning;

public sealed class InterruptedStartTests
{
    private const string Before = """
        services:
          api:
            image: api
            environment: { LOG_LEVEL: info }
            depends_on: { db: { condition: service_started, restart: true } }
            networks: [front, back]
          db: { image: db, volumes: ["data:/data"], networks: [back], environment: { MODE: one } }
          side: { image: side, network_mode: "service:db" }
        networks: { front: , back: { labels: { edition: one } } }
        volumes: { data: }
        """;

    public static TheoryData<string, string> Changes => new()
    {
        { "a first start", Before },
        { "a changed environment", Before.Replace("MODE: one", "MODE: two", StringComparison.Ordinal) },
        { "a changed network", Before.Replace("edition: one", "edition: two", StringComparison.Ordinal) },
        { "more containers", Before.Replace("image: api", "image: api\n    scale: 3", StringComparison.Ordinal) },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_start_after_an_interrupted_one_converges(string what, string after)
    {
        ComposeProject wanted = Projects.Load(after);
        int steps = Prepared(what, wanted).Plan(wanted).Operations.Count;
        for (int done = 0; done <= steps; done++)
        {
            SimulatedEngine engine = Prepared(what, wanted);
            engine.Carry(engine.Plan(wanted).Operations.Take(done));

            engine.Start(wanted);

            Assert.Equal($"after {done} steps: nothing to do\n", $"after {done} steps: {engine.Plan(wanted)}");
            Assert.DoesNotContain(engine.Names, name => name.Contains('_', StringComparison.Ordinal));
        }
    }

    private static SimulatedEngine Prepared(string what, ComposeProject wanted)
    {
        ComposeProject before = Projects.Load(Before);
        SimulatedEngine engine = new SimulatedEngine { Api = new Version(1, 41) }.WithImagesOf(wanted);
        return what == "a first start" ? engine : engine.Start(before);
    }
}
