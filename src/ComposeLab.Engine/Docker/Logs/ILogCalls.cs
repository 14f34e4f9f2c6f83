namespace ComposeLab.Engine.Docker;

/// <summary>The engine's calls about what containers print.</summary>
public interface ILogCalls
{
    /// <summary>Reads a container's log.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="query">Which part of it.</param>
    /// <param name="token">Ends the reading.</param>
    /// <returns>The lines in the order they were printed; with Follow until the container ends.</returns>
    IAsyncEnumerable<LogLine> ReadLogsAsync(string container, LogQuery query, CancellationToken token);
}
