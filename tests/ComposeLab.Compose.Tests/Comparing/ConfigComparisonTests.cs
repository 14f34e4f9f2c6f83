using ComposeLab.Compose.Comparing;
using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Tests.Rules;

namespace ComposeLab.Compose.Tests.Comparing;

public sealed class ConfigComparisonTests
{
    [Fact]
    public void The_same_model_from_different_files_has_no_differences() => Assert.Empty(Differences(
        "services:\n  a:\n    image: x:1\n    ports: [\"80:8000\"]\n    environment: [A=1, B=2]\n",
        "services:\n  a:\n    environment:\n      B: 2\n      A: 1\n    ports:\n      - target: 8000\n        published: \"80\"\n    image: x:1\n"));

    [Fact]
    public void Values_are_changed_added_and_removed() => Assert.Equal(
        ["Removed services.a.environment.OLD 1 -> ", "Changed services.a.image x:1 -> x:2", "Added services.a.restart  -> always"],
        Differences(
            "services:\n  a:\n    image: x:1\n    environment: {OLD: 1}\n",
            "services:\n  a:\n    image: x:2\n    restart: always\n"));

    [Fact]
    public void Items_are_compared_by_their_identity() => Assert.Equal(
        [
            "Removed services.a.cap_add[CHOWN] CHOWN -> ",
            "Changed services.a.ports[8000/tcp] 80:8000/tcp -> 127.0.0.1:81:8000/tcp",
            "Changed services.a.volumes[/data] data:/data -> data:/data:ro",
        ],
        Differences(
            "services:\n  a:\n    image: x\n    cap_add: [KILL, CHOWN]\n    ports: [\"80:8000\", \"53:53/udp\"]\n    volumes: [\"data:/data\"]\nvolumes: {data: }\n",
            "services:\n  a:\n    image: x\n    cap_add: [KILL]\n    ports: [\"53:53/udp\", \"127.0.0.1:81:8000\"]\n    volumes: [\"data:/data:ro\"]\nvolumes: {data: }\n"));

    [Fact]
    public void A_command_is_one_value() => Assert.Equal(
        ["Changed services.a.command [a, b] -> [b, a]"],
        Differences("services:\n  a:\n    image: x\n    command: [a, b]\n", "services:\n  a:\n    image: x\n    command: [b, a]\n"));

    [Fact]
    public void A_service_that_only_one_side_has_is_one_difference() => Assert.Equal(
        ["Added services.b  -> {"],
        Differences("services:\n  a:\n    image: x\n", "services:\n  a:\n    image: x\n  b:\n    image: y\n    restart: always\n").Select(line => line[..(line.IndexOf("-> ", StringComparison.Ordinal) + 4)]));

    [Fact]
    public void A_part_that_the_short_form_omits_is_a_difference_too()
    {
        ConfigDifference difference = Assert.Single(Compare(
            "services:\n  a:\n    image: x\n    volumes:\n      - {type: bind, source: /d, target: /d}\n",
            "services:\n  a:\n    image: x\n    volumes:\n      - {type: bind, source: /d, target: /d, bind: {propagation: shared}}\n"));

        Assert.Equal(Flow.Of(difference.Left), Flow.Of(difference.Right));
        Assert.Contains("propagation: shared", Flow.Whole("", difference.Right, null), StringComparison.Ordinal);
    }

    [Fact]
    public void A_masked_value_shows_no_secret_at_any_depth() => Assert.DoesNotContain(
        "hunter2",
        string.Concat(Compare("services: {a: {image: x}}", "services:\n  a:\n    image: x\n  b:\n    image: y\n    command: [\"--password=hunter2\"]\n    environment: {DB_PASSWORD: hunter2, URL: \"pg://u:hunter2@h\"}\n")
            .Select(difference => Flow.Of(difference.Name, difference.Right, SecretMask.Standard))),
        StringComparison.Ordinal);

    [Fact]
    public void Services_come_before_everything_else() => Assert.Equal(
        ["a", "b", null],
        Compare("services: {a: {image: x}, b: {image: x}}", "networks: {n: }\nservices:\n  b: {image: y, networks: [default, n]}\n  a: {image: y}\n")
            .Select(difference => difference.Service).Distinct());

    private static IEnumerable<string> Differences(string left, string right) =>
        Compare(left, right).Select(difference => $"{difference.Kind} {difference.Path} {Flow.Of(difference.Left)} -> {Flow.Of(difference.Right)}");

    private static IReadOnlyList<ConfigDifference> Compare(string left, string right)
    {
        using var before = new RuleProject(new RuleCase("", "", left));
        using var after = new RuleProject(new RuleCase("", "", right));
        // Each project has its own folder, and therefore its own name.
        return [.. ConfigComparison.Compare(before.Load().Tree, after.Load().Tree).Where(difference => difference.Name != "name")];
    }
}
