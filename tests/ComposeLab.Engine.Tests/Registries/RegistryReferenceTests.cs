using ComposeLab.Engine.Registries;

namespace ComposeLab.Engine.Tests.Registries;

public sealed class RegistryReferenceTests
{
    private const string Digest = "sha256:0123456789012345678901234567890123456789012345678901234567890123";

    [Theory]
    [InlineData("registry.test/team/shop:1.2", "registry.test", "team/shop", "1.2", null, "https://registry.test/v2/team/shop/x")]
    [InlineData("oci://localhost:5000/shop", "localhost:5000", "shop", "latest", null, "http://localhost:5000/v2/shop/x")]
    [InlineData("127.0.0.1:5000/shop@" + Digest, "127.0.0.1:5000", "shop", null, Digest, "http://127.0.0.1:5000/v2/shop/x")]
    [InlineData("shop:1", "registry-1.docker.io", "library/shop", "1", null, "https://registry-1.docker.io/v2/library/shop/x")]
    [InlineData("docker.io/me/shop:1@" + Digest, "registry-1.docker.io", "me/shop", "1", Digest, "https://registry-1.docker.io/v2/me/shop/x")]
    [InlineData("me/shop", "registry-1.docker.io", "me/shop", "latest", null, "https://registry-1.docker.io/v2/me/shop/x")]
    public void A_name_has_a_registry_a_repository_and_a_version(string text, string host, string repository, string? tag, string? digest, string address)
    {
        RegistryReference reference = RegistryReference.Parse(text);

        Assert.Equal(new RegistryReference(host, repository, tag, digest), reference);
        Assert.Equal(address, reference.At("x").AbsoluteUri);
        Assert.Equal(reference, RegistryReference.Parse(reference.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Registry.test/UPPER")]
    [InlineData("registry.test/shop:1:2")]
    [InlineData("registry.test/../shop")]
    [InlineData("registry.test/shop@sha256:12")]
    [InlineData("registry.test/shop?x=1")]
    [InlineData("https://registry.test/shop")]
    public void Other_texts_are_rejected(string text) =>
        Assert.Equal(EngineErrorId.RegistryFailed, Assert.Throws<EngineException>(() => RegistryReference.Parse(text)).Id);
}
