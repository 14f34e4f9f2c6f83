using System.Runtime.InteropServices;

namespace ComposeLab.Terminals;

/// <summary>A console of Windows. Keys without a character, such as arrows, arrive as the sequences that programs of Linux expect.</summary>
internal sealed class WindowsTerminal : RawTerminal
{
    private const int StandardInput = -10;
    private const int StandardOutput = -11;
    private const uint Utf8 = 65001;

    private readonly nint _input = GetStdHandle(StandardInput);
    private readonly nint _output = GetStdHandle(StandardOutput);
    private readonly uint _inputMode;
    private readonly uint _outputMode;
    private readonly uint _inputCodePage = GetConsoleCP();
    private readonly uint _outputCodePage = GetConsoleOutputCP();
    private readonly ConsoleEvent[] _events = new ConsoleEvent[128];
    private readonly ConsoleKeys _keys = new();
    private bool _isRaw;

    /// <summary>Switches the console to raw mode.</summary>
    public WindowsTerminal()
    {
        _ = GetConsoleMode(_input, out _inputMode);
        _ = GetConsoleMode(_output, out _outputMode);
        uint raw = ConsoleModes.Input(_inputMode);
        _isRaw = SetConsoleMode(_input, raw) || SetConsoleMode(_input, raw & ~ConsoleModes.KeySequences);
        _ = SetConsoleMode(_output, ConsoleModes.Output(_outputMode));
        _ = SetConsoleCP(Utf8);
        _ = SetConsoleOutputCP(Utf8);
    }

    /// <inheritdoc/>
    public override int Read(int limit, byte[] buffer)
    {
        if (!_keys.HasBytes)
        {
            if (WaitForSingleObject(_input, (uint)limit) != 0)
            {
                return 0;
            }

            if (!ReadConsoleInput(_input, _events, (uint)_events.Length, out uint count))
            {
                return -1;
            }

            _keys.Add(_events.AsSpan(0, (int)count));
        }

        return _keys.Take(buffer);
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
    private static extern bool ReadConsoleInput(nint console, [Out] ConsoleEvent[] events, uint length, out uint count);
}
