using Docker.DotNet.Models;

namespace ComposeLab.Engine.Docker;

/// <content>Networks.</content>
internal sealed partial class DockerEngine
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<NetworkSummary>> ListNetworksAsync(IReadOnlyList<string> labels, CancellationToken token)
    {
        var parameters = new NetworksListParameters { Filters = LabelFilter(labels) };
        IList<NetworkResponse> found = await AnswerAsync(
            () => client.Networks.ListNetworksAsync(parameters, token), token).ConfigureAwait(false);
        return
        [
            .. found.Select(network => new NetworkSummary
            {
                Id = network.ID,
                Name = network.Name,
                Driver = network.Driver,
                Labels = ContainerResponseMapping.Map(network.Labels),
            }),
        ];
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
        NetworksCreateResponse made = await AnswerAsync(
            () => client.Networks.CreateNetworkAsync(parameters, token), token).ConfigureAwait(false);
        return made.ID;
    }

    /// <inheritdoc/>
    public Task RemoveNetworkAsync(string network, CancellationToken token) =>
        AnswerAsync(() => client.Networks.DeleteNetworkAsync(network, token), token);

    /// <inheritdoc/>
    public Task ConnectNetworkAsync(string network, string container, EndpointSpec endpoint, CancellationToken token)
    {
        var parameters = new NetworkConnectParameters
        {
            Container = container,
            EndpointConfig = ContainerRequestMapping.Endpoint(endpoint, info),
        };
        return AnswerAsync(() => client.Networks.ConnectNetworkAsync(network, parameters, token), token);
    }

    /// <inheritdoc/>
    public Task DisconnectNetworkAsync(string network, string container, CancellationToken token) =>
        AnswerAsync(
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
