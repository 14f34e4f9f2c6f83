using System.Reflection;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Tests.Images.Memory;

/// <summary>The real engine, with a count of the builds that it was asked for.</summary>
public class CountedBuilds : DispatchProxy
{
    private IEngine _engine = null!;
    private int _count;

    /// <summary>How often the engine was asked to build.</summary>
    public int Count => _count;

    /// <summary>Puts itself before an engine.</summary>
    /// <param name="engine">The engine.</param>
    /// <returns>The engine to use, and its count.</returns>
    internal static (IEngine Engine, CountedBuilds Builds) Before(IEngine engine)
    {
        IEngine proxy = Create<IEngine, CountedBuilds>();
        var builds = (CountedBuilds)(object)proxy;
        builds._engine = engine;
        return (proxy, builds);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (args?.Any(argument => argument is ImageBuildRequest) == true)
        {
            Interlocked.Increment(ref _count);
        }

        return targetMethod!.Invoke(_engine, args);
    }
}
