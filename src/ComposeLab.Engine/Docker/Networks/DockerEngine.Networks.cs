using Docker.DotNet.Models;

namespace ComposeLab.Engine.Docker;

/// <content>Networks.</content>
internal sealed partial class DockerEngine
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<NetworkSummary>> ListNetworksAsync(IReadOnlyList<string> labels, CancellationToken token)
    {
        var parameters = new NetworksListParameters { Filters = LabelFilter(labels) };
        return await ReadAsync(
            async () => Rows(
                await client.Networks.ListNetworksAsync(parameters, token).ConfigureAwait(false),
                network => new NetworkSummary
                {
                    Id = ContainerResponseMapping.Required(network.ID, "Id"),
                    Name = ContainerResponseMapping.Required(network.Name, "Name"),
                    Driver = network.Driver ?? "",
                    Labels = ContainerResponseMapping.Map(network.Labels),
                    Scope = network.Scope ?? "",
                    IsAttachable = network.Attachable,
                }),
            token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<string> CreateNetworkAsync(NetworkSpec spec, CancellationToken token)
    {
        var parameters = new NetworksCreateParameters
        {
            Name = spec.Name,
            Driver = spec.Driver,
            Options = ContainerRequestMapping.Map(spec.DriverOptions),
            Labels = ContainerRequestMapping.Map(spec.Labels),
            Internal = spec.Internal,
            Attachable = spec.Attachable,
            EnableIPv4 = spec.EnableIPv4,
            EnableIPv6 = spec.EnableIPv6,
            IPAM = spec.Pools.Count == 0 && spec.IpamDriver.Length == 0 && spec.IpamOptions.Count == 0
                ? null
                : new IPAM
                {
                    Driver = spec.IpamDriver.Length == 0 ? "default" : spec.IpamDriver,
                    Options = ContainerRequestMapping.Map(spec.IpamOptions),
                    Config = [.. spec.Pools.Select(Pool)],
                },
        };
        return await ChangeAsync(
            async () => ContainerResponseMapping.Required((await client.Networks.CreateNetworkAsync(parameters, token).ConfigureAwait(false))?.ID, "Id"),
            token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task RemoveNetworkAsync(string network, CancellationToken token) =>
        ChangeAsync(() => client.Networks.DeleteNetworkAsync(network, token), token);

    /// <inheritdoc/>
    public Task ConnectNetworkAsync(string network, string container, EndpointSpec endpoint, CancellationToken token)
    {
        var parameters = new NetworkConnectParameters
        {
            Container = container,
            EndpointConfig = ContainerRequestMapping.Endpoint(endpoint, info),
        };
        return ChangeAsync(() => client.Networks.ConnectNetworkAsync(network, parameters, token), token);
    }

    /// <inheritdoc/>
    public Task DisconnectNetworkAsync(string network, string container, CancellationToken token) =>
        ChangeAsync(
            () => client.Networks.DisconnectNetworkAsync(
                network, new NetworkDisconnectParameters { Container = container, Force = true }, token),
            token);

    private static IPAMConfig Pool(AddressPoolSpec pool) => new()
    {
        Subnet = pool.Subnet!,
        IPRange = pool.IpRange!,
        Gateway = pool.Gateway!,
        AuxAddress = ContainerRequestMapping.Map(pool.AuxiliaryAddresses),
    };
}
