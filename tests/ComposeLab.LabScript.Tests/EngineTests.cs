namespace ComposeLab.LabScript.Tests;

public sealed class EngineTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composelab-engine-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_engine_that_the_user_chose_is_never_replaced_by_another()
    {
        var nobody = $"unix://{_folder.FullName}/nobody.sock";

        var (code, _, error) = Lab.Run(new Dictionary<string, string?> { ["DOCKER_HOST"] = nobody }, "engine");

        Assert.Equal(1, code);
        Assert.Contains($"DOCKER_HOST ({nobody})", error, StringComparison.Ordinal);
        Assert.Contains("Type: docker version", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_engine_of_the_current_docker_context_is_never_replaced_by_another()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "config.json"), """{ "currentContext": "elsewhere" }""");
        var environment = new Dictionary<string, string?> { ["DOCKER_CONFIG"] = _folder.FullName, ["DOCKER_HOST"] = null, ["DOCKER_CONTEXT"] = null };

        var (code, _, error) = Lab.Run(environment, "engine");

        Assert.Equal(1, code);
        Assert.Contains("the docker context 'elsewhere'", error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Needs", "Engine")]
    public void A_running_engine_is_left_alone()
    {
        var (code, _, error) = Lab.Run("engine");

        Assert.Equal(0, code);
        Assert.DoesNotContain("starting", error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Needs", "OwnEngine")]
    public void A_killed_engine_is_started_again_with_its_containers()
    {
        var script = Path.Combine(Lab.Root, "tests", "ComposeLab.LabScript.Tests", "killed-engine.sh");

        var (code, output, error) = Lab.Start(
            new Dictionary<string, string?> { ["COMPOSELAB_ENGINE_ROOT"] = _folder.FullName, ["DOCKER_HOST"] = null }, "unshare", "--net", "sh", script);

        Assert.True(code == 0, output + error);
        Assert.Equal(["started", "started again", "started once more", "its container runs"], output.Trim().Split('\n'));
    }
}
