using System.Runtime.InteropServices;
using System.Text;
using ComposeLab.Terminals;

namespace ComposeLab.Cmdlets.Tests.Terminals;

/// <summary>Keys and modes of a console of Windows.</summary>
public sealed class ConsoleKeysTests
{
    private const uint LeftControl = 0x0008;
    private const uint RightControl = 0x0004;

    private readonly ConsoleKeys _keys = new();

    [Fact]
    public void An_event_has_the_size_and_the_places_of_the_system()
    {
        Assert.Equal(20, Marshal.SizeOf<ConsoleEvent>());
        Assert.Equal(
            [0, 4, 8, 10, 14, 16],
            new[] { "Kind", "IsDown", "Repeat", "Code", "Character", "Held" }.Select(field => (int)Marshal.OffsetOf<ConsoleEvent>(field)));
    }

    [Fact]
    public void Pressed_keys_are_sent_and_released_ones_are_not()
    {
        Assert.Equal("ls\r\u0003\u007f", Typed([.. "ls\r\u0003\u007f".SelectMany(character => new[] { Down(character), Up(character) })]));
    }

    [Fact]
    public void Sequences_of_keys_without_a_character_are_sent_and_the_keys_themselves_are_not()
    {
        Assert.Equal("\u001b[A\u001bOP", Typed(Down('\0', code: 0x10), Down('\u001b'), Down('['), Down('A'), Down('\u001b'), Down('O'), Down('P'), Down('\0', code: 0x5B)));
    }

    [Theory]
    [InlineData(0x26, "\u001b[A")]
    [InlineData(0x25, "\u001b[D")]
    [InlineData(0x2E, "\u001b[3~")]
    [InlineData(0x70, "\u001bOP")]
    [InlineData(0x7B, "\u001b[24~")]
    public void A_console_without_sequences_has_those_of_arrows_and_functions_too(short code, string sequence)
    {
        Assert.Equal(sequence, Typed(Down('\0', code), Up('\0', code)));
    }

    [Theory]
    [InlineData(0x20, LeftControl)]
    [InlineData(0x32, RightControl)]
    [InlineData(0, 0u)]
    public void The_character_0_is_sent_if_it_was_typed(short code, uint held)
    {
        Assert.Equal("\0", Typed(Down('\0', code, held), Up('\0', code, held)));
    }

    [Fact]
    public void Characters_are_sent_as_UTF8_even_if_they_arrive_in_two_events_and_two_reads()
    {
        Assert.Equal("äß€", Typed(Down('ä'), Down('ß'), Down('€')));
        string smile = "\U0001F600";
        Assert.Equal("", Typed(Down(smile[0]), Up(smile[0])));
        Assert.Equal(smile, Typed(Down(smile[1])));
    }

    [Fact]
    public void A_key_that_is_held_is_sent_as_often_as_it_was_repeated()
    {
        Assert.Equal("aaa", Typed(Down('a') with { Repeat = 3 }));
        Assert.Equal("a", Typed(Down('a') with { Repeat = 0 }));
    }

    [Fact]
    public void A_character_that_was_composed_with_the_Alt_key_is_sent_when_that_is_released()
    {
        Assert.Equal("é", Typed(Down('\0', code: 0x12), Up('é', code: 0x12)));
    }

    [Fact]
    public void Events_of_windows_and_of_the_mouse_are_ignored()
    {
        Assert.Equal("", Typed(Down('x') with { Kind = 2 }, Down('x') with { Kind = 4 }, Down('x') with { Kind = 16 }));
    }

    [Fact]
    public void More_keys_than_fit_are_sent_later()
    {
        _keys.Add([.. "abcde".Select(character => Down(character))]);
        var buffer = new byte[3];

        Assert.Equal(3, _keys.Take(buffer));
        Assert.True(_keys.HasBytes);
        Assert.Equal(2, _keys.Take(buffer));
        Assert.Equal("dec", Encoding.UTF8.GetString(buffer));
        Assert.False(_keys.HasBytes);
    }

    [Theory]
    // Windows Terminal, a console with selection by the mouse, one without.
    [InlineData(0x01F7u, 0x03E0u)]
    [InlineData(0x00E7u, 0x02E0u)]
    [InlineData(0x00A7u, 0x02A0u)]
    public void The_input_has_no_lines_echo_and_signals_and_keeps_the_selection_of_the_user(uint before, uint raw)
    {
        Assert.Equal(raw, ConsoleModes.Input(before));
    }

    [Fact]
    public void The_output_has_sequences_and_plain_line_feeds()
    {
        Assert.Equal(0x000Fu, ConsoleModes.Output(0x0003));
    }

    private string Typed(params ConsoleEvent[] events)
    {
        _keys.Add(events);
        var buffer = new byte[100];
        return Encoding.UTF8.GetString(buffer, 0, _keys.Take(buffer));
    }

    private static ConsoleEvent Down(char character, short code = 0, uint held = 0) =>
        new() { Kind = ConsoleEvent.Key, IsDown = 1, Repeat = 1, Code = character != 0 && code == 0 ? (short)0x41 : code, Character = character, Held = held };

    private static ConsoleEvent Up(char character, short code = 0, uint held = 0) => Down(character, code, held) with { IsDown = 0 };
}
