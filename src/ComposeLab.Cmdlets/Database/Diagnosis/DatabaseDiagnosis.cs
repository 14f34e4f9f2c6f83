using ComposeLab.Database.Probing;
using ComposeLab.Engine.Docker;
using ComposeLab.Projects;

namespace ComposeLab.Database.Diagnosis;

/// <summary>
/// Names the cause from what was seen. The order is that of the way to the database: what lies nearer to the root explains what lies behind it. Pure: it asks
/// nobody and changes nothing.
/// </summary>
internal sealed class DatabaseDiagnosis
{
    // Tables and indexes grow by pages of 8 KiB, and no write gets through where not even a few of them fit. The segment of the log that is being written
    // has its 16 MiB on the disk already, so a server with less room than another segment still works.
    private const long NeededBytes = 64 * 1024;

    private readonly DatabaseEvidence _seen;
    private readonly CommandText _commands;
    private readonly Remedies _remedies;

    private DatabaseDiagnosis(DatabaseEvidence seen, ProjectSelection selection)
    {
        _seen = seen;
        _commands = new CommandText(selection, seen.Profile);
        _remedies = new Remedies(seen, _commands);
    }

    /// <summary>Makes the diagnosis.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="selection">How the user selected the project, for the commands of the recommendation.</param>
    /// <returns>The cause, what it means and what mends it.</returns>
    public static Finding Of(DatabaseEvidence seen, ProjectSelection selection) => new DatabaseDiagnosis(seen, selection).Find();

    /// <summary>Whether there is too little room for a database to write.</summary>
    /// <param name="free">The free bytes.</param>
    /// <returns>True when the disk counts as full.</returns>
    public static bool IsFull(long free) => free < NeededBytes;

    private Finding Find() =>
        OfEngine() ?? OfContainer() ?? OfDisk() ?? OfTls() ?? OfNetwork() ?? OfLogin() ?? OfHealth() ?? OfApi() ?? OfNothing() ?? new Finding(LabDbCause.None, Good(), "");

    // Without a login and without the API's word nothing is known, and nothing known is not good.
    private Finding? OfNothing() => _seen.Answer.Kind == ApiAnswerKind.Ok || _seen.Login.Fault is not (LoginFault.NotTried or LoginFault.NoTool)
        ? null
        : _seen.TimedOut
            ? new Finding(LabDbCause.Unknown, "The time was up before the database was tried.", _commands.Of("Test-LabDb -TimeoutSec 60"))
            : new Finding(LabDbCause.Unknown, $"{_seen.Database!.Name} has neither nc nor bash to log in with, and publishes no port.", _remedies.ReadLog(_seen.Service));

    private string Good() => _seen.Answer.Kind == ApiAnswerKind.Ok
        ? $"{_seen.Api} and {_seen.Service} work: {_seen.Effective} answers."
        : $"{_seen.Service} works: {_seen.Effective} answers.";

    private Finding? OfEngine() =>
        _seen.EngineFault is { } fault ? new Finding(LabDbCause.EngineUnreachable, fault.Message, fault.Recommendation) : null;

    private Finding? OfContainer()
    {
        if (_seen.Database is not { } container)
        {
            return _seen.TimedOut
                ? new Finding(LabDbCause.Unknown, "The time was up before the containers were seen.", _commands.Of("Test-LabDb -TimeoutSec 60"))
                : new Finding(LabDbCause.NotStarted, $"{_seen.ProjectName} has no container of {_seen.Service}: the stack is not started.", _remedies.Start());
        }

        return container.State switch
        {
            ContainerState.Running => null,
            ContainerState.Paused => new Finding(LabDbCause.DatabasePaused, $"{container.Name} is paused: connections are taken and never answered.", _remedies.Start()),
            _ when container.TellsOfFullDisk => FullDisk(),
            _ => new Finding(LabDbCause.DatabaseStopped, $"{container.Name} {Ended(container)}.", _remedies.Start()),
        };
    }

    private Finding? OfDisk() =>
        (_seen.DiskFree is { } free && IsFull(free)) || _seen.Login.Fault == LoginFault.DiskFull || (_seen.Login.Fault != LoginFault.None && _seen.Database!.TellsOfFullDisk)
            ? FullDisk()
            : null;

    private Finding FullDisk() => new(
        LabDbCause.DiskFull, $"The disk that holds the data of {_seen.Service} is full: it answers or starts no more until there is room.", _remedies.FreeSpace());

    private Finding? OfTls() => _seen.Login.Fault switch
    {
        LoginFault.TlsNotOffered => new Finding(
            LabDbCause.TlsNotOffered, $"{_seen.Used?.Variable} of {_seen.Api} demands TLS, which {_seen.Service} does not offer.", _remedies.DropTls()),
        LoginFault.TlsRequired => new Finding(
            LabDbCause.TlsRequired, $"{_seen.Service} takes {_seen.Effective.User} only with TLS, which is not used.", _remedies.AddTls()),
        _ => null,
    };

    private Finding? OfNetwork()
    {
        ContainerEvidence database = _seen.Database!;
        bool alone = database.Networks.Count == 0 && !database.SharesNetworkStack;
        bool apart = _seen.Client is { Runs: true } client && !database.SharesNetworkWith(client);
        return alone || apart
            ? new Finding(
                LabDbCause.DatabaseDetached,
                $"{database.Name} is on no network{(alone ? "" : $" that {_seen.Client!.Name} is on")}: no name leads to it and no packet arrives.",
                _remedies.Start())
            : null;
    }

