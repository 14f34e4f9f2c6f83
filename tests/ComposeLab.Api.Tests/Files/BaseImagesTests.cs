using ComposeLab.Api.Tests.Support;

namespace ComposeLab.Api.Tests.Files;

public sealed class BaseImagesTests : IDisposable
{
    private static readonly string[] StandIns = ["composelab/postgres:16", "composelab/runtime-deps:10.0", "composelab/sdk:10.0", "composelab/sdk:10.0-aot"];
    private readonly BaseImages _images = new();

    public void Dispose() => _images.Dispose();

    [Fact]
    public void Public_images_are_used_if_a_registry_answers()
    {
        var before = _images.Env;

        Assert.Equal((0, ""), _images.Ensure("REGISTRY=yes"));

        Assert.Empty(_images.Built);
        Assert.Equal(before, _images.Env);
    }

    [Fact]
    public void No_registry_is_queried_for_the_large_images()
    {
        _images.Ensure();

        Assert.Equal(2, _images.Asked.Count);
        Assert.DoesNotContain(_images.Asked, image => image.Contains("sdk", StringComparison.Ordinal));
    }

    [Fact]
    public void Existing_public_images_need_no_registry()
    {
        _images.Have("postgres:16-alpine", DockerfileDefault("DOTNET_RUNTIME_DEPS_IMAGE"));

        Assert.Equal((0, ""), _images.Ensure());

        Assert.Empty(_images.Asked);
        Assert.Empty(_images.Built);
    }

    [Fact]
    public void Without_a_registry_substitutes_are_built_named_and_reported()
    {
        var before = _images.Env;

        var (code, said) = _images.Ensure();

        Assert.Equal(0, code);
        Assert.Equal(StandIns, _images.Built);
        Assert.Contains("with their names in compose/.env", said, StringComparison.Ordinal);
        Assert.Equal(before.Replace("#POSTGRES_IMAGE", "POSTGRES_IMAGE", StringComparison.Ordinal).Replace("#DOTNET_", "DOTNET_", StringComparison.Ordinal), _images.Env);
    }

    [Fact]
    public void A_second_run_queries_prints_and_changes_nothing()
    {
        _images.Ensure();
        _images.Have(StandIns);
        var (asked, env) = (_images.Asked.Count, _images.Env);

        Assert.Equal((0, ""), _images.Ensure());

        Assert.Equal((asked, StandIns.Length, env), (_images.Asked.Count, _images.Built.Count, _images.Env));
    }

    [Fact]
    public void A_name_chosen_by_the_user_is_kept()
    {
        _images.Env = "# mine\nPOSTGRES_IMAGE=registry.example/postgres:16 # ours\n";

        var (code, _) = _images.Ensure();

        Assert.Equal(0, code);
        Assert.DoesNotContain("composelab/postgres:16", _images.Built);
        Assert.StartsWith("# mine\nPOSTGRES_IMAGE=registry.example/postgres:16 # ours\n", _images.Env, StringComparison.Ordinal);
        Assert.Contains("\nDOTNET_SDK_IMAGE=composelab/sdk:10.0\n", _images.Env, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_in_the_environment_overrides_the_file()
    {
        _images.Ensure("POSTGRES_IMAGE=registry.example/postgres:16");

        Assert.DoesNotContain("composelab/postgres:16", _images.Built);
    }

    [Fact]
    public void A_removed_substitute_is_built_again()
    {
        _images.Ensure();
        _images.Have(StandIns[..3]);

        var (_, said) = _images.Ensure();

        Assert.Equal([.. StandIns, "composelab/sdk:10.0-aot"], _images.Built);
        Assert.Contains("were rebuilt", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", 8)]
    [InlineData("99", 4)]
    public void A_substitute_of_an_older_recipe_is_rebuilt_and_a_newer_one_is_kept(string recipe, int built)
    {
        _images.Ensure();
        _images.Have(StandIns);

        _images.Ensure($"RECIPE={recipe}");

        Assert.Equal(built, _images.Built.Count);
    }

    private static string DockerfileDefault(string name) =>
        File.ReadLines(Path.Combine(LabFolder.Repository(), "Dockerfile")).Single(line => line.StartsWith($"ARG {name}=", StringComparison.Ordinal)).Split('=')[1];
}
