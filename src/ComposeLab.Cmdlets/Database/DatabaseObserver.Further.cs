using ComposeLab.Database.Diagnosis;
using ComposeLab.Database.Probing;
using ComposeLab.Database.Routes;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Database;

/// <content>Facts that are needed only after a failed login.</content>
internal sealed partial class DatabaseObserver
{
    // Facts that are needed only after a failed login.
    private async Task AskFurtherAsync(CancellationToken token)
    {
        ServerEvidence[] before = [.. _seen.Servers];
        _seen = _seen with { Servers = await Task.WhenAll(before.Select(server => AskServerAsync(server, token))).ConfigureAwait(false) };
        ClientEvidence[] clients = [.. _seen.Clients];
        _seen = _seen with { Clients = await Task.WhenAll(clients.Select(client => AskClientAsync(client, token))).ConfigureAwait(false) };
        AppEvidence[] asked = [.. _seen.Apps];
        _seen = _seen with { Apps = await Task.WhenAll(asked.Select(app => AskAppAsync(app, token))).ConfigureAwait(false) };
    }

    private async Task<ServerEvidence> AskServerAsync(ServerEvidence server, CancellationToken token)
    {
        ClientEvidence[] failed = [.. _seen.Clients.Where(client => _seen.ServerOf(client) == server && !client.IsDone && client.Login.Fault is not (LoginFault.None or LoginFault.NotTried or LoginFault.NoTool or LoginFault.NotTriedInTime))];
        // If there was no time to test from the client, only the server's own answer is known.
        if (server.Container is { Runs: true } && failed.Length == 0 && _seen.Clients.Any(client => _seen.ServerOf(client) == server && client.Login.Fault == LoginFault.NotTriedInTime))
        {
            return server with { OwnLogin = await OwnLoginAsync(server, _time.ForRest()).ConfigureAwait(false) };
        }

        bool isWorthIt = failed.Length > 0 || (_seen.Clients.Count == 0 && !server.OwnLogin.IsGood) || _seen.Clients.Any(client => client.Login.Session is { ReadOnly: true });
        if (server.Container is not { Runs: true } container || !isWorthIt || failed.Any(client => client.Login.Fault is LoginFault.Silent or LoginFault.Slow))
        {
            return server;
        }

        Task<ServerFacts?> facts = ServerFacts.AskAsync(EngineOf(server.Definition), container.Name, server.Own, token);
        bool isRefused = failed.Any(client => client.Login.Fault is LoginFault.AuthenticationFailed or LoginFault.RoleMissing);
        LoginReport own = isRefused ? await OwnLoginAsync(server, _time.ForRest()).ConfigureAwait(false) : server.OwnLogin;
        return server with { Facts = await facts.ConfigureAwait(false), OwnLogin = own };
    }

    private async Task<ClientEvidence> AskClientAsync(ClientEvidence client, CancellationToken token)
    {
        if (client.IsDone || client.Login.IsGood || client.Login.Fault is LoginFault.NotTried or LoginFault.NotTriedInTime)
        {
            return client;
        }

        if (client.Login.Fault == LoginFault.AuthenticationFailed && client.Used.Text is { Meant: null, WrittenPassword: { } written } text && written != text.Password)
        {
            return client with { AsWritten = await TryAsync(client, client.Tried with { Password = written }, token).ConfigureAwait(false) };
        }

        return client.Login is { Fault: LoginFault.NotAllowedByHba, OffersTls: true } && !client.Tried.DemandsTls
            ? client with { WithTls = await TryAsync(client, client.Tried with { TlsMode = "require" }, token).ConfigureAwait(false) }
            : client;
    }

    private async Task<AppEvidence> AskAppAsync(AppEvidence app, CancellationToken token)
    {
        if (app.Answer.Kind != ApiAnswerKind.Refused || app is not { Target: { } target, Container: { Runs: true } container } || !_containers.TryGetValue(app.Service, out ObservedContainer? observed))
        {
            return app;
        }

        // A server may listen on the container's address only, so it is queried there, from a container in the same network.
        string address = DatabaseRoutes.AddressOf(observed);
        if (_seen.Servers.FirstOrDefault(server => server.Container is { Runs: true } other && other.SharesNetworkWith(container)) is not { } near)
        {
            return app;
        }

        (IEngine engine, string from) = (EngineOf(near.Definition), near.Container!.Name);

        await using (ContainerTunnel route = ContainerTunnel.Open(engine, from, address, target, 2))
        {
            if (await PortProbe.ListensAsync(route, _time.ForAnswer(), token).ConfigureAwait(false))
            {
                return app with { Listens = true };
            }
        }

        foreach (int port in observed.Summary.Ports.Where(entry => entry.Protocol == "tcp" && entry.ContainerPort != target).Select(entry => entry.ContainerPort).Distinct())
        {
            await using ContainerTunnel route = ContainerTunnel.Open(engine, from, address, port, 2);
            if (await PortProbe.SpeaksHttpAsync(route, _time.ForAnswer(), token).ConfigureAwait(false))
            {
                return app with { Listens = false, AnswersAt = port };
            }
        }

        return app with { Listens = false };
    }
}
