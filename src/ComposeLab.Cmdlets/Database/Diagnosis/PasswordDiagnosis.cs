using System.Text.RegularExpressions;
using ComposeLab.Compose.Databases;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;
using ComposeLab.Database.Probing;
using ComposeLab.Projects;

namespace ComposeLab.Database.Diagnosis;

/// <summary>Finds out what is wrong with a user or password. A server does not tell the client which one; its superuser, its log and the files do.</summary>
/// <param name="seen">The evidence.</param>
/// <param name="client">The login and its result.</param>
/// <param name="remedies">The fixes.</param>
internal sealed partial class PasswordDiagnosis(DatabaseEvidence seen, ClientEvidence client, Remedies remedies)
{
    private static readonly TimeSpan RecentErrors = TimeSpan.FromMinutes(2);

    // What editors add to a value, and nobody sees.
    private static readonly char[] Invisible = [' ', '\t', '\r', '\n', '\u00a0'];

    private readonly ServerEvidence? _server = seen.ServerOf(client);
    private readonly string _user = client.Tried.User;
    private readonly string _where = remedies.Places.Describe(client.Definition, client.Used.Variables.GetValueOrDefault(LoginPart.Password, client.Used.Variable), client.Used.Password);

    /// <summary>Creates the diagnosis.</summary>
    /// <returns>The cause.</returns>
    public DiagnosedCause Find()
    {
        if (_server is null)
        {
            return client.Login.Fault == LoginFault.RoleMissing
                ? new DiagnosedCause(LabDbCause.WrongUser, $"{_where} logs in as '{_user}', a role that {client.Tried.Host} does not have.", $"Correct the user in {_where}, or create the role there, then: {remedies.Start()}")
                : new DiagnosedCause(LabDbCause.WrongPassword, $"{client.Tried.Host} rejects the user or password of {_where}.", $"Correct user and password in {_where}, then: {remedies.Start()}");
        }

        if (IsMissing())
        {
            return OfMissingRole(_server);
        }

        if (client.Used is { Password: null, IgnoredPassfile: { } ignored })
        {
            string file = CommandText.Quote(Path.GetRelativePath(seen.Project.WorkingDirectory, ignored));
            return new DiagnosedCause(
                LabDbCause.WrongPassword,
                $"{client.Service} logs in without a password ({_where}): its password file {file} can be read by others, so the client library ignores it.",
                $"Make {file} private (mode 0600) and owned by the user of {client.Service}, then: {remedies.Restart(client.Service)}");
        }

        if (client.Used.Password is null)
        {
            return new DiagnosedCause(LabDbCause.WrongPassword, $"{client.Service} logs in without a password ({_where}), but {_server.Service} requires the password of '{_user}'.", remedies.ChangePassword(client, _server));
        }

        if (_server.Facts?.Role(_user) is { IsExpired: true } || Said(Expired()))
        {
            return new DiagnosedCause(
                LabDbCause.PasswordExpired,
                $"The password of role '{_user}' of {_server.Service} has expired (VALID UNTIL), so the login of {_where} fails.",
                _user == _server.Own.User || _server.Own.User == "" ? remedies.Command("Reset-LabDbPassword")
                    : remedies.Query(_server, $"ALTER ROLE {LoginDiagnosis.Quoted(_user)} VALID UNTIL 'infinity'", "postgres"));
        }

        if (_server.Facts?.Role(_user) is { CanLogIn: false })
        {
            return new DiagnosedCause(
                LabDbCause.RoleCannotLogIn, $"{_where} logs in as '{_user}', a role of {_server.Service} that is not allowed to log in (NOLOGIN).",
                remedies.Query(_server, $"ALTER ROLE {LoginDiagnosis.Quoted(_user)} LOGIN", "postgres"));
        }

        return Mangled(_server) ?? OfPassword(_server);
    }

    private bool IsMissing() => client.Login.Fault == LoginFault.RoleMissing || (_server!.Facts is { Roles.Count: > 0 } facts && facts.Role(_user) is null) || Said(RoleMissing());

    // The log contains what the client is not told. The line must be about this role.
    private bool Said(Regex pattern) => _server?.Container?.Log.Recent(pattern, RecentErrors) is { } match && match.Groups["name"].Value == _user;