    private Finding? OfLogin() => _seen.Login.Fault switch
    {
        LoginFault.NotReady => Starting(),
        LoginFault.TooManyConnections => new Finding(
            LabDbCause.TooManyConnections, $"Every connection of {_seen.Service} is taken.", _remedies.EndSessions()),
        LoginFault.NameUnknown => new Finding(
            LabDbCause.WrongHost,
            $"{_seen.Used?.Variable} of {_seen.Api} names the host '{_seen.Effective.Host}', which does not exist on the network; the database is '{_seen.Service}'.",
            _remedies.ChangeHost()),
        LoginFault.Refused or LoginFault.ConnectionLost or LoginFault.Unreachable => OfRefusal(),
        LoginFault.Silent => new Finding(
            LabDbCause.DatabaseNotAnswering, $"{_seen.Database!.Name} runs, and nothing answers at {_seen.Effective.Host}:{_seen.Effective.Port}.", _remedies.Restart(_seen.Service)),
        LoginFault.NotPostgres => new Finding(
            LabDbCause.NotPostgres, $"What listens at {_seen.Effective.Host}:{_seen.Effective.Port} is no PostgreSQL server.", _remedies.ChangePort()),
        LoginFault.AuthenticationFailed => OfAuthentication(),
        LoginFault.DatabaseMissing => new Finding(
            LabDbCause.MissingDatabase, $"{_seen.Service} has no database '{_seen.Effective.Database}'.", _remedies.CreateDatabase()),
        LoginFault.Other => new Finding(LabDbCause.Unknown, $"{_seen.Service} answered: {_seen.Login.Detail}", _remedies.ReadLog(_seen.Service)),
        _ => null,
    };

    private Finding OfRefusal()
    {
        if (_seen.Used is { Login: var login } && login.Port != _seen.Own.Port && _seen.Login.Fault == LoginFault.Refused)
        {
            return new Finding(
                LabDbCause.WrongPort,
                $"{_seen.Used.Variable} of {_seen.Api} asks at port {login.Port}, where nothing listens; {_seen.Service} listens at {_seen.Own.Port}.",
                _remedies.ChangePort());
        }

        return _seen.Database!.Health == HealthStatus.Starting
            ? Starting()
            : new Finding(
                LabDbCause.DatabaseNotAnswering,
                $"{_seen.Database.Name} runs, and nothing listens at {_seen.Effective.Host}:{_seen.Effective.Port}.",
                _remedies.Restart(_seen.Service));
    }

    private Finding OfAuthentication()
    {
        bool isOwnUser = _seen.Effective.User == _seen.Own.User;
        if (_seen.UserExists == false && !isOwnUser)
        {
            return new Finding(
                LabDbCause.WrongUser,
                $"{_seen.Used?.Variable} of {_seen.Api} logs in as '{_seen.Effective.User}', a user {_seen.Service} does not have; its user is '{_seen.Own.User}'.",
                _remedies.ChangeUser());
        }

        if (_seen.UserExists == false)
        {
            return new Finding(
                LabDbCause.VolumeKeepsOldLogin,
                $"The volume of {_seen.Service} was made with another user than '{_seen.Own.User}' and keeps it: POSTGRES_USER counts only for a new volume.",
                _remedies.OldUser());
        }

        bool ownFails = _seen.OwnLogin.Fault == LoginFault.AuthenticationFailed || (isOwnUser && _seen.Effective.Password == _seen.Own.Password);
        return ownFails
            ? new Finding(
                LabDbCause.VolumeKeepsOldLogin,
                $"The volume of {_seen.Service} was made with another password for '{_seen.Own.User}' and keeps it: POSTGRES_PASSWORD counts only for a new volume.",
                _remedies.ResetPassword())
            : new Finding(
                LabDbCause.WrongPassword,
                _seen.Used is { Login.Password: null }
                    ? $"{_seen.Api} logs in without a password, and {_seen.Service} wants the one it has for '{_seen.Effective.User}'."
                    : $"{_seen.Used?.PasswordVariable ?? "The password"} of {_seen.Api} is not the password that {_seen.Service} has for '{_seen.Effective.User}'.",
                _remedies.ChangePassword());
    }

    private Finding Starting() => new(
        LabDbCause.DatabaseStarting, $"{_seen.Service} is starting, recovering or shutting down: it takes no connections yet.", _remedies.Wait());

    private Finding? OfHealth() => _seen.Database!.Health == HealthStatus.Unhealthy
        ? new Finding(
            LabDbCause.DatabaseUnhealthy, $"{_seen.Database.Name} is unhealthy: {Said(_seen.Database)}", _remedies.Restart(_seen.Service))
        : null;

    private Finding? OfApi() => _seen.Api is null ? null : new ApiDiagnosis(_seen, _remedies).Find();

    private static string Said(ContainerEvidence container) =>
        container.LastProbe.Length == 0 ? "its health check fails and prints nothing." : $"its health check says: {container.LastProbe}";

    private static string Ended(ContainerEvidence container)
    {
        string last = container.LogTail.LastOrDefault(line => !string.IsNullOrWhiteSpace(line))?.Trim() ?? "";
        string how = container.State switch
        {
            ContainerState.Created => "was made and never started",
            ContainerState.Restarting => $"ends again and again with exit code {container.ExitCode}",
            _ => $"is stopped (exit code {container.ExitCode})",
        };
        return container.ExitCode == 0 || last.Length == 0 ? how : $"{how}; its last word: {last.TrimEnd('.')}";
    }
}
