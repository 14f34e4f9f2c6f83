using System.Reflection;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Tests.Images.Building;

/// <summary>The real engine, except that it refuses BuildKit with the words of an engine that has none: no such engine runs on Linux.</summary>
public class EngineWithoutBuildKit : DispatchProxy
{
    private IEngine _engine = null!;

    /// <summary>Puts itself before an engine.</summary>
    /// <param name="engine">The engine.</param>
    internal static IEngine Before(IEngine engine)
    {
        IEngine proxy = Create<IEngine, EngineWithoutBuildKit>();
        ((EngineWithoutBuildKit)(object)proxy)._engine = engine;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        args?.OfType<ImageBuildRequest>().Any(request => request.UseBuildKit) == true
            ? throw new EngineException(EngineErrorId.EngineRefused, "The engine refused the call (400): buildkit is not supported by daemon", "") { StatusCode = 400 }
            : targetMethod!.Invoke(_engine, args);
}
