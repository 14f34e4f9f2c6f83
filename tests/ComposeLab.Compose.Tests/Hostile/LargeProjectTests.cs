using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules;
using ComposeLab.Compose.Writing;

namespace ComposeLab.Compose.Tests.Hostile;

/// <summary>Projects with very many parts are loaded, printed and checked in time that grows with their size, not with its square.</summary>
public sealed class LargeProjectTests : IDisposable
{
    // A second is promised; a busy machine needs more processor time for the same work. What is quadratic takes several.
    private const int Patience = 2_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("composelab-large-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void More_than_two_thousand_services() =>
        Assert.NotEmpty(Check(Load("services:\n" + Many(2_500, i => $"  s{i}: {{image: i, ports: ['{i + 1}:80']}}\n"))));

    [Fact]
    public void A_chain_of_a_thousand_services() =>
        Assert.NotEmpty(Check(Load("services:\n" + Many(1_000, i => $"  s{i}: {{image: i{(i > 0 ? $", depends_on: [s{i - 1}]" : "")}}}\n"))));

    [Fact]
    public void Two_hundred_services_of_which_each_waits_for_all_before_it() =>
        Assert.NotEmpty(Check(Load("services:\n" + Many(200, i => $"  s{i}: {{image: i, healthcheck: {{test: a}}, depends_on: [{string.Join(',', Enumerable.Range(0, i).Select(j => $"s{j}"))}]}}\n"))));

    [Fact]
    public void A_cycle_of_four_hundred_services_is_shown_in_part()
    {
        var fault = Assert.Throws<ComposeException>(() => Load("services:\n" + Many(400, i => $"  s{i}: {{image: i, depends_on: [s{(i + 1) % 400}]}}\n")));
        Assert.Equal(ComposeErrorId.DependencyCycle, fault.Id);
        Assert.InRange(fault.Message.Length, 1, 500);
    }

    [Fact]
    public void Services_to_choose_from_are_listed_in_part()
    {
        var fault = Assert.Throws<ComposeException>(() => Load("services:\n" + Many(2_000, i => $"  s{i}: {{image: i{(i == 0 ? ", depends_on: [x]" : "")}}}\n")));
        Assert.Equal(ComposeErrorId.ServiceNotFound, fault.Id);
        Assert.InRange($"{fault.Message}{fault.Recommendation}".Length, 1, 2_000);
    }

    [Fact]
    public void Every_port_published_by_two_services_is_one_finding()
    {
        var findings = Findings(Load("services: {a: {image: i, ports: ['1-65535:1-65535']}, b: {image: i, ports: ['1-65535:1-65535']}}"));
        var finding = Assert.Single(findings, finding => finding.Rule == "PortTakenTwice");
        Assert.Contains("1-65535", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_inside_a_range_is_found() => Assert.Single(
        Check(Load("services: {a: {image: i, ports: ['10000-20000:10000-20000']}, b: {image: i, ports: ['15000:80']}, c: {image: i, ports: ['20001:80']}}")),
        finding => finding is { Rule: "PortTakenTwice", Service: "b" });

    [Fact]
    public void A_range_around_a_port_is_found() => Assert.Single(
        Findings(Load("services: {a: {image: i, ports: ['15000:80']}, b: {image: i, ports: ['10000-20000:10000-20000']}}")),
        finding => finding is { Rule: "PortTakenTwice", Service: "b" });

    [Fact]
    public void Ranges_of_different_addresses_and_protocols_do_not_meet() => Assert.DoesNotContain(
        Findings(Load("services: {a: {image: i, ports: ['127.0.0.1:1-9000:1-9000', '127.0.0.2:1-9000:1-9000', '127.0.0.1:1-9000:1-9000/udp']}}")),
        finding => finding.Rule == "PortTakenTwice");

    [Fact]
    public void Five_thousand_ranges_that_meet_each_other() => Assert.Equal(
        4_999,
        Findings(Load("services: {a: {image: i, ports: [" + Many(5_000, i => $"'{i + 1}-{i + 5000}:{i + 1}',") + "]}}")).Count(finding => finding.Rule == "PortTakenTwice"));

    private static string Many(int count, Func<int, string> text) => string.Concat(Enumerable.Range(0, count).Select(text));

    private ComposeProject Load(string yaml)
    {
        File.WriteAllText(Path.Combine(_folder, "compose.yaml"), yaml);
        return Soon(() => ComposeLoader.Load(new ComposeRequest { WorkingDirectory = _folder, Files = ["compose.yaml"] }, CancellationToken.None));
    }

    private static IReadOnlyList<Finding> Check(ComposeProject project)
    {
        Soon(() => ComposeYamlWriter.Write(project, new ComposeWriteOptions { Origins = true }));
        Soon(() => ComposeJsonWriter.Write(project, new ComposeWriteOptions()));
        return Findings(project);
    }

    private static IReadOnlyList<Finding> Findings(ComposeProject project) =>
        Soon(() => RuleRun.Check(project, production: true, new NoMachine(), CancellationToken.None));

    // Measured is the work of this thread: what else the machine does at the same time does not count.
    private static T Soon<T>(Func<T> work)
    {
        var before = ThreadTime.Now;
        var result = work();
        Assert.InRange((ThreadTime.Now - before).TotalMilliseconds, 0, Patience);
        return result;
    }

    private sealed class NoMachine : IRuleEnvironment
    {
        public string? Home => null;

        public GitState GitStateOf(string path) => GitState.Unknown;

        public string? ReadText(string path) => null;

        public IReadOnlyList<string> FilesIn(string folder) => [];
    }
}
