using ComposeLab.Cmdlets.Tests.Hosting;

namespace ComposeLab.Cmdlets.Tests.Formatting;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("plain\ttext\nand ünïcode 漢字", "plain\ttext\nand ünïcode 漢字")]
    [InlineData("a\u001b[31mred\u001b[0m", "a␛[31mred␛[0m")]
    [InlineData("bell\a back\b", "bell␇ back␈")]
    [InlineData("over\rwrite", "over␍write")]
    [InlineData("line\r\nend", "line\nend")]
    [InlineData("csi\u009b31m", "csi<U+009B>31m")]
    [InlineData("abc\u202etxt.exe", "abc<U+202E>txt.exe")]
    [InlineData("a\u0000b\u007f", "a␀b␡")]
    [InlineData(null, "")]
    public void Control_characters_are_shown_instead_of_executed(string? text, string shown) => Assert.Equal(shown, TerminalText.Visible(text));

    [Theory]
    [InlineData("Show-MergedConfig -Path $p")]
    [InlineData("Test-LabConfig -Path $p")]
    public void Nothing_in_a_compose_file_reaches_the_terminal_through_an_error(string command)
    {
        using var session = new TestSession();
        using var folder = new TemporaryFolder();
        folder.Write("compose.yaml", "services:\n  \"a\\e[31mb\":\n    image: x\n    nonsense\u202e: 1\n");

        SessionResult result = session.Run($"param($p) {command}", folder.Path);

        Assert.DoesNotContain(result.Error!.ErrorDetails.Message + result.Error.ErrorDetails.RecommendedAction, sign => sign is '\u001b' or '\u202e');
    }
}
