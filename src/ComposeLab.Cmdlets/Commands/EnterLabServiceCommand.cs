using System.Management.Automation;
using ComposeLab.Engine.Docker;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Projects;
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
/// <summary><para>Connects to the program that a service runs, for example a console application.</para></summary>
/// <code>Enter-LabService console -Attach -ProjectName shop</code>
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

    /// <summary><para type="description">Connects to the program of the container itself, instead of starting a command. The service needs tty: true, and stdin_open: true if
    /// the program reads key presses. Ctrl-C reaches the program and usually ends it; Ctrl-P Ctrl-Q leaves it running.</para></summary>
    [Parameter]
    public SwitchParameter Attach { get; set; }

    /// <inheritdoc/>
    private protected override bool NeedsOneEngine => true;

    /// <inheritdoc/>
    private protected override IReadOnlyList<ParameterConflict> Conflicts => [new(nameof(Attach), [nameof(Command), nameof(User), nameof(WorkingDirectory)])];

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
        using IExecSession command = Attach
            ? await AttachAsync(container, token).ConfigureAwait(false)
            : await container.Engine.StartExecAsync(container.Id, spec, token).ConfigureAwait(false);
        int? exitCode = await new TerminalSession(command).RunAsync(token).ConfigureAwait(false);
        if (exitCode is not { } code)
        {
            output.Verbose($"Left the command running in {container.Container.Name}.");
            return;
        }

        output.ExitCode(code);
        output.Verbose($"The command exited with code {code}.");
    }

    // Without a terminal of its own, the program would get Ctrl-C as a character.
    private static async Task<IExecSession> AttachAsync(LocatedContainer container, CancellationToken token) =>
        await container.Engine.InspectContainerAsync(container.Id, token).ConfigureAwait(false) is { Tty: false }
            ? throw new LabException(
                LabErrorId.TerminalRequired,
                $"The program of {container.Container.Name} has no terminal, because service '{container.Container.Service}' does not set tty: true.",
                $"Get-LabLog {CommandText.Quote(container.Container.Service)} -ProjectName {CommandText.Quote(container.Container.Project)} -Follow",
                container.Container.Service)
            : await container.Engine.AttachContainerAsync(container.Id, input: true, token).ConfigureAwait(false);
}
