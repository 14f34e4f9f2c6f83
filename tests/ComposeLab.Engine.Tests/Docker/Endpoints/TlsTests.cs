using System.Security.Cryptography.X509Certificates;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Docker.Endpoints;

/// <summary>Engines behind TLS, with certificates made in the test.</summary>
[Trait("Needs", "Engine")]
[Collection(EngineCollection.Name)]
public sealed class TlsTests(EngineFixture fixture)
{
    private string Socket => fixture.Engine.Info.Endpoint.Address.AbsolutePath;

    [Fact]
    public async Task Calls_logs_and_commands_are_encrypted_and_both_sides_prove_who_they_are()
    {
        await using var stack = new TestStack(fixture.Engine);
        await stack.StartAsync("services: { db: { image: IMAGE, network_mode: host, init: true, command: [sh, -c, 'echo hello; sleep 600'] } }");
        await using var front = new TlsFront(Socket);
        using IEngine engine = await ConnectAsync(front);

        Assert.NotEmpty(await engine.ListContainersAsync([$"{StackLabels.Project}={stack.Name}"], stack.Token));
        ExecResult result = await ExecRunner.RunAsync(engine, $"{stack.Name}-db-1", new ExecSpec { Command = ["echo", "through TLS"] }, stack.Token);
        Assert.Equal("through TLS\n", result.Output);
        List<string> lines = [];
        await foreach (LogLine line in engine.ReadLogsAsync($"{stack.Name}-db-1", new LogQuery(), stack.Token))
        {
            lines.Add(line.Text);
        }

        Assert.Equal(["hello"], lines);
    }

    [Theory]
    [InlineData("another authority", EngineErrorId.EngineNotTrusted)]
    [InlineData("expired", EngineErrorId.EngineNotTrusted)]
    [InlineData("another name", EngineErrorId.EngineNotTrusted)]
    [InlineData("no authority", EngineErrorId.EngineNotTrusted)]
    [InlineData("broken authority", EngineErrorId.EngineNotTrusted)]
    [InlineData("no client certificate", EngineErrorId.EngineAccessDenied)]
    [InlineData("foreign client certificate", EngineErrorId.EngineAccessDenied)]
    [InlineData("no key", EngineErrorId.EngineAccessDenied)]
    public async Task What_is_wrong_with_a_certificate_has_its_own_error(string problem, EngineErrorId id)
    {
        await using var front = new TlsFront(Socket, name: problem == "another name" ? "elsewhere.example" : "127.0.0.1", expired: problem == "expired");
        using X509Certificate2 other = TlsFront.Authority("another authority");
        switch (problem)
        {
            case "another authority":
                File.WriteAllText(front.CaFile, other.ExportCertificatePem());
                break;
            case "no authority":
                File.Delete(front.CaFile);
                break;
            case "broken authority":
                File.WriteAllText(front.CaFile, "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");
                break;
            case "no client certificate":
                File.Delete(Path.Combine(front.Folder, "cert.pem"));
                File.Delete(Path.Combine(front.Folder, "key.pem"));
                break;
            case "foreign client certificate":
                front.WriteClient(other);
                break;
            case "no key":
                File.Delete(Path.Combine(front.Folder, "key.pem"));
                break;
            default:
                break;
        }

        EngineException fault = await Assert.ThrowsAsync<EngineException>(() => ConnectAsync(front));

        Assert.Equal(id, fault.Id);
    }

    [Fact]
    public async Task Without_DOCKER_TLS_VERIFY_the_certificate_of_the_engine_is_not_checked()
    {
        await using var front = new TlsFront(Socket, expired: true);
        using IEngine engine = await ConnectAsync(front, "DOCKER_TLS");

        Assert.NotNull(await engine.ListImagesAsync([], CancellationToken.None));
    }

    private static Task<IEngine> ConnectAsync(TlsFront front, string switched = "DOCKER_TLS_VERIFY")
    {
        var environment = new Dictionary<string, string> { ["DOCKER_HOST"] = front.Address, [switched] = "1", ["DOCKER_CERT_PATH"] = front.Folder };
        return EngineConnection.ConnectAsync(EngineEndpoint.Resolve(environment), CancellationToken.None);
    }
}
