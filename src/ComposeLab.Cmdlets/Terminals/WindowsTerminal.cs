using System.Runtime.InteropServices;
using System.Text;

namespace ComposeLab.Terminals;

/// <summary>A console of Windows. Keys without a character, such as arrows, arrive as the sequences that programs of Linux expect.</summary>
internal sealed class WindowsTerminal : RawTerminal
{
    private const int StandardInput = -10;
    private const int StandardOutput = -11;
    private const uint Utf8 = 65001;

    // Ctrl-C as a signal, lines, echo, size and mouse events, and selection with the mouse are off; sequences for keys are on.
    private const uint CookedInput = 0x0001 | 0x0002 | 0x0004 | 0x0008 | 0x0010 | 0x0040;
    private const uint RawInput = 0x0080 | 0x0200;

    // Sequences for colors and the cursor are on; a line feed alone does not return to the first column.
    private const uint RawOutput = 0x0001 | 0x0004 | 0x0008;

    private const short KeyEvent = 1;
    private const short AltKey = 0x12;

    private readonly nint _input = GetStdHandle(StandardInput);
    private readonly nint _output = GetStdHandle(StandardOutput);
    private readonly uint _inputMode;
    private readonly uint _outputMode;
    private readonly uint _inputCodePage = GetConsoleCP();
    private readonly uint _outputCodePage = GetConsoleOutputCP();
    private readonly InputRecord[] _records = new InputRecord[128];
    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    private bool _isRaw;

    /// <summary>Switches the console to raw mode.</summary>
    public WindowsTerminal()
    {
        _ = GetConsoleMode(_input, out _inputMode);
        _ = GetConsoleMode(_output, out _outputMode);
        _isRaw = SetConsoleMode(_input, (_inputMode & ~CookedInput) | RawInput);
        _ = SetConsoleMode(_output, _outputMode | RawOutput);
        _ = SetConsoleCP(Utf8);
        _ = SetConsoleOutputCP(Utf8);
    }

    /// <inheritdoc/>
    public override int Read(int limit, byte[] buffer)
    {
        if (WaitForSingleObject(_input, (uint)limit) != 0)
        {
            return 0;
        }

        int most = Math.Min(_records.Length, buffer.Length / 3);
        if (!ReadConsoleInput(_input, _records, (uint)most, out uint count))
        {
            return -1;
        }

        Span<char> keys = stackalloc char[(int)count];
        int length = 0;
        foreach (InputRecord record in _records.AsSpan(0, (int)count))
        {
            // A character that is composed with the Alt key arrives when that is released.
            if (record is { EventType: KeyEvent, Character: not 0 } && (record.KeyDown != 0 || record.KeyCode == AltKey))
            {
                keys[length++] = (char)record.Character;
            }
        }

        return _encoder.GetBytes(keys[..length], buffer, flush: false);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_isRaw)
        {
            _isRaw = false;
            _ = SetConsoleMode(_input, _inputMode);
            _ = SetConsoleMode(_output, _outputMode);
            _ = SetConsoleCP(_inputCodePage);
            _ = SetConsoleOutputCP(_outputCodePage);
        }
    }

    [DllImport("kernel32")]
    private static extern nint GetStdHandle(int kind);

    [DllImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetConsoleMode(nint console, out uint mode);

    [DllImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetConsoleMode(nint console, uint mode);

    [DllImport("kernel32")]
    private static extern uint GetConsoleCP();

    [DllImport("kernel32")]
    private static extern uint GetConsoleOutputCP();

    [DllImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetConsoleCP(uint codePage);

    [DllImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetConsoleOutputCP(uint codePage);

    [DllImport("kernel32")]
    private static extern uint WaitForSingleObject(nint handle, uint milliseconds);

    [DllImport("kernel32", EntryPoint = "ReadConsoleInputW")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool ReadConsoleInput(nint console, [Out] InputRecord[] records, uint length, out uint count);

    // The event of a key; other events have the same size.
    [StructLayout(LayoutKind.Explicit, Size = 20)]
    private struct InputRecord
    {
        [FieldOffset(0)]
        public short EventType;

        [FieldOffset(4)]
        public int KeyDown;

        [FieldOffset(8)]
        public short Repeat;

        [FieldOffset(10)]
        public short KeyCode;

        [FieldOffset(14)]
        public ushort Character;
    }
}
