using Docker.DotNet.Models;

namespace ComposeLab.Engine.Docker;

/// <content>Volumes.</content>
internal sealed partial class DockerEngine
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<VolumeSummary>> ListVolumesAsync(IReadOnlyList<string> labels, CancellationToken token)
    {
        var parameters = new VolumesListParameters { Filters = LabelFilter(labels) };
        return await ReadAsync(
            async () =>
            {
                VolumesListResponse found = await client.Volumes.ListAsync(parameters, token).ConfigureAwait(false)
                    ?? throw new InvalidDataException("it answered with null instead of a list");
                return Rows(
                    found.Volumes ?? [],
                    volume => new VolumeSummary
                    {
                        Name = ContainerResponseMapping.Required(volume.Name, "Name"),
                        Driver = volume.Driver ?? "",
                        DriverOptions = ContainerResponseMapping.Map(volume.Options),
                        Labels = ContainerResponseMapping.Map(volume.Labels),
                    });
            },
            token).ConfigureAwait(false);
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
        return ChangeAsync(() => client.Volumes.CreateAsync(parameters, token), token);
    }

    /// <inheritdoc/>
    public Task RemoveVolumeAsync(string volume, CancellationToken token) =>
        ChangeAsync(() => client.Volumes.RemoveAsync(volume, false, token), token);
}
