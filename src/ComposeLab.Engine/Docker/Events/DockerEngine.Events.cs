using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Docker.DotNet.Models;

namespace ComposeLab.Engine.Docker;

/// <content>Container events.</content>
internal sealed partial class DockerEngine
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<ContainerEvent> WatchContainersAsync(
        IReadOnlyList<string> labels, DateTimeOffset? since, DateTimeOffset? until, [EnumeratorCancellation] CancellationToken token)
    {
        Dictionary<string, IDictionary<string, bool>> filters = LabelFilter(labels);
        filters["type"] = new Dictionary<string, bool> { ["container"] = true };
        var parameters = new ContainerEventsParameters { Filters = filters, Since = Moment(since), Until = Moment(until) };
        Channel<ContainerEvent> notices = Channel.CreateUnbounded<ContainerEvent>(
            new UnboundedChannelOptions { SingleReader = true });

        // If the caller stops early, the reader must close the connection.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(token);
        Task watching = WatchAsync(parameters, notices.Writer, ending.Token);
        try
        {
            await foreach (ContainerEvent notice in notices.Reader.ReadAllAsync(token).ConfigureAwait(false))
            {
                yield return notice;
            }
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WatchAsync(
        ContainerEventsParameters parameters, ChannelWriter<ContainerEvent> notices, CancellationToken token)
    {
        try
        {
            await LongAsync(
                () => client.System.MonitorEventsAsync(parameters, new NoticeProgress(notices), token), Timeout.InfiniteTimeSpan, token).ConfigureAwait(false);
            notices.Complete(parameters.Until is null ? EngineFault.Unreachable(info.Endpoint, "it closed the event stream", null) : null);
        }
        catch (Exception fault) when (fault is EngineException or OperationCanceledException)
        {
            notices.Complete(fault);
        }
    }

    /// <summary>Writes each event to the channel when it is read.</summary>
    /// <param name="notices">The channel.</param>
    private sealed class NoticeProgress(ChannelWriter<ContainerEvent> notices) : IProgress<Message>
    {
        /// <inheritdoc/>
        public void Report(Message value) => notices.TryWrite(new ContainerEvent(
            DateTimeOffset.FromUnixTimeMilliseconds((value.TimeNano ?? 0) / 1_000_000),
            value.Actor?.ID ?? "",
            value.Action ?? "",
            ContainerResponseMapping.Map(value.Actor?.Attributes)));
    }
}
