using System.Runtime.CompilerServices;
using Docker.DotNet;

namespace ComposeLab.Engine.Docker;

/// <summary>The engine, accessed through the Docker.DotNet client; one file for each kind of resource.</summary>
/// <param name="client">The client, bound to the agreed API version; disposed with this.</param>
/// <param name="transport">The transport of the client; disposed with this.</param>
/// <param name="info">The properties of the engine.</param>
/// <param name="limits">How long it may take to answer.</param>
internal sealed partial class DockerEngine(DockerClient client, EngineTransport transport, EngineInfo info, EngineLimits limits) : IEngine
{
    /// <inheritdoc/>
    public EngineInfo Info => info;

    /// <inheritdoc/>
    public void Dispose()
    {
        client.Dispose();
        transport.Dispose();
    }

    // A call that changes something; its name is part of the message if the engine rejects it.
    private Task<T> ChangeAsync<T>(Func<Task<T>> call, CancellationToken token, [CallerMemberName] string name = "") =>
        EngineFault.TranslateAsync(info.Endpoint, call, limits.Change, token, name);

    private Task ChangeAsync(Func<Task> call, CancellationToken token, [CallerMemberName] string name = "") =>
        EngineFault.TranslateAsync(info.Endpoint, call, limits.Change, token, name);

    // A call with an answer that is read completely. It includes the mapping, because an answer that cannot be mapped does not come from an engine.
    private Task<T> ReadAsync<T>(Func<Task<T>> call, CancellationToken token, [CallerMemberName] string name = "") =>
        EngineFault.TranslateAsync(info.Endpoint, call, limits.Read, token, name);

    private Task<T> LongAsync<T>(Func<Task<T>> call, TimeSpan limit, CancellationToken token, [CallerMemberName] string name = "") =>
        EngineFault.TranslateAsync(info.Endpoint, call, limit, token, name);

    private Task LongAsync(Func<Task> call, TimeSpan limit, CancellationToken token, [CallerMemberName] string name = "") =>
        EngineFault.TranslateAsync(info.Endpoint, call, limit, token, name);

    private async Task<T?> FindAsync<T>(Func<Task<T>> call, CancellationToken token, [CallerMemberName] string name = "")
        where T : class
    {
        try
        {
            return await ReadAsync(call, token, name).ConfigureAwait(false);
        }
        catch (EngineException fault) when (fault.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Maps the rows of a list.</summary>
    /// <typeparam name="TRow">A row of the client library.</typeparam>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="rows">The rows; null if the answer was not a list.</param>
    /// <param name="map">Maps one.</param>
    /// <returns>The list.</returns>
    private static IReadOnlyList<T> Rows<TRow, T>(IEnumerable<TRow>? rows, Func<TRow, T> map) =>
    [
        .. (rows ?? throw new InvalidDataException("it answered with null instead of a list"))
            .Select(row => row is null ? throw new InvalidDataException("it answered with a list that contains null") : map(row)),
    ];

    private static Dictionary<string, IDictionary<string, bool>> LabelFilter(IReadOnlyList<string> labels)
    {
        var filters = new Dictionary<string, IDictionary<string, bool>>();
        if (labels.Count > 0)
        {
            filters["label"] = labels.Distinct(StringComparer.Ordinal).ToDictionary(label => label, _ => true);
        }

        return filters;
    }
}
