using System.Text.Json;
using ComposeLab.Engine.Images;
using ComposeLab.Engine.Images.Trace;

namespace ComposeLab.Engine.Tests.Images.Building;

public sealed class BuildFailureTests
{
    [Theory]
    [InlineData("FROM a\nRUN <<EOF\nmake\nEOF", "dockerfile parse error line 3: unknown instruction: MAKE", "here-documents")]
    [InlineData("FROM a\nmake", "dockerfile parse error line 2: unknown instruction: MAKE", "Fix Dockerfile")]
    [InlineData("FROM a\nRUN --mount=type=secret,id=t x", "failed to solve with frontend dockerfile.v0: no active sessions", "mounts a secret")]
    [InlineData("FROM a\nRUN --mount=type=secret,id=t,required=true x", "secret t: not found", "mounts a secret")]
    [InlineData("FROM a\nRUN --mount=type=ssh x", "could not access ssh-agent: no active session for x: context deadline exceeded", "ssh key")]
    [InlineData("FROM shop/base:2", "pull access denied for shop/base, repository does not exist or may require 'docker login'", "shop/base")]
    [InlineData("FROM shop/base:2", "shop/base:2: failed to resolve source metadata for docker.io/shop/base:2: no such host", "docker.io/shop/base:2")]
    [InlineData("FROM a", "no matching manifest for linux/s390x in the manifest list entries", "DOCKER_DEFAULT_PLATFORM")]
    [InlineData("FROM a\nRUN x", "failed to solve: exec format error", "DOCKER_DEFAULT_PLATFORM")]
    [InlineData("# syntax=docker/dockerfile:1\nFROM a", "failed to resolve source metadata for docker.io/docker/dockerfile:1: no such host", "# syntax=")]
    [InlineData("FROM a\nRUN x", "write /x: no space left on device", "docker builder prune")]
    public void Each_cause_has_advice_of_its_own(string dockerfile, string error, string advice)
    {
        EngineException fault = Failure(dockerfile, error);

        Assert.Equal(EngineErrorId.ImageBuildFailed, fault.Id);
        Assert.Contains(advice, fault.Recommendation, StringComparison.Ordinal);
        Assert.DoesNotContain("ensure.sh", fault.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_base_image_is_not_built_again_by_the_same_command()
    {
        Assert.Empty(Failure("FROM shop/base:2", "pull access denied for shop/base").Remedies);
        Assert.NotEmpty(Failure("FROM a\nRUN x", "executor failed running: exit code: 1").Remedies);
    }

    private static EngineException Failure(string dockerfile, string error)
    {
        var spec = new BuildSpec { Service = "api", Context = "/nowhere", Names = ["shop-api"], Dockerfile = "Dockerfile" };
        string folder = Directory.CreateTempSubdirectory("composelab-failure-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "Dockerfile"), dockerfile);
            var transcript = new BuildTranscript(_ => { }, TimeProvider.System);
            transcript.Read(JsonSerializer.Serialize(new { errorDetail = new { message = error } }));
            spec = spec with { Context = folder };
            return BuildFailure.Of(spec, new BuildSecrets(spec), transcript);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
