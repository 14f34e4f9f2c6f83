using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Tests.Execution;

/// <summary>An engine with containers that exit immediately when stopped, and with cleanup that lasts until the test ends it. A real one cannot be held in this state.</summary>
public class TidyingEngine : DispatchProxy
{
    private readonly Channel<ContainerEvent> _notices = Channel.CreateUnbounded<ContainerEvent>();

    /// <summary>Whether exits are reported as events.</summary>
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
        _ => throw new InvalidOperationException($"Unexpected call of {targetMethod.Name}."),
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
