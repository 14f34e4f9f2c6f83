using System.Management.Automation;
using ComposeLab.Engine.Docker;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Stacks;
using ComposeLab.Terminals;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Opens a shell inside a running container of a service.</para>
/// <para type="description">Connects this terminal to a shell, or another command, inside the container. Key presses, including Ctrl-C, are sent to the container,
/// and the container's terminal follows changes of the window size. Afterwards $LASTEXITCODE contains the exit code. Press Ctrl-P Ctrl-Q to detach and leave the
/// command running. Needs a terminal; in scripts, use Invoke-LabCommand. In a swarm stack, the shell runs in a task of the selected engine, or in one on a node for
/// which there is a docker context.</para>
/// </summary>
/// <example>
/// <summary><para>Opens a shell in the bundled lab's database container.</para></summary>
/// <code>Enter-LabService db</code>
/// </example>
/// <example>
/// <summary><para>Opens the PostgreSQL prompt.</para></summary>
/// <code>Enter-LabService db -- psql -U lab</code>
/// </example>
[Cmdlet(VerbsCommon.Enter, "LabService", DefaultParameterSetName = "Path")]
public sealed class EnterLabServiceCommand : LabContainerCmdlet
{
    // Which shell an image has can only be checked inside the container.
    private static readonly string[] AnyShell = ["sh", "-c", "if command -v bash >/dev/null 2>&1; then exec bash; else exec sh; fi"];

    /// <summary><para type="description">The program and its arguments. They are passed on unchanged, without a shell. Default: bash if the image has it, otherwise
    /// sh.</para></summary>
    [Parameter(Position = 1, ValueFromRemainingArguments = true)]
    public string[] Command { get; set; } = [];

    /// <summary><para type="description">The user, by name or number, optionally followed by a colon and a group. Default: the user of the
    /// container.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? User { get; set; }

    /// <summary><para type="description">The working directory inside the container. Default: the working directory of the container.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? WorkingDirectory { get; set; }

    /// <inheritdoc/>
    private protected override bool NeedsOneEngine => true;

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        RawTerminal.Require();
        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        LocatedContainer container = await FindContainerAsync(session, token).ConfigureAwait(false);
        var spec = new ExecSpec
        {
            Command = Command.Length > 0 ? Command : AnyShell,
            User = User,
            WorkingDirectory = WorkingDirectory,
            Environment = [$"TERM={System.Environment.GetEnvironmentVariable("TERM") ?? "xterm"}"],
            Input = true,
            Tty = true,
        };
        using IExecSession command = await container.Engine.StartExecAsync(container.Id, spec, token).ConfigureAwait(false);
        int? exitCode = await new TerminalSession(command).RunAsync(token).ConfigureAwait(false);
        if (exitCode is not { } code)
        {
            output.Verbose($"Left the command running in {container.Container.Name}.");
            return;
        }

        output.ExitCode(code);
        output.Verbose($"The command exited with code {code}.");
    }
}
