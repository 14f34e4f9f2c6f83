using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ComposeLab.Api.Tests.Support;

namespace ComposeLab.Api.Tests.Database;

[Trait("Needs", "Engine")]
[Collection(ProdLabTests.Name)]
public sealed class TlsTests(ProdLab lab)
{
    private const string Folder = "/var/lib/postgresql/data";

    [Fact]
    public async Task The_sslmode_of_the_URL_decides_whether_the_connection_is_encrypted_and_the_certificate_checked()
    {
        await OfferTlsAsync();
        try
        {
            Assert.Equal(("t", null), await CheckAsync("require"));
            Assert.Equal(("t", null), await CheckAsync("prefer"));
            Assert.Equal(("f", null), await CheckAsync("disable"));
            Assert.Equal((null, "tls_failed"), await CheckAsync("verify-full"));
        }
        finally
        {
            await SqlAsync("ALTER SYSTEM RESET ssl");
            await SqlAsync("SELECT pg_reload_conf()");
        }
    }

    private async Task<(string? Encrypted, string? Cause)> CheckAsync(string mode)
    {
        var name = $"tls-{mode}";
        await using var api = await ExtraApi.StartAsync(
            lab, $"DATABASE_URL=postgresql://lab@db/lab?sslmode={mode}&application_name={name}", $"DATABASE_PASSWORD={lab.Password}");
        await api.ReadyAsync();
        var answer = await api.Api!.GetAsync("/db-check");
        return answer.Status == 200
            ? (await SqlAsync($"SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = '{name}' LIMIT 1"), null)
            : (null, answer.Cause);
    }

    private async Task OfferTlsAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=db", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await WriteAsync("server.crt", certificate.ExportCertificatePem());
        await WriteAsync("server.key", key.ExportPkcs8PrivateKeyPem());
        await SqlAsync("ALTER SYSTEM SET ssl = on");
        await SqlAsync("SELECT pg_reload_conf()");
        await Eventually.HoldsAsync(async () => await SqlAsync("SHOW ssl") == "on", TimeSpan.FromSeconds(30));
    }

    // PostgreSQL reads a key only if its own user alone can.
    private async Task WriteAsync(string name, string text)
    {
        var encoded = Convert.ToBase64String(Encoding.ASCII.GetBytes(text));
        var path = $"{Folder}/{name}";
        Assert.Equal(0, await ContainerCommand.RunAsync(
            lab.Engine, lab.Container("db"), "sh", "-c", $"echo {encoded} | base64 -d > {path} && chmod 600 {path} && chown $(stat -c %u:%g {Folder}) {path}"));
    }

    private async Task<string> SqlAsync(string sql)
    {
        var (_, output) = await ContainerCommand.ReadAsync(
            lab.Engine, lab.Container("db"), "psql", "--quiet", "--host=/var/run/postgresql", "--username=lab", "--dbname=lab", "--tuples-only", "--no-align", "--command", sql);
        return output.Trim();
    }
}
