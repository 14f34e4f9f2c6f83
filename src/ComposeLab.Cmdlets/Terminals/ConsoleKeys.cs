using System.Runtime.InteropServices;
using System.Text;

namespace ComposeLab.Terminals;

/// <summary>The modes of a console of Windows in which keys and sequences are passed on as they are.</summary>
internal static class ConsoleModes
{
    /// <summary>Keys without a character arrive as sequences. Consoles before Windows 10 do not have this mode.</summary>
    public const uint KeySequences = 0x0200;

    // Ctrl-C as a signal, lines, echo, size and mouse events.
    private const uint Cooked = 0x0001 | 0x0002 | 0x0004 | 0x0008 | 0x0010;

    // Without it, the bit for selection with the mouse is ignored, which stays as the user has it.
    private const uint Extended = 0x0080;

    // Sequences for colors and the cursor; a line feed alone does not return to the first column.
    private const uint Sequences = 0x0001 | 0x0004 | 0x0008;

    /// <summary>The mode for the input.</summary>
    /// <param name="before">The mode of the user.</param>
    /// <returns>The mode.</returns>
    public static uint Input(uint before) => (before & ~Cooked) | Extended | KeySequences;

    /// <summary>The mode for the output.</summary>
    /// <param name="before">The mode of the user.</param>
    /// <returns>The mode.</returns>
    public static uint Output(uint before) => before | Sequences;
}

/// <summary>An event in the input of a console. Events of other kinds than keys have the same size.</summary>
[StructLayout(LayoutKind.Explicit, Size = 20)]
internal struct ConsoleEvent
{
    /// <summary>The kind of an event that is a key.</summary>
    public const short Key = 1;

    /// <summary>The kind.</summary>
    [FieldOffset(0)]
    public short Kind;

    /// <summary>Not 0 if the key was pressed, 0 if it was released.</summary>
    [FieldOffset(4)]
    public int IsDown;

    /// <summary>How often it was pressed.</summary>
    [FieldOffset(8)]
    public short Repeat;

    /// <summary>The virtual key; 0 if the character is a part of a sequence.</summary>
    [FieldOffset(10)]
    public short Code;

    /// <summary>The character, as UTF-16; 0 for none.</summary>
    [FieldOffset(14)]
    public ushort Character;

    /// <summary>The keys that are held, as bits.</summary>
    [FieldOffset(16)]
    public uint Held;
}

/// <summary>Converts the keys of a console of Windows to the bytes that a terminal of Linux sends.</summary>
internal sealed class ConsoleKeys
{
    private const short Alt = 0x12;
    private const short Space = 0x20;
    private const short Two = 0x32;
    private const uint Control = 0x0004 | 0x0008;

    // For consoles without sequences.
    private static readonly Dictionary<short, string> Sequences = new()
    {
        [0x21] = "\e[5~",
        [0x22] = "\e[6~",
        [0x23] = "\e[F",
        [0x24] = "\e[H",
        [0x25] = "\e[D",
        [0x26] = "\e[A",
        [0x27] = "\e[C",
        [0x28] = "\e[B",
        [0x2D] = "\e[2~",
        [0x2E] = "\e[3~",
        [0x70] = "\eOP",
        [0x71] = "\eOQ",
        [0x72] = "\eOR",
        [0x73] = "\eOS",
        [0x74] = "\e[15~",
        [0x75] = "\e[17~",
        [0x76] = "\e[18~",
        [0x77] = "\e[19~",
        [0x78] = "\e[20~",
        [0x79] = "\e[21~",
        [0x7A] = "\e[23~",
        [0x7B] = "\e[24~",
    };

    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    private readonly Queue<byte> _typed = new();

    /// <summary>Whether bytes are left for <see cref="Take"/>.</summary>
    public bool HasBytes => _typed.Count > 0;

    /// <summary>Adds events.</summary>
    /// <param name="events">The events in their order.</param>
    public void Add(ReadOnlySpan<ConsoleEvent> events)
    {
        Span<byte> bytes = stackalloc byte[16];
        foreach (ConsoleEvent key in events)
        {
            ReadOnlySpan<char> typed = TextOf(key);
            for (int count = Math.Max((int)key.Repeat, 1); count > 0 && typed.Length > 0; count--)
            {
                // A character outside of the basic plane arrives as two events.
                int length = _encoder.GetBytes(typed, bytes, flush: false);
                foreach (byte one in bytes[..length])
                {
                    _typed.Enqueue(one);
                }
            }
        }
    }

    /// <summary>Removes bytes.</summary>
    /// <param name="buffer">Receives them.</param>
    /// <returns>Their number.</returns>
    public int Take(byte[] buffer)
    {
        int count = 0;
        while (count < buffer.Length && _typed.TryDequeue(out byte one))
        {
            buffer[count++] = one;
        }

        return count;
    }

    // A character that is composed with the Alt key arrives when that is released. Ctrl-Space and Ctrl-2 are the character 0, which other keys have as well.
    private static string TextOf(ConsoleEvent key) =>
        key.Kind != ConsoleEvent.Key || (key.IsDown == 0 && (key.Code != Alt || key.Character == 0)) ? ""
        : key.Character != 0 || key.Code == 0 || (key.Code is Space or Two && (key.Held & Control) != 0) ? ((char)key.Character).ToString()
        : Sequences.GetValueOrDefault(key.Code, "");
}
