using System.Runtime.InteropServices;

namespace ComposeLab.Terminals;

/// <summary>A terminal of Linux or macOS.</summary>
internal sealed class UnixTerminal : RawTerminal
{
    private const int StandardInput = 0;
    private const int Now = 0;
    private const short Readable = 1;

    // Larger than the structure of any system; only the C library uses its fields.
    private const int SettingsSize = 256;

    private readonly byte[] _before = new byte[SettingsSize];
    private bool _isRaw;

    /// <summary>Switches the terminal to raw mode.</summary>
    public UnixTerminal()
    {
        _ = GetAttributes(StandardInput, _before);
        byte[] raw = [.. _before];
        MakeRaw(raw);
        _isRaw = SetAttributes(StandardInput, Now, raw) == 0;
    }

    /// <inheritdoc/>
    public override int Read(int limit, byte[] buffer)
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

    /// <inheritdoc/>
    public override void Dispose()
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
