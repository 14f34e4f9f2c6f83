using System.Collections;
using System.Management.Automation;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Projects;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Runs a command inside a running container of a service.</para>
/// <para type="description">Writes one object with the exit code, standard output and standard error. The program and its arguments are passed on unchanged, without
/// a shell, so nothing needs to be quoted. Piped text and bytes are sent to the standard input of the command, one line for each object. Objects of Get-LabService
/// select the service instead. A nonzero exit code is an error only if you specify -RequireSuccess. PowerShell reads words that start with a dash as parameters of
/// this cmdlet, so put -- before the command, as in the examples. In a swarm stack, the command runs in a task of the service: one of the selected engine, or one on
/// a node for which there is a docker context. After Ctrl-C or a timeout, the command is stopped in the container if the image has a
/// shell.</para>
/// </summary>
/// <example>
/// <summary><para>Gets the version of the bundled lab's database.</para></summary>
/// <code run="true">(Invoke-LabCommand db -- psql -U lab -tAc 'SHOW server_version').Output</code>
/// </example>
/// <example>
/// <summary><para>Runs an SQL file and stops at the first error.</para></summary>
/// <code>Get-Content seed.sql | Invoke-LabCommand db -RequireSuccess -Command psql, -v, ON_ERROR_STOP=1, -U, lab</code>
/// </example>
/// <example>
/// <summary><para>Saves a compressed dump without changing a byte.</para></summary>
/// <code>Invoke-LabCommand db -OutFile ./lab.dump -- pg_dump -U lab -Fc lab</code>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "LabCommand", DefaultParameterSetName = "Path")]
[OutputType(typeof(LabCommandResult))]
public sealed class InvokeLabCommandCommand : LabContainerCmdlet
{
    private readonly PipedInput _input = new();
    private readonly List<Target> _targets = [];
    private string? _outFile;

    /// <summary><para type="description">The program and its arguments.</para></summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromRemainingArguments = true)]
    [AllowEmptyString]
    public string[] Command { get; set; } = [];

    /// <summary><para type="description">The standard input of the command: text, one line for each object, or bytes. Custom objects and hashtables are rejected;
    /// convert them with ConvertTo-Json or Out-String first.</para></summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    public object? InputObject { get; set; }

    /// <summary><para type="description">The user, by name or number, optionally followed by a colon and a group. Default: the user of the
    /// container.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? User { get; set; }

    /// <summary><para type="description">The working directory inside the container. Default: the working directory of the container.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? WorkingDirectory { get; set; }

    /// <summary><para type="description">Environment variables to add to those of the container, such as @{ PGPASSWORD = $password }. A variable that is
    /// $null has the value that it has in this session; without one it is not set.</para></summary>
    [Parameter]
    [Table]
    [ValidateNotNull]
    public Hashtable Environment { get; set; } = [];

    /// <summary><para type="description">Writes standard output to this file, byte for byte. The data is written to a temporary file in the same folder, which gets
    /// its final name when the command has exited.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    /// <summary><para type="description">Writes the bytes of standard output to the pipeline unchanged as they arrive, instead of one object at the end. Standard
    /// error is written as warnings, and a nonzero exit code is an error.</para></summary>
    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    /// <summary><para type="description">Writes each line to the pipeline as a LabLogLine object as it arrives, followed by the result object.</para></summary>
    [Parameter]
    public SwitchParameter Stream { get; set; }

    /// <summary><para type="description">How long the command may run, in seconds, before it is stopped. Default: no limit.</para></summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int? TimeoutSec { get; set; }

    /// <summary><para type="description">Writes an error after the result if the exit code is not 0.</para></summary>
    [Parameter]
    public SwitchParameter RequireSuccess { get; set; }

    /// <inheritdoc/>
    private protected override bool RunsOnce => true;

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        Abbreviations.RequireDashes(MyInvocation, Service, Command[0]);
        _outFile = OutFile is null ? null : ResolvePath(OutFile);
        if (_targets.Count == 0 || IsPiped(nameof(Service)))
        {
            _targets.Add(new Target(Selection, Service, Number, Container));
        }

        // An object with a service name selects where to run the command. It is not input for the command.
        if (!IsPiped(nameof(Service)) && (MyInvocation.ExpectingInput || IsGiven(nameof(InputObject))))
        {
            _input.Append(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        foreach (Target target in _targets)
        {
            string project = ProjectLoading.NameOf(target.Selection, token);
            LocatedContainer found = await RunningContainer.FindAsync(session, target.Selection, project, target.Service, target.Number, target.Container, token).ConfigureAwait(false);
            await RunAsync(found.Engine, found.Container, output, token).ConfigureAwait(false);
        }
    }

    private Task RunAsync(IEngine engine, ObservedContainer container, IPipelineOutput output, CancellationToken token) => new CommandDelivery
    {
        ProjectName = container.Project,
        Service = container.Service,
        Number = container.Number,
        Container = container.Name,
        Command = Command,
        OutFile = _outFile,
        AsByteStream = AsByteStream,
        Stream = Stream,
        RequireSuccess = RequireSuccess,
        TimeoutSec = TimeoutSec,
    }.RunAsync((written, error, stop) => ExecRunner.RunAsync(engine, container.Id, Spec(), _input.Bytes, written, error, stop), output, token);

    private ExecSpec Spec() => new()
    {
        Command = Command,
        User = User,
        WorkingDirectory = WorkingDirectory,
        Environment =
        [
            .. Environment.Cast<DictionaryEntry>()
                .Select(entry => (Name: PipedInput.Text(entry.Key), Value: entry.Value is null ? Selection.Environment.GetValueOrDefault(PipedInput.Text(entry.Key)) : PipedInput.Text(entry.Value)))
                .Where(variable => variable.Value is not null)
                .Select(variable => $"{variable.Name}={variable.Value}"),
        ],
        Input = _input.IsGiven,
    };

    private sealed record Target(ProjectSelection Selection, string Service, int? Number, string? Container);
}
