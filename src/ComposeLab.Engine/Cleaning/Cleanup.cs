using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Cleaning;

/// <summary>Removes planned objects from an engine.</summary>
/// <param name="engine">The engine.</param>
public sealed class Cleanup(IEngine engine)
{
    /// <summary>Removes one object. The engine refuses if something uses it meanwhile.</summary>
    /// <param name="item">The object; not a record of the build cache, which is removed as a whole.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>True if it was removed; false if somebody else removed it before.</returns>
    /// <exception cref="EngineException">It could not be removed.</exception>
    public async Task<bool> RemoveAsync(EngineItem item, CancellationToken token)
    {
        try
        {
            await (item.Kind switch
            {
                EngineItemKind.Container => engine.RemoveContainerAsync(item.Id, force: false, anonymousVolumes: false, token),
                EngineItemKind.Network => engine.RemoveNetworkAsync(item.Id, token),
                EngineItemKind.DanglingImage or EngineItemKind.Image => engine.RemoveImageAsync(item.Id, force: false, token),
                EngineItemKind.AnonymousVolume or EngineItemKind.Volume => engine.RemoveVolumeAsync(item.Id, token),
                _ => throw new ArgumentOutOfRangeException(nameof(item), item.Kind, "The build cache is removed as a whole."),
            }).ConfigureAwait(false);
            return true;
        }
        catch (EngineException fault) when (fault.IsNotFound)
        {
            return false;
        }
    }
}
