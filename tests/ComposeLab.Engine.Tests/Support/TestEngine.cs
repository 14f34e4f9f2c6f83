using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Tests.Support;

/// <summary>Which engine the tests use.</summary>
internal static class TestEngine
{
    /// <summary>The engine that the tests use: the user's, as the docker client would choose it.</summary>
    public static EngineEndpoint Endpoint()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in new[] { "DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG", "HOME", "USERPROFILE" })
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
            {
                environment[name] = value;
            }
        }

        return EngineEndpoint.Resolve(environment);
    }
}
