using System.Net.Http.Headers;
using System.Text;
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
        if (!spec.Input && !spec.Tty && transport.ConnectBlocking() is { } connection)
        {
            var output = new OutputConnection(connection);
            try
            {
                await EngineFault.TranslateAsync(
                    info.Endpoint, () => output.StartAsync(StartRequest(id), limits.Read, token), limits.Read, token).ConfigureAwait(false);
            }
            catch
            {
                output.Dispose();
                throw;
            }

            return new ExecSession(client, info.Endpoint, limits, id, output, input: null);
        }

        var both = new ClientLibraryConnection(await ReadAsync(
            () => client.Exec.StartContainerExecAsync(id, new ContainerExecStartParameters { TTY = spec.Tty }, token), token).ConfigureAwait(false));
        return new ExecSession(client, info.Endpoint, limits, id, both, both);
    }

    private HttpRequestMessage StartRequest(string id)
    {
        HttpRequestMessage request = transport.Request($"exec/{Uri.EscapeDataString(id)}/start", HttpMethod.Post);
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new ProductHeaderValue("tcp"));
        request.Content = new StringContent("""{"Detach":false,"Tty":false}""", Encoding.UTF8, "application/json");
        return request;
    }
}
