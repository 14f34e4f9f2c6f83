using Docker.DotNet.Models;

namespace ComposeLab.Engine.Docker;

/// <content>Commands inside containers.</content>
internal sealed partial class DockerEngine
{
    /// <inheritdoc/>
    public async Task<IExecSession> StartExecAsync(string container, ExecSpec spec, CancellationToken token)
    {
        var parameters = new ContainerExecCreateParameters
        {
            Cmd = [.. spec.Command],
            User = spec.User!,
            WorkingDir = spec.WorkingDirectory!,
            Env = [.. spec.Environment],
            AttachStdin = spec.Input,
            AttachStdout = true,
            AttachStderr = true,
            TTY = spec.Tty,
            Privileged = spec.Privileged,
        };
        string id = await ReadAsync(
            async () => ContainerResponseMapping.Required(
                (await client.Exec.CreateContainerExecAsync(container, parameters, token).ConfigureAwait(false))?.ID, "Id"),
            token).ConfigureAwait(false);
        return new ExecSession(client, info.Endpoint, limits, id, await ConnectAsync(spec, id, token).ConfigureAwait(false));
    }

    private Task<IExecConnection> ConnectAsync(ExecSpec spec, string id, CancellationToken token) => ReadAsync<IExecConnection>(
        async () => !spec.Input && !spec.Tty && transport.SocketPath is { } path
            ? await OutputConnection.OpenAsync(path, info.ApiVersion, id, limits.Read, token).ConfigureAwait(false)
            : new ClientLibraryConnection(await client.Exec.StartContainerExecAsync(id, new ContainerExecStartParameters { TTY = spec.Tty }, token).ConfigureAwait(false)),
        token,
        nameof(StartExecAsync));
}
