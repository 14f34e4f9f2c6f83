using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Win32.SafeHandles;

namespace ComposeLab.LabScript.Tests.Terminals;

/// <summary>A terminal for tests: they type, read the output and change the window size.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private const int ReadWriteNoControl = 0x102;
    private const nuint SetWindowSize = 0x5414;
    private const string CursorQuestion = "\e[6n";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly FileStream _master;
    private readonly SafeFileHandle _device;
    private readonly FileStream _held;
    private readonly string _path;
    private readonly StringBuilder _shown = new();
    private readonly object _gate = new();
    private Process? _process;
    private int _read;
    private int _answered;
    private bool _closed;

    /// <summary>Opens a terminal.</summary>
    /// <param name="width">Its columns.</param>
    /// <param name="height">Its rows.</param>
    public PseudoTerminal(int width, int height)
    {
        int master = Check(OpenMaster(ReadWriteNoControl));
        Check(Grant(master));
        Check(Unlock(master));
        var name = new byte[64];
        Check(NameOf(master, name, name.Length));
        _path = Encoding.ASCII.GetString(name).TrimEnd('\0');
        _device = new SafeFileHandle(master, ownsHandle: true);
        Resize(width, height);

        // Reading fails while no process has opened the other end; the program may not have opened it yet.
        _held = new FileStream(new SafeFileHandle(Check(Open(_path, ReadWriteNoControl)), ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0);
        Settings = Run("stty", "-g", "-F", _path);
        _master = new FileStream(_device, FileAccess.ReadWrite, bufferSize: 0);
    }

    /// <summary>How the terminal was set when it was opened, as <c>stty -g</c> writes it.</summary>
    public string Settings { get; }

    /// <summary>Everything shown so far, control characters included.</summary>
    public string Shown
    {
        get
        {
            lock (_gate)
            {
                return _shown.ToString();
            }
        }
    }

    /// <summary>How the terminal is set now.</summary>
    /// <returns>The settings, as <c>stty -g</c> writes them.</returns>
    public string CurrentSettings() => Run("stty", "-g", "-F", _path);

    /// <summary>Starts a program whose controlling terminal this is.</summary>
    /// <param name="environment">Variables to set; null takes one away.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    public void Start(IReadOnlyDictionary<string, string?> environment, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("sh", ["-c", "terminal=$1; shift; exec setsid --ctty --wait \"$@\" <>\"$terminal\" >&0 2>&0", "sh", _path, program, .. arguments]);
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("NO_COLOR");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.Exited += (_, _) => _held.Dispose();
        _process.Start();
        new Thread(ReadOn) { IsBackground = true }.Start();
    }

    /// <summary>Types.</summary>
    /// <param name="keys">The keys; <c>\r</c> is Enter, <c>\u0003</c> Ctrl-C.</param>
    public void Type(string keys) => _master.Write(Encoding.UTF8.GetBytes(keys));

    /// <summary>Changes the window's size, as dragging its corner does.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    public void Resize(int width, int height)
    {
        var size = new WindowSize { Rows = (ushort)height, Columns = (ushort)width };
        Check(SetSize((int)_device.DangerousGetHandle(), SetWindowSize, ref size));
    }

    /// <summary>Waits until a text is shown after the last awaited one.</summary>
    /// <param name="pattern">A regular expression.</param>
    /// <returns>The match.</returns>
    public Match WaitFor(string pattern)
    {
        var clock = Stopwatch.StartNew();
        lock (_gate)
        {
            while (true)
            {
                Match match = Regex.Match(_shown.ToString(_read, _shown.Length - _read), pattern);
                if (match.Success)
                {
                    _read += match.Index + match.Length;
                    return match;
                }

                TimeSpan left = Limit - clock.Elapsed;
                if (_closed || left <= TimeSpan.Zero || !Monitor.Wait(_gate, left))
                {
                    Assert.Fail($"Expected the terminal to show {pattern} within {Limit}; it showed: {_shown}");
                }
            }
        }
    }

    /// <summary>Waits for the program's end.</summary>
    /// <returns>Its exit code.</returns>
    public int WaitForExit()
    {
        Assert.True(_process!.WaitForExit(Limit), $"Expected the program to end within {Limit}; it showed: {Shown}");
        return _process.ExitCode;
    }

    /// <summary>Closes the terminal and ends what still runs on it.</summary>
    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
        }

        _process?.Dispose();
        _held.Dispose();
        _master.Dispose();
        _device.Dispose();
    }

    private static string Run(string program, params string[] arguments)
    {
        var (code, output, error) = Lab.Start(new Dictionary<string, string?>(), program, arguments);
        Assert.True(code == 0, error);
        return output.Trim();
    }

    private static int Check(int answer) => answer >= 0 ? answer : throw new IOException($"The pseudo terminal failed with error {Marshal.GetLastPInvokeError()}.");

    // The last program that closes the terminal ends the reading with an error, by design of the system.
    private void ReadOn()
    {
        var bytes = new byte[4096];
        Decoder decoder = Encoding.UTF8.GetDecoder();
        var text = new char[4096];
        try
        {
            while (_master.Read(bytes) is > 0 and var count)
            {
                lock (_gate)
                {
                    _shown.Append(text, 0, decoder.GetChars(bytes, 0, count, text, 0));
                    AnswerQuestions();
                    Monitor.PulseAll(_gate);
                }
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException or OperationCanceledException)
        {
            lock (_gate)
            {
                _closed = true;
                Monitor.PulseAll(_gate);
            }
        }
    }

    // A line editor queries the cursor position, and a terminal answers like typed input. Any position works.
    private void AnswerQuestions()
    {
        string shown = _shown.ToString();
        int question;
        while ((question = shown.IndexOf(CursorQuestion, _answered, StringComparison.Ordinal)) >= 0)
        {
            _answered = question + CursorQuestion.Length;
            Type("\e[1;1R");
        }
    }

    [DllImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    private static extern int OpenMaster(int flags);

    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Open(string path, int flags);

    [DllImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    private static extern int Grant(int master);

    [DllImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    private static extern int Unlock(int master);

    [DllImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
    private static extern int NameOf(int master, [Out] byte[] name, nint length);

    [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static extern int SetSize(int descriptor, nuint request, ref WindowSize size);

    [StructLayout(LayoutKind.Sequential)]
    private struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort PixelWidth;
        public ushort PixelHeight;
    }
}
