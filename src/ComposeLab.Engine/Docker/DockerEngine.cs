using Docker.DotNet;

namespace ComposeLab.Engine.Docker;

/// <summary>The engine through the Docker.DotNet client; one file for each noun.</summary>
/// <param name="client">The client, bound to the agreed API version; disposed with this.</param>
/// <param name="info">What the engine said about itself.</param>
/// <param name="answerLimit">How long an engine may think about a call that does no long work.</param>
internal sealed partial class DockerEngine(DockerClient client, EngineInfo info, TimeSpan answerLimit) : IEngine
{
    /// <inheritdoc/>
    public EngineInfo Info => info;

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken token) =>
        EngineFault.TranslateAsync(info.Endpoint, call, token);

    private Task CallAsync(Func<Task> call, CancellationToken token) =>
        EngineFault.TranslateAsync(info.Endpoint, call, token);

    private Task<T> AnswerAsync<T>(Func<Task<T>> call, CancellationToken token) =>
        EngineFault.TranslateAsync(info.Endpoint, call, answerLimit, token);

    private Task AnswerAsync(Func<Task> call, CancellationToken token) => AnswerAsync(
        async () =>
        {
            await call().ConfigureAwait(false);
            return true;
        },
        token);

    private async Task<T?> FindAsync<T>(Func<Task<T>> call, CancellationToken token)
        where T : class
    {
        try
        {
            return await AnswerAsync(call, token).ConfigureAwait(false);
        }
        catch (EngineException fault) when (fault.IsNotFound)
        {
            return null;
        }
    }

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
