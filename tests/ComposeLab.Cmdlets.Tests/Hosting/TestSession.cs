using System.Collections;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace ComposeLab.Cmdlets.Tests.Hosting;

/// <summary>
/// A real PowerShell engine with the cmdlets of the module and of these tests. Variables and functions of a script end with it. To open a runspace takes twenty
/// times as long as most commands, so those whose scripts all ran to their end are used again.
/// </summary>
internal sealed class TestSession : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Once for the hundreds of sessions of a run.
    private static readonly InitialSessionState Initial = WithCmdlets();

    private static readonly ConcurrentBag<(Runspace Runspace, RecordingHost Host)> Free = [];

    private readonly RecordingHost _host;
    private readonly Runspace _runspace;
    private readonly PathInfo _location;
    private bool _stopped;

    public TestSession()
    {
        if (Free.TryTake(out (Runspace Runspace, RecordingHost Host) free))
        {
            (_runspace, _host) = free;
            _location = _runspace.SessionStateProxy.Path.CurrentLocation;
            return;
        }

        _host = new RecordingHost();
        _runspace = RunspaceFactory.CreateRunspace(_host, Initial.Clone());
        _runspace.Open();
        _location = _runspace.SessionStateProxy.Path.CurrentLocation;
    }

    /// <summary>Everything that was written to the host, such as the text of -WhatIf.</summary>
    public string Written => _host.Written;

    public SessionResult Run(string script, params object[] arguments)
    {
        using PowerShell shell = Create(script, arguments);
        return Collect(shell, shell.Invoke);
    }

    /// <summary>Starts the script, waits for the condition and stops the script; fails if the stop does not complete.</summary>
    public void StopWhen(Func<bool> condition, string script, params object[] arguments) => StopWhen(condition, () => { }, script, arguments);

    /// <summary>The same; what the stop must cause is checked while it runs.</summary>
    public void StopWhen(Func<bool> condition, Action whileStopping, string script, params object[] arguments)
    {
        using PowerShell shell = Create(script, arguments);
        Stop(shell, shell.BeginInvoke(), condition, whileStopping);
    }

    /// <summary>The same, as soon as the script's progress says a word.</summary>
    public void StopWhenSaid(string word, string script)
    {
        using PowerShell shell = Create(script, []);
        Stop(shell, shell.BeginInvoke(), () => Said(shell, word), () => { });
    }

    /// <summary>Starts the script, does something else when its progress shows a text, and returns the result of the script; until then it must write nothing.</summary>
    public SessionResult RunWhileWaiting(string script, string word, Action meanwhile)
    {
        using PowerShell shell = Create(script, []);
        using var output = new PSDataCollection<PSObject>();
        IAsyncResult running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        WaitWhileRunning(running, () => Said(shell, word));
        Assert.Empty(output.ToArray());
        meanwhile();
        Assert.True(running.AsyncWaitHandle.WaitOne(Patience), "the script never ended");
        return Collect(shell, () =>
        {
            shell.EndInvoke(running);
            return output;
        });
    }

    public void Dispose()
    {
        if (_stopped)
        {
            _runspace.Dispose();
            return;
        }

        SessionStateProxy state = _runspace.SessionStateProxy;
        if (state.Path.CurrentLocation.Path != _location.Path)
        {
            state.Path.SetLocation(_location.Path);
        }

        ((ArrayList)state.PSVariable.GetValue("Error")).Clear();
        state.PSVariable.Set("LASTEXITCODE", null);
        _host.Clear();
        Free.Add((_runspace, _host));
    }

    // Looked at in a copy: the enumerator of a stream that is still written waits for more.
    private static bool Said(PowerShell shell, string word) =>
        shell.Streams.Progress.ToArray().Any(record => record.StatusDescription.Contains(word, StringComparison.Ordinal));

    private static void WaitWhileRunning(IAsyncResult running, Func<bool> condition)
    {
        Assert.True(SpinWait.SpinUntil(() => condition() || running.IsCompleted, Patience), "the condition never held");
        Assert.False(running.IsCompleted, "the script ended before the condition held");
    }

    private void Stop(PowerShell shell, IAsyncResult running, Func<bool> condition, Action whileStopping)
    {
        _stopped = true;
        WaitWhileRunning(running, condition);
        IAsyncResult stopping = shell.BeginStop(null, null);
        whileStopping();
        Assert.True(stopping.AsyncWaitHandle.WaitOne(Patience), "the script did not stop");
        shell.EndStop(stopping);
    }

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

    private static InitialSessionState WithCmdlets()
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

        return initial;
    }

    private PowerShell Create(string script, object[] arguments)
    {
        PowerShell shell = PowerShell.Create(_runspace);
        shell.AddScript(script, useLocalScope: true);
        foreach (object argument in arguments)
        {
            shell.AddArgument(argument);
        }

        return shell;
    }
}
