using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Writing;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Tests.Writing;

public sealed class MaskedTreeTests
{
    [Theory]
    [InlineData("configs: {c: {content: hunter2}}")]
    [InlineData("services: {a: {environment: {DB_PASSWORD: hunter2}}}")]
    [InlineData("services: {a: {command: [server, --password, hunter2]}}")]
    [InlineData("services: {a: {command: [server, --password=hunter2]}}")]
    [InlineData("services: {a: {healthcheck: {test: [CMD-SHELL, server --db-password hunter2 --port 1]}}}")]
    [InlineData("services: {a: {labels: {url: 'postgresql://lab:hunter2@db/lab'}}}")]
    public void Values_that_look_secret_are_masked(string text) => Assert.DoesNotContain("hunter2", Shown(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("services: {a: {command: [server, --password, $$PASSWORD]}}", "$$$$PASSWORD")]
    [InlineData("services: {a: {command: [server, --password, --port]}}", "--port")]
    [InlineData("services: {a: {command: [server, --port, '1']}}", "1")]
    public void Other_values_are_shown(string text, string shown) => Assert.Contains(shown, Shown(text), StringComparison.Ordinal);

    private static string Shown(string text)
    {
        var root = (MappingNode)YamlReader.Read(text, "compose.yaml", CancellationToken.None)[0].Root;
        return new YamlEmitter(escapeDollars: true, null).Write(MaskedTree.Of(root, SecretMask.Standard));
    }
}
