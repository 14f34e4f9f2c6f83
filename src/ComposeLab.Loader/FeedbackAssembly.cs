using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;

namespace ComposeLab.Loader;

/// <summary>Loads the assembly with the feedback provider and the predictor, in sessions that have a prompt and a PowerShell that has these subsystems.</summary>
internal static class FeedbackAssembly
{
    private const string File = "ComposeLab.Feedback.dll";
    private const int RuntimeOfAssembly = 10;
    private static readonly object Lock = new();
    private static Guid _owner;
    private static Action? _unregister;

    /// <summary>Registers the provider and the predictor. They belong to the process: of several sessions in it, the first one that has a prompt registers them.</summary>
    /// <param name="host">The host of the session.</param>
    internal static void Register(PSHost host)
    {
        // The implementations are for people: jobs, parallel script blocks and hosted sessions do not have these hosts.
        if (host.Name is not ("ConsoleHost" or "Visual Studio Code Host") || Environment.Version.Major < RuntimeOfAssembly
            || typeof(PSCmdlet).Assembly.GetType("System.Management.Automation.Subsystem.Feedback.IFeedbackProvider") is null)
        {
            return;
        }

        lock (Lock)
        {
            if (_unregister is null && Runspace.DefaultRunspace is { } session)
            {
                Load();
                _owner = session.InstanceId;
            }
        }
    }

    /// <summary>Removes the provider and the predictor, if the session that removes the module has registered them.</summary>
    internal static void Unregister()
    {
        lock (Lock)
        {
            if (_unregister is { } unregister && Runspace.DefaultRunspace?.InstanceId == _owner)
            {
                unregister();
                _unregister = null;
            }
        }
    }

    private static void Load()
    {
        string folder = Path.GetDirectoryName(typeof(FeedbackAssembly).Assembly.Location)!;
        Type registration = ModuleLoader.Load(Path.Combine(folder, File)).GetType("ComposeLab.Feedback.Registration", throwOnError: true)!;
        Action Method(string name) => registration.GetMethod(name)!.CreateDelegate<Action>();
        try
        {
            Method("Register")();
            _unregister = Method("Unregister");
        }
        catch (InvalidOperationException)
        {
            // Another copy of the module has registered them.
        }
    }
}

/// <summary>Called by PowerShell when the module is removed.</summary>
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => FeedbackAssembly.Unregister();
}
