using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Tests.Execution;

/// <summary>An engine that is scripted by a test: it answers, rejects, hangs or answers late. A real one cannot do this on demand.</summary>
public class ScriptedEngine : DispatchProxy
{
    private readonly ConcurrentDictionary<string, Func<object?[], CancellationToken, Task<object?>>> _script = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _calls = new();
    private Func<string, IAsyncEnumerable<LogLine>> _read = _ => NoLines();

    /// <summary>The calls so far, as method and first argument.</summary>
    internal IReadOnlyList<string> Calls => [.. _calls];

    internal static (IEngine Engine, ScriptedEngine Script) Make()
    {
        IEngine engine = Create<IEngine, ScriptedEngine>();
        return (engine, (ScriptedEngine)(object)engine);
    }

    /// <summary>Sets the answer of a call; other calls of this kind are answered immediately.</summary>
    /// <param name="call">The method and the first argument, such as <c>StartContainerAsync web</c>, or the method alone.</param>
    /// <param name="answer">Returns the answer.</param>
    internal ScriptedEngine On(string call, Func<CancellationToken, Task<object?>> answer)
    {
        _script[call] = (_, token) => answer(token);
        return this;
    }

    /// <summary>Sets the answer of a call.</summary>
    /// <param name="call">The method and the first argument, or the method alone.</param>
    /// <param name="answer">Receives the arguments and returns the answer.</param>
    internal ScriptedEngine With(string call, Func<object?[], CancellationToken, Task<object?>> answer)
    {
        _script[call] = answer;
        return this;
    }

    /// <summary>Sets the lines of all logs.</summary>
    /// <param name="read">Returns the lines of the container with this id.</param>
    internal ScriptedEngine Log(Func<string, IAsyncEnumerable<LogLine>> read)
    {
        _read = read;
        return this;
    }

    /// <summary>Has a call refused.</summary>
    internal ScriptedEngine Refuse(string call, int status, string message) =>
        On(call, _ => Task.FromException<object?>(new EngineException(EngineErrorId.EngineRefused, message, "None.") { StatusCode = status }));

    /// <summary>Has a call hang until it is canceled.</summary>
    internal ScriptedEngine Hang(string call) => On(call, async token =>
    {
        await Task.Delay(Timeout.Infinite, token);
        return null;
    });

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        args ??= [];
        var token = args.OfType<CancellationToken>().FirstOrDefault();
        if (targetMethod!.Name == nameof(IEngine.WatchContainersAsync))
        {
            return Quiet(token);
        }

        if (targetMethod.Name is nameof(IEngine.ReadLogsAsync) or nameof(IEngine.ReadTaskLogAsync))
        {
            return _read((string)args[0]!);
        }

        string subject = args.Length == 0 ? "" : args[0] is ContainerSpec spec ? spec.Name : args[0] is NetworkSpec network ? network.Name : args[0] as string ?? "";
        string call = $"{targetMethod.Name} {subject}".TrimEnd();
        _calls.Enqueue(call);
        Func<object?[], CancellationToken, Task<object?>> answer = _script.GetValueOrDefault(call) ?? _script.GetValueOrDefault(targetMethod.Name) ?? ((_, _) => Task.FromResult(Default(targetMethod, subject)));
        return Typed(targetMethod.ReturnType, answer(args, token));
    }

    private static object? Default(MethodInfo method, string subject) => method.Name switch
    {
        nameof(IEngine.CreateContainerAsync) => new ContainerCreated("id-" + subject, []),
        nameof(IEngine.CreateNetworkAsync) => "id-" + subject,
        nameof(IEngine.ListContainersAsync) => Array.Empty<ContainerSummary>(),
        nameof(IEngine.ListServicesAsync) => Array.Empty<SwarmService>(),
        _ => null,
    };

    private static object Typed(Type type, Task<object?> answer) => type == typeof(Task)
        ? answer
        : typeof(ScriptedEngine).GetMethod(nameof(CastAsync), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type.GetGenericArguments()[0]).Invoke(null, [answer])!;

    private static async Task<T> CastAsync<T>(Task<object?> answer) => (T)(await answer)!;

    private static async IAsyncEnumerable<LogLine> NoLines()
    {
        await Task.CompletedTask;
        yield break;
    }

    private static async IAsyncEnumerable<ContainerEvent> Quiet([EnumeratorCancellation] CancellationToken token)
    {
        await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        yield break;
    }
}
