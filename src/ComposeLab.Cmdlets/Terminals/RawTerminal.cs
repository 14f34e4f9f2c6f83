using System.Runtime.InteropServices;
using ComposeLab.Errors;

namespace ComposeLab.Terminals;

/// <summary>The user's terminal in raw mode: nothing is echoed, and Ctrl-C is a normal key. Disposing it restores the previous mode.</summary>
internal sealed class RawTerminal : IDisposable
{
    private const int StandardInput = 0;
    private const int Now = 0;
    private const short Readable = 1;

    // Larger than the structure of any system; only the C library uses its fields.
    private const int SettingsSize = 256;

    private readonly byte[] _before = new byte[SettingsSize];
    private bool _isRaw;

    /// <summary>Switches the terminal to raw mode.</summary>
    /// <exception cref="LabException">TerminalRequired: there is none.</exception>
    public RawTerminal()
    {
        Require();
        _ = GetAttributes(StandardInput, _before);
        byte[] raw = [.. _before];
        MakeRaw(raw);
        _isRaw = SetAttributes(StandardInput, Now, raw) == 0;
    }

    /// <summary>Checks that there is a terminal.</summary>
    /// <exception cref="LabException">TerminalRequired: there is none.</exception>
    public static void Require()
    {
        if (OperatingSystem.IsWindows() || Console.IsInputRedirected || Console.IsOutputRedirected)
        {
            throw new LabException(
                LabErrorId.TerminalRequired,
                "This command needs a Unix terminal as input and output.",
                "Run it at the prompt of a terminal, or use Invoke-LabCommand");
        }
    }

    /// <summary>Waits for keys, up to a time limit.</summary>
    /// <param name="limit">The time limit, in milliseconds.</param>
    /// <param name="buffer">Receives the typed bytes.</param>
    /// <returns>The number of bytes; 0 if nothing was typed in time, -1 if the terminal was closed.</returns>
    public static int Read(int limit, byte[] buffer)
    {
        var wanted = new PollRequest { Descriptor = StandardInput, Events = Readable };
        int ready = Poll(ref wanted, 1, limit);
        if (ready <= 0)
        {
            // Interrupted by a signal, such as the one for a new size, or nothing was typed.
            return 0;
        }

        nint count = ReadBytes(StandardInput, buffer, buffer.Length);
        return count > 0 ? (int)count : -1;
    }

    /// <summary>Restores the terminal.</summary>
    public void Dispose()
    {
        if (_isRaw)
        {
            _isRaw = false;
            _ = SetAttributes(StandardInput, Now, _before);
        }
    }

    [DllImport("libc", EntryPoint = "tcgetattr")]
    private static extern int GetAttributes(int descriptor, [Out] byte[] settings);

    [DllImport("libc", EntryPoint = "tcsetattr")]
    private static extern int SetAttributes(int descriptor, int when, byte[] settings);

    [DllImport("libc", EntryPoint = "cfmakeraw")]
    private static extern void MakeRaw([In, Out] byte[] settings);

    [DllImport("libc", EntryPoint = "poll")]
    private static extern int Poll(ref PollRequest request, nuint count, int limit);

    [DllImport("libc", EntryPoint = "read")]
    private static extern nint ReadBytes(int descriptor, [Out] byte[] buffer, nint count);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