    private DiagnosedCause OfMissingRole(ServerEvidence server)
    {
        string[] roles = [.. (server.Facts?.Roles ?? []).Where(role => role.CanLogIn).Select(role => role.Name)];
        string list = roles.Length == 0 ? "" : $" Roles: {string.Join(", ", roles)}.";
        if (server.Container?.Log.FirstStartOf(runs: true) == FirstStart.Failed)
        {
            return ServerDiagnosis.InitFailed(server, remedies, $"{server.Service} does not have the role '{_user}' that {_where} logs in as");
        }

        if (_user == server.Own.User)
        {
            string? old = roles.Length == 1 ? roles[0] : server.Facts?.Roles.Where(role => role.IsSuperuser).Select(role => role.Name).FirstOrDefault();
            string? edit = old is null ? null : remedies.Places.Edit(server.Definition, server.UserVariable, _user, old);
            return new DiagnosedCause(
                LabDbCause.VolumeKeepsOldLogin,
                $"The volume of {server.Service} was created with a user other than '{_user}' and still has it: {server.UserVariable} applies only to a new volume.{list}",
                edit is not null ? $"{edit}, then: {remedies.Start()}"
                    : $"Write the old user in {remedies.Places.Describe(server.Definition, server.UserVariable)} and in its clients again, then: {remedies.Start()}"
                    + (remedies.IsSwarm ? "" : $"\nOr delete the data of the volume: {remedies.Command("Remove-LabStack -Volume")}\nThen: {remedies.Start()}"));
        }

        string variable = client.Used.Variables.GetValueOrDefault(LoginPart.User, client.Used.Variable);
        string at = remedies.Places.Describe(client.Definition, variable);
        string message = $"{at} logs in as '{_user}', a role that {server.Service} does not have.{list}";
        if (Near.Of(_user, roles) is { } near)
        {
            return new DiagnosedCause(
                LabDbCause.WrongUser,
                message + (near.Equals(_user, StringComparison.OrdinalIgnoreCase) ? $" Its name is '{near}': without quotes, CREATE ROLE writes names in lower case." : ""),
                remedies.Change(client, LoginPart.User, _user, near, $"write the user {CommandText.Quote(near)}"));
        }

        return new DiagnosedCause(
            LabDbCause.WrongUser,
            message,
            $"Decide: write the correct role in {at}, then: {remedies.Start()}\n"
            + $"Or create the role: {remedies.Query(server, $"CREATE ROLE {LoginDiagnosis.Quoted(_user)} LOGIN", "postgres")}\n"
            + $"and give it the password that {client.Service} uses: {remedies.Command($"Reset-LabDbPassword -Role {CommandText.Quote(_user)}")}");
    }

    private DiagnosedCause OfPassword(ServerEvidence server)
    {
        if (client.Declared is { Password: { } declared } && declared != client.Used.Password)
        {
            // What the files say now may be right already: no other remedy makes a difference before the container has it.
            return new DiagnosedCause(
                LabDbCause.WrongPassword,
                $"{client.Service} still runs with an earlier password: {_where} was changed in the files after its container was created.",
                remedies.Start());
        }

        bool isOwn = _user == server.Own.User;
        bool ownFails = server.OwnLogin.Fault == LoginFault.AuthenticationFailed;
        if (isOwn && server.Own.Password is not null && (ownFails || client.Used.Password == server.Own.Password))
        {
            return new DiagnosedCause(
                LabDbCause.VolumeKeepsOldLogin,
                $"The volume of {server.Service} was created with another password for '{_user}' and still has it: {server.PasswordVariable} applies only to a new volume. The password of {_where} is rejected.",
                remedies.Command("Reset-LabDbPassword"));
        }

        return new DiagnosedCause(
            LabDbCause.WrongPassword,
            isOwn ? $"{_where} uses a different password than {server.Service} has for '{_user}' ({remedies.Places.Describe(server.Definition, server.PasswordVariable)})."
                : $"{_where} uses a different password than {server.Service} has for role '{_user}', which is not the role in POSTGRES_USER.",
            remedies.ChangePassword(client, server));
    }

    // Only if the changed text explains the difference: both passwords are known, and one is the other after the change, or a variable in it is not set.
    private DiagnosedCause? Mangled(ServerEvidence server)
    {
        string variable = client.Used.Variables.GetValueOrDefault(LoginPart.Password, client.Used.Variable);
        if (_user != server.Own.User || server.Own.Password is not { } own || client.Used.Password is not { } used)
        {
            return Swallowed(client.Definition, variable);
        }

        if (own == used)
        {
            return null;
        }

        return Swallowed(client.Definition, variable)
            ?? Swallowed(server.Definition, server.PasswordVariable)
            ?? Quotes(own, used, server.Definition, server.PasswordVariable, isServer: true)
            ?? Quotes(used, own, client.Definition, variable, isServer: false)
            ?? Comment(own, used, server.Definition, server.PasswordVariable, isServer: true)
            ?? Comment(used, own, client.Definition, variable, isServer: false)
            ?? Blank(own, used, server.Definition, server.PasswordVariable, isServer: true)
            ?? Blank(used, own, client.Definition, variable, isServer: false)
            ?? Octal(server.Definition, server.PasswordVariable, isServer: true)
            ?? Octal(client.Definition, variable, isServer: false);
    }

