using System.Runtime.InteropServices;
using ComposeLab.Errors;

namespace ComposeLab.Terminals;

/// <summary>The user's terminal, handed over key by key: nothing is echoed, nothing means Ctrl-C here. Disposing it gives the terminal back as it was.</summary>
internal sealed class RawTerminal : IDisposable
{
    private const int StandardInput = 0;
    private const int Now = 0;
    private const short Readable = 1;

    // Larger than the structure of any system; its fields are the C library's business.
    private const int SettingsSize = 256;

    private readonly byte[] _before = new byte[SettingsSize];
    private bool _isRaw;

    /// <summary>Takes the terminal over.</summary>
    /// <exception cref="LabException">TerminalRequired: there is none.</exception>
    public RawTerminal()
    {
        Require();
        _ = GetAttributes(StandardInput, _before);
        byte[] raw = [.. _before];
        MakeRaw(raw);
        _isRaw = SetAttributes(StandardInput, Now, raw) == 0;
    }

    /// <summary>Sees to it that there is a terminal to take over.</summary>
    /// <exception cref="LabException">TerminalRequired: there is none.</exception>
    public static void Require()
    {
        if (OperatingSystem.IsWindows() || Console.IsInputRedirected || Console.IsOutputRedirected)
        {
            throw new LabException(
                LabErrorId.TerminalRequired,
                "Expected a Unix terminal as input and output, found none.",
                "Run it at the prompt of a terminal, or use Invoke-LabCommand");
        }
    }

    /// <summary>Waits a while for keys.</summary>
    /// <param name="limit">How long, in milliseconds.</param>
    /// <param name="buffer">Gets what was typed.</param>
    /// <returns>The number of bytes; 0 when nothing was typed in time, -1 when the terminal is gone.</returns>
    public static int Read(int limit, byte[] buffer)
    {
        var wanted = new PollRequest { Descriptor = StandardInput, Events = Readable };
        int ready = Poll(ref wanted, 1, limit);
        if (ready <= 0)
        {
            // Interrupted by a signal, such as the one for a new size, or nothing typed.
            return 0;
        }

        nint count = ReadBytes(StandardInput, buffer, buffer.Length);
        return count > 0 ? (int)count : -1;
    }

    /// <summary>Gives the terminal back.</summary>
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
