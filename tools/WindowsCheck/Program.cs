using System.Globalization;
using WindowsCheck;

switch (args)
{
    case ["pipe", var name, var port] when OperatingSystem.IsWindows():
        await Relays.FromPipeAsync(name, int.Parse(port, CultureInfo.InvariantCulture)).ConfigureAwait(false);
        return 0;
    case ["port", var file, var socket]:
        await Relays.FromPortAsync(file, socket).ConfigureAwait(false);
        return 0;
    case ["tests", var assembly, var results, var exceptions]:
        return await new TestRun(assembly, results, exceptions).RunAsync().ConfigureAwait(false);
    case ["get"]:
        return StandIn.ForCredentialHelper();
    case [.., "--", _, var command]:
        return await StandIn.ForSshAsync(command).ConfigureAwait(false);
    default:
        Console.Error.WriteLine("Expected pipe NAME PORT, port FILE SOCKET, or tests ASSEMBLY RESULTS EXCEPTIONS; as docker-credential-NAME, get; as ssh, its arguments.");
        return 2;
}
