using System.Text.RegularExpressions;

namespace ComposeLab.LabScript.Tests.Terminals;

public sealed class ColourTests
{
    private const string Green = "\e[32mHealthy\e[0m";
    private const string Red = "\e[31mUnhealthy\e[0m";

    private static readonly string Script =
        Path.Combine(Lab.Root, "tests", "ComposeLab.LabScript.Tests", "Terminals", "show-colour.ps1");

    [Fact]
    public void A_terminal_gets_color_for_health_and_nothing_else_of_a_row_and_PlainText_of_PSStyle_is_respected()
    {
        string[] shown = AtTerminal([]).Split("plain:");

        Assert.Equal(2, shown.Length);
        Assert.Contains(Green, shown[0], StringComparison.Ordinal);
        Assert.Contains(Red, shown[0], StringComparison.Ordinal);
        Assert.All(Rows(shown[0]), row => Assert.StartsWith("service-", row, StringComparison.Ordinal));
        AssertPlain(shown[1], 2);
    }

    [Fact]
    public void NO_COLOR_is_respected_at_a_terminal() => AssertPlain(AtTerminal(new() { ["NO_COLOR"] = "1" }), 4);

    [Fact]
    public void Redirected_output_contains_no_control_characters()
    {
        var (code, output, error) = Lab.Run(new Dictionary<string, string?> { ["TERM"] = "xterm-256color", ["NO_COLOR"] = null }, "run", Script);

        Assert.True(code == 0, error);
        Assert.DoesNotContain("\e", output, StringComparison.Ordinal);
        Assert.Equal(4, Rows(output).Length);
    }

    private static string AtTerminal(Dictionary<string, string?> environment)
    {
        using var terminal = new PseudoTerminal(80, 24);
        terminal.Start(environment, Path.Combine(Lab.Root, "lab"), "run", Script);
        terminal.WaitFor("plain:[\\s\\S]*service-2.*\n");
        Assert.Equal(0, terminal.WaitForExit());
        return terminal.Shown;
    }

    private static string[] Rows(string shown) => [.. shown.Split('\n').Where(line => line.Contains("service-", StringComparison.Ordinal))];

    // Control codes of the runtime, such as for the keypad, are not colors.
    private static void AssertPlain(string shown, int rows)
    {
        Assert.Equal(rows, Rows(shown).Length);
        Assert.DoesNotMatch(new Regex("\e\\[[0-9;]*m"), shown);
    }
}
