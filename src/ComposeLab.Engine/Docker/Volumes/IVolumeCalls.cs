namespace ComposeLab.Engine.Docker;

/// <summary>The engine's calls about volumes.</summary>
public interface IVolumeCalls
{
    /// <summary>Lists volumes.</summary>
    /// <param name="labels">Labels all of which a volume must have; empty lists every volume.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The volumes.</returns>
    Task<IReadOnlyList<VolumeSummary>> ListVolumesAsync(IReadOnlyList<string> labels, CancellationToken token);

    /// <summary>Creates a volume; one of that name that exists is kept as it is.</summary>
    /// <param name="spec">What it is made of.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when it exists.</returns>
    Task CreateVolumeAsync(VolumeSpec spec, CancellationToken token);

    /// <summary>Removes a volume that no container uses, with everything in it.</summary>
    /// <param name="volume">The name.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when it is gone.</returns>
    Task RemoveVolumeAsync(string volume, CancellationToken token);
}
