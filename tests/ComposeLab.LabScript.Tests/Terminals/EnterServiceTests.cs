namespace ComposeLab.LabScript.Tests.Terminals;

[Trait("Needs", "Engine")]
public sealed class EnterServiceTests : IClassFixture<TinyStack>
{
    private const string CtrlC = "\u0003";
    private const string Detach = "\u0010\u0011";

    private readonly TinyStack _stack;

    public EnterServiceTests(TinyStack stack) => _stack = stack;

    [Fact]
    public void The_command_has_a_terminal_that_follows_the_window_size_and_its_exit_code_is_returned()
    {
        using PseudoTerminal terminal = Enter(80, 24);

        terminal.Type("tty; stty size\r");
        terminal.WaitFor(@"/dev/pts/\d+\r\n24 80\r\n");
        terminal.Resize(100, 40);
        terminal.Type("until [ \"$(stty size)\" = '40 100' ]; do :; done; echo it is' 'larger\r");
        terminal.WaitFor("it is larger");
        terminal.Type("exit 7\r");

        terminal.WaitFor("code=7");
        Assert.Equal(0, terminal.WaitForExit());
        Assert.Equal(Setting(terminal, "before"), Setting(terminal, "after"));
        Assert.Equal(terminal.Settings, terminal.CurrentSettings());
    }

    [Fact]
    public void Ctrl_C_is_sent_to_the_program_in_the_container()
    {
        using PseudoTerminal terminal = Enter(80, 24);

        terminal.Type("sh -c 'trap \"echo was inter\"rupted\"; exit 3\" INT; echo is\" \"waiting; while :; do sleep 0.1; done'; echo it ended with $?\r");
        terminal.WaitFor("is waiting");
        terminal.Type(CtrlC);
        terminal.WaitFor("was interrupted");
        terminal.WaitFor("it ended with 3");
        terminal.Type("exit\r");

        terminal.WaitFor("code=0");
        Assert.Equal(0, terminal.WaitForExit());
    }

    [Fact]
    public void The_detach_keys_restore_the_terminal_and_leave_the_program_running()
    {
        using PseudoTerminal terminal = Enter(80, 24);

        terminal.Type("echo is' 'there; exec sleep 1234\r");
        terminal.WaitFor("is there");
        terminal.Type(Detach);

        terminal.WaitFor("Left the command running");
        Assert.Equal(0, terminal.WaitForExit());
        Assert.Equal(Setting(terminal, "before"), Setting(terminal, "after"));
        Assert.Equal(terminal.Settings, terminal.CurrentSettings());
        Assert.Contains("sleep 1234", _stack.Inside("ps"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_line_editor_of_the_prompt_continues_after_the_shell_has_exited()
    {
        using var terminal = new PseudoTerminal(80, 24);
        terminal.Start(new Dictionary<string, string?>(), Path.Combine(Lab.Root, "lab"), "shell");
        terminal.WaitFor("PS .*> ");

        terminal.Type($"Enter-LabService box -ProjectName {_stack.Name}\r");
        terminal.WaitFor("# ");
        terminal.Type("exit 5\r");
        terminal.WaitFor("PS .*> ");
        terminal.Type("\"the code is $LASTEXITCODE\"\r");
        terminal.WaitFor("the code is 5");
        terminal.Type("exit 4\r");

        Assert.Equal(4, terminal.WaitForExit());
        Assert.Equal(terminal.Settings, terminal.CurrentSettings());
    }

    private static string Setting(PseudoTerminal terminal, string when) =>
        System.Text.RegularExpressions.Regex.Match(terminal.Shown, $"{when}=([0-9a-f:]+)").Groups[1].Value;

    private PseudoTerminal Enter(int width, int height)
    {
        var script = Path.Combine(Lab.Root, "tests", "ComposeLab.LabScript.Tests", "Terminals", "enter-service.ps1");
        var terminal = new PseudoTerminal(width, height);
        terminal.Start(new Dictionary<string, string?>(), Path.Combine(Lab.Root, "lab"), "run", script, _stack.Name);
        terminal.WaitFor("# ");
        return terminal;
    }
}
