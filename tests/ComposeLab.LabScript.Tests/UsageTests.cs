using System.Text.RegularExpressions;

namespace ComposeLab.LabScript.Tests;

public sealed class UsageTests
{
    [Fact]
    public void Help_lists_every_supported_command()
    {
        var commands = File.ReadLines(Path.Combine(Lab.Root, "lab"))
            .Where(line => Regex.IsMatch(line, @"^[a-z-]+( \|[^)]*)?\)$"))
            .Select(line => line[..^1].Split(' ')[0]);

        var (code, output, _) = Lab.Run("help");

        Assert.Equal(0, code);
        Assert.All(commands, command => Assert.Contains($"./lab {command}", output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Type: ./lab help", "upp")]
    [InlineData("Type: ./lab up Dev", "up", "Dev", "Prod")]
    [InlineData("Type: ./lab down", "down", "now")]
    [InlineData("Type: ./lab shell", "shell", "x")]
    [InlineData("Type: ./lab run FILE.ps1", "run")]
    [InlineData("Type: ./lab run FILE.ps1", "run", "/nonexistent.ps1")]
    [InlineData("Type: ./lab test", "test", "--peste")]
    [InlineData("Type: ./lab test --quick", "test", "--quick", "more")]
    [InlineData("Type: ./lab test --long", "test", "--long", "more")]
    [InlineData("Type: ./lab test --engines", "test", "--engines", "more")]
    [InlineData("Type: ./lab test --windows", "test", "--windows", "more")]
    public void The_error_for_a_wrong_word_shows_the_correct_command(string advice, params string[] words)
    {
        var (code, output, error) = Lab.Run(words);

        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.Contains(advice, error, StringComparison.Ordinal);
    }
}
