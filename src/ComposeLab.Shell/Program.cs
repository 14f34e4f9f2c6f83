using System.Globalization;
using ComposeLab.Shell;
using ComposeLab.Shell.Hosting;

// A setting of ./lab for this process; what is started from here decides for itself.
Environment.SetEnvironmentVariable("DOTNET_EnableWriteXorExecute", null);
// The engine reads these once, when its first type is used.
Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
// No other process attaches to this one, so the engine need not open a pipe for it.
Environment.SetEnvironmentVariable("POWERSHELL_DIAGNOSTICS_OPTOUT", "1");
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = EnglishCulture.Instance;

var request = ShellRequest.Parse(args);
if (request.Fault is { } fault)
{
    Console.Error.WriteLine(fault);
    return 1;
}

using var session = new ShellSession(request.Module, EarlyStart.Begin(request.Module, specs: request.Mode == ShellMode.Specs));
return request.Mode switch
{
    ShellMode.Prompt => new PromptLoop(session).Run(),
    ShellMode.File => session.RunFile(request.Target, request.Arguments),
    ShellMode.Command => session.RunCommand(request.Target),
    _ => session.RunSpecs(request.Arguments),
};
