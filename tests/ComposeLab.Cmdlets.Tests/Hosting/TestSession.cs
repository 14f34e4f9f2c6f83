using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace ComposeLab.Cmdlets.Tests.Hosting;

/// <summary>A real PowerShell engine with the cmdlets of the module and of these tests.</summary>
internal sealed class TestSession : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Runspace _runspace;

    public TestSession()
    {
        var initial = InitialSessionState.CreateDefault2();
        foreach (Assembly assembly in new[] { typeof(LabErrorId).Assembly, typeof(TestSession).Assembly })
        {
            foreach (Type type in assembly.GetExportedTypes())
            {
                if (type.GetCustomAttribute<CmdletAttribute>() is { } name)
                {
                    initial.Commands.Add(new SessionStateCmdletEntry($"{name.VerbName}-{name.NounName}", type, null));
                }
            }
        }

        _runspace = RunspaceFactory.CreateRunspace(initial);
        _runspace.Open();
    }

    public SessionResult Run(string script, params object[] arguments)
    {
        using PowerShell shell = Create(script, arguments);
        return Collect(shell, shell.Invoke);
    }

    /// <summary>Starts the script, waits for the condition, stops the script, and tells how long the stop took.</summary>
    public TimeSpan StopWhen(Func<bool> condition, string script, params object[] arguments)
    {
        using PowerShell shell = Create(script, arguments);
        IAsyncResult running = shell.BeginInvoke();
        Assert.True(SpinWait.SpinUntil(() => condition() || running.IsCompleted, Patience), "the condition never held");
        Assert.False(running.IsCompleted, "the script ended before it was stopped");
        var clock = Stopwatch.StartNew();
        shell.Stop();
        return clock.Elapsed;
    }

    public void Dispose() => _runspace.Dispose();

    private static SessionResult Collect(PowerShell shell, Func<ICollection<PSObject>> invoke)
    {
        ICollection<PSObject> output = [];
        ErrorRecord? terminating = null;
        try
        {
            output = invoke();
        }
        catch (RuntimeException fault)
        {
            terminating = fault.ErrorRecord;
        }

        return new SessionResult([.. output], terminating, [.. shell.Streams.Error], [.. shell.Streams.Warning.Select(w => w.Message)],
            [.. shell.Streams.Verbose.Select(v => v.Message)], [.. shell.Streams.Progress]);
    }

    private PowerShell Create(string script, object[] arguments)
    {
        PowerShell shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        foreach (object argument in arguments)
        {
            shell.AddArgument(argument);
        }

        return shell;
    }
}