    private DiagnosedCause? Swallowed(ServiceDefinition service, string variable)
    {
        if (ValuePlaces.Node(service, variable) is not { } found || remedies.Places.Place(found.Name, found.Node.Origin) is not { } place)
        {
            return null;
        }

        bool isSwallowed = found.Node.Origin.Variables.Any(use => use.Source == VariableSource.None) && Dollar().IsMatch(place.Text);
        if (!isSwallowed)
        {
            return null;
        }

        string? edit = place.Text.Count(sign => sign == '$') == 1 ? $"In {place} write $$ instead of $" : null;
        bool isServer = _server is not null && service == _server.Definition;
        return new DiagnosedCause(
            LabDbCause.PasswordMangled,
            $"The password in {remedies.Places.Describe(service, variable)} contains a $, which Compose reads as the start of a variable. The variable is not set, so a part of the password is missing.",
            Applied(remedies.Then(edit, $"Write $$ for each $ of the password in {remedies.Places.Short(place)}"), isServer));
    }

    private DiagnosedCause? Quotes(string one, string other, ServiceDefinition service, string variable, bool isServer) =>
        one.Length > 1 && one[0] is '"' or '\'' && one[^1] == one[0] && one[1..^1] == other
            ? new DiagnosedCause(
                LabDbCause.PasswordMangled,
                $"The quotes in {remedies.Places.Describe(service, variable)} are a part of the password: in a list entry (- NAME=\"value\") YAML does not remove them.",
                Applied($"Remove the quotes around the value in {Place(service, variable)}, then: {remedies.Start()}", isServer))
            : null;

    private DiagnosedCause? Blank(string one, string other, ServiceDefinition service, string variable, bool isServer) =>
        one != other && one.Trim(Invisible) == other
            ? new DiagnosedCause(
                LabDbCause.PasswordMangled,
                $"The password in {remedies.Places.Describe(service, variable)} starts or ends with {Named(one)}, which is a part of it.",
                Applied($"Remove {Named(one)} in {Place(service, variable)}, then: {remedies.Start()}", isServer))
            : null;

    private static string Named(string password) =>
        password[^1] == '\r' ? "a carriage return (a file with Windows line endings)" : "a space";

    private DiagnosedCause? Comment(string one, string other, ServiceDefinition service, string variable, bool isServer) =>
        other.StartsWith(one + " #", StringComparison.Ordinal)
            ? new DiagnosedCause(
                LabDbCause.PasswordMangled,
                $"The password in {remedies.Places.Describe(service, variable)} ends before a #: without quotes, the # after a space starts a comment.",
                Applied($"Write the password in {Place(service, variable)} in quotes, then: {remedies.Start()}", isServer))
            : null;

    private DiagnosedCause? Octal(ServiceDefinition service, string variable, bool isServer) =>
        remedies.Places.Root(service, variable) is { } place && Number().IsMatch(place.Written) && place.Written != Value(service, variable)
            ? new DiagnosedCause(
                LabDbCause.PasswordMangled,
                $"The password in {remedies.Places.Describe(service, variable)} is written without quotes, and YAML reads it as a number, which changes the text.",
                Applied($"Write the password in {Place(service, variable)} in quotes, then: {remedies.Start()}", isServer))
            : null;

    // The volume keeps the password it was created with. The server's own variable is corrected first, then the volume.
    private string Applied(string edit, bool isServer) => isServer ? $"{edit}\nThen set the corrected password in the volume: {remedies.Command("Reset-LabDbPassword")}" : edit;

    private static string? Value(ServiceDefinition service, string variable) => ValuePlaces.Node(service, variable)?.Node.Text;

    private string Place(ServiceDefinition service, string variable) => remedies.Places.Root(service, variable) is { } place ? remedies.Places.Short(place) : $"{variable} of {service.Name}";

    [GeneratedRegex(@"User ""(?<name>[^""]+)"" has an expired password", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Expired();

    [GeneratedRegex(@"[Rr]ole ""(?<name>[^""]+)"" does not exist", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RoleMissing();

    [GeneratedRegex(@"(?<!\$)\$(?!\$|\{)[A-Za-z_]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Dollar();

    [GeneratedRegex(@"^[-+]?(?:0[0-9_]+|0[xob][0-9A-Fa-f_]+|[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|\d+(?::\d+)+)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
