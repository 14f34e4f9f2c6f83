using Docker.DotNet.Models;

namespace ComposeLab.Engine.Docker;

/// <content>Volumes.</content>
internal sealed partial class DockerEngine
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<VolumeSummary>> ListVolumesAsync(IReadOnlyList<string> labels, CancellationToken token)
    {
        var parameters = new VolumesListParameters { Filters = LabelFilter(labels) };
        VolumesListResponse found = await AnswerAsync(
            () => client.Volumes.ListAsync(parameters, token), token).ConfigureAwait(false);
        return
        [
            .. (found.Volumes ?? []).Select(volume => new VolumeSummary
            {
                Name = volume.Name,
                Driver = volume.Driver,
                Labels = ContainerResponseMapping.Map(volume.Labels),
            }),
        ];
    }

    /// <inheritdoc/>
    public Task CreateVolumeAsync(VolumeSpec spec, CancellationToken token)
    {
        var parameters = new VolumesCreateParameters
        {
            Name = spec.Name,
            Driver = spec.Driver,
            DriverOpts = ContainerRequestMapping.Map(spec.DriverOptions),
            Labels = ContainerRequestMapping.Map(spec.Labels),
        };
        return AnswerAsync(() => client.Volumes.CreateAsync(parameters, token), token);
    }

    /// <inheritdoc/>
    public Task RemoveVolumeAsync(string volume, CancellationToken token) =>
        AnswerAsync(() => client.Volumes.RemoveAsync(volume, false, token), token);
}
