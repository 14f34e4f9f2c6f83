using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.InteropServices;

namespace ComposeLab.Shell.Hosting;

/// <summary>One embedded PowerShell session: its host, its runspace, and the ways to run something in it.</summary>
internal sealed class ShellSession : IDisposable
{
    private readonly string _module;
    private readonly Runspace _runspace;
    private readonly PosixSignalRegistration _terminate;
    private readonly Lock _gate = new();
    private PowerShell? _running;
    private int _viewsToLoad;

    /// <summary>Opens the session.</summary>
    /// <param name="module">The manifest of a module to import before anything runs; empty for none.</param>
    /// <param name="state">What the session starts with; made while the host opens the console.</param>
    public ShellSession(string module, Task<InitialSessionState> state)
    {
        _module = module;
        Host = new ShellHost();
        _runspace = Open(EngineInternals.DefaultTypes(), state);
        Runspace.DefaultRunspace = _runspace;
        if (module.Length == 0)
        {
            LoadViews();
        }

        if (!Host.Terminal.Colours)
        {
            PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        }

        Console.CancelKeyPress += OnCancel;
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnTerminate);
    }

    /// <summary>The host behind the session.</summary>
    public ShellHost Host { get; }

    /// <summary>The session's runspace.</summary>
    public Runspace Runspace => _runspace;

    /// <summary>Imports the module the session was opened for.</summary>
    /// <returns>True where the import worked or none was asked for.</returns>
    public bool ImportModule()
    {
        if (_module.Length == 0)
        {
            return true;
        }

        using var shell = PowerShell.Create(_runspace);
        shell.AddCommand("Import-Module").AddParameter("Name", _module).AddParameter("Global").AddParameter("ErrorAction", "Stop");
        var code = Run(shell);
        LoadViews();
        return code == 0;
    }

    /// <summary>Runs one script file.</summary>
    /// <param name="file">The script's path.</param>
    /// <param name="arguments">Its arguments; <c>-Name value</c> binds by name as with <c>pwsh -File</c>.</param>
    /// <returns>The script's own exit code; 1 after an uncaught terminating error.</returns>
    public int RunFile(string file, IReadOnlyList<string> arguments)
    {
        var path = Path.GetFullPath(file);
        if (!File.Exists(path))
        {
            Console.Error.WriteLine($"Expected a script file, found none at '{file}'.");
            return 1;
        }

        if (!ImportModule())
        {
            return 1;
        }

        using var shell = PowerShell.Create(_runspace);
        var command = new Command(path);
        foreach (var parameter in ScriptArguments.Parse(arguments))
        {
            command.Parameters.Add(parameter);
        }

        EngineInternals.LetExitLeaveTheScript(_runspace);
        shell.Commands.AddCommand(command);
        return Show(shell);
    }

    /// <summary>Runs one command text and shows what it writes.</summary>
    /// <param name="text">The PowerShell code.</param>
    /// <returns>The code's exit code; 1 after an uncaught terminating error.</returns>
    public int RunCommand(string text) => ImportModule() ? ShowText(text) : 1;

    /// <summary>Runs a text typed at the prompt; the module is there already.</summary>
    /// <param name="text">The PowerShell code.</param>
    /// <returns>The code's exit code; 1 after an uncaught terminating error.</returns>
    public int ShowText(string text)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(text, useLocalScope: false);
        return Show(shell);
    }

    /// <summary>Runs spec files and shows what failed.</summary>
    /// <param name="files">The spec files.</param>
    /// <returns>0 where every file has tests and every test passed, else 1.</returns>
    public int RunSpecs(IReadOnlyList<string> files)
    {
        if (!ImportModule())
        {
            return 1;
        }

        var run = new Specs.SpecRun(Host.UI);
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(Specs.SpecRun.Script).AddArgument(run).AddArgument(files.Select(Path.GetFullPath).ToArray());
        var code = Show(shell);
        run.WriteSummary();
        return code == 0 && run.Succeeded ? 0 : 1;
    }

    /// <summary>Runs code for its result, showing nothing.</summary>
    /// <param name="text">The PowerShell code.</param>
    public IReadOnlyList<PSObject> Evaluate(string text)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(text, useLocalScope: false);
        return shell.Invoke();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Console.CancelKeyPress -= OnCancel;
        _terminate.Dispose();
        Host.Terminal.ClearProgress();
        _runspace.Dispose();
    }

    // The engine would read types and views while it opens, where everything waits for them. The types are read before, while the state is made, and the
    // views after: the import of a module reads all views again, also those that were read already.
    private Runspace Open(TypeTable types, Task<InitialSessionState> state)
    {
        var start = state.GetAwaiter().GetResult();
        start.Types.Clear();
        start.Types.Add(new SessionStateTypeEntry(types));
        SessionStateFormatEntry[] views = [.. start.Formats];
        start.Formats.Clear();

        var runspace = RunspaceFactory.CreateRunspace(Host, start);
        runspace.Open();
        runspace.InitialSessionState.Formats.Add(views);
        _viewsToLoad = views.Length;
        EngineInternals.KeepDrives(runspace);
        return runspace;
    }

    // An import that brought views of its own has loaded all.
    private void LoadViews()
    {
        if (_runspace.InitialSessionState.Formats.Count == _viewsToLoad)
        {
            EngineInternals.LoadViews(_runspace);
        }

        _viewsToLoad = 0;
    }

    private int Show(PowerShell shell)
    {
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");
        return Run(shell);
    }

    private int Run(PowerShell shell)
    {
        Host.ExitCode = null;
        try
        {
            lock (_gate)
            {
                _running = shell;
            }

            shell.Invoke();
            return Host.ExitCode ?? 0;
        }
        catch (PipelineStoppedException)
        {
            return 130;
        }
        catch (RuntimeException fault)
        {
            Report(fault.ErrorRecord);
            return Host.ExitCode ?? 1;
        }
        finally
        {
            lock (_gate)
            {
                _running = null;
            }

            Host.Terminal.ClearProgress();
        }
    }

    private void Report(ErrorRecord record)
    {
        LoadViews();
        var value = PSObject.AsPSObject(record);
        EngineInternals.MarkAsError(value);
        using var shell = PowerShell.Create(_runspace);
        shell.AddCommand("Out-Default").AddParameter("InputObject", value);
        shell.Invoke();
    }

    private void OnCancel(object? sender, ConsoleCancelEventArgs signal)
    {
        signal.Cancel = true;
        Stop();
    }

    private void OnTerminate(PosixSignalContext signal)
    {
        signal.Cancel = true;
        Host.ExitCode = 143;
        Stop();
    }

    private void Stop()
    {
        lock (_gate)
        {
            _running?.BeginStop(null, null);
        }
    }
}
