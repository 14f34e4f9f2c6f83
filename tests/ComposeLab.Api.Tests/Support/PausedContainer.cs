using ComposeLab.Engine;

namespace ComposeLab.Api.Tests.Support;

/// <summary>A hanging service: its connections are kept open without answers until this is disposed.</summary>
internal sealed class PausedContainer : IAsyncDisposable
{
    private readonly RunningLab _lab;
    private readonly string _container;
    private bool _goesOn;

    private PausedContainer(RunningLab lab, string container) => (_lab, _container) = (lab, container);

    /// <summary>Freezes a service's container.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="service">The service.</param>
    public static async Task<PausedContainer> PauseAsync(RunningLab lab, string service)
    {
        // Where many processes of the container are busy, freezing them may take the engine more than one attempt.
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await lab.Engine.PauseContainerAsync(lab.Container(service), CancellationToken.None);
                break;
            }
            catch (EngineException fault) when (attempt < 5 && fault.Message.Contains("unable to freeze", StringComparison.Ordinal))
            {
            }
        }

        return new PausedContainer(lab, lab.Container(service));
    }

    /// <summary>Lets it go on.</summary>
    public async Task GoOnAsync()
    {
        _goesOn = true;
        await _lab.Engine.UnpauseContainerAsync(_container, CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_goesOn)
        {
            await GoOnAsync();
        }
    }
}
