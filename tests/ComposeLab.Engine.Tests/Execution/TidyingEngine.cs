using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Tests.Execution;

/// <summary>An engine whose containers die at once when they are stopped, and which tidies up after them until it is told to be done: the real one cannot be held there.</summary>
public class TidyingEngine : DispatchProxy
{
    private readonly Channel<ContainerEvent> _notices = Channel.CreateUnbounded<ContainerEvent>();

    /// <summary>Whether deaths are told as events.</summary>
    internal bool TellsDeaths { get; private set; }

    /// <summary>Ends the tidying up.</summary>
    internal TaskCompletionSource Tidied { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal static (IEngine Engine, TidyingEngine Control) Make(bool tellsDeaths)
    {
        IEngine engine = Create<IEngine, TidyingEngine>();
        var control = (TidyingEngine)(object)engine;
        control.TellsDeaths = tellsDeaths;
        return (engine, control);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        nameof(IEngine.StopContainerAsync) => Stop((string)args![0]!),
        nameof(IEngine.WatchContainersAsync) => Watch((CancellationToken)args![^1]!),
        _ => throw new InvalidOperationException($"Nobody should ask for {targetMethod.Name}."),
    };

    private Task Stop(string container)
    {
        if (TellsDeaths)
        {
            _notices.Writer.TryWrite(new ContainerEvent(DateTimeOffset.UnixEpoch, container, "die", new Dictionary<string, string>()));
        }

        return Tidied.Task;
    }

    private async IAsyncEnumerable<ContainerEvent> Watch([EnumeratorCancellation] CancellationToken token)
    {
        await foreach (ContainerEvent notice in _notices.Reader.ReadAllAsync(token))
        {
            yield return notice;
        }
    }
}
