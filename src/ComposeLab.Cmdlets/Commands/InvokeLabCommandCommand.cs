using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using ComposeLab.Completion;
using ComposeLab.Compose.Secrets;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Projects;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Runs a command inside a running container of a service.</para>
/// <para type="description">Writes one object with the exit code, standard output and standard error apart. Program and arguments are passed on as they are: no shell
/// reads them, so nothing needs quoting. What is piped in becomes the command's standard input, a line for each object. An exit code other than 0 is no error unless
/// -RequireSuccess is given. Words that begin with a dash are taken for parameters of this cmdlet: put -- before the command, as in the examples.</para>
/// </summary>
/// <example>
/// <summary><para>Asks the bundled lab's database for its version.</para></summary>
/// <code run="true">(Invoke-LabCommand db -- psql -U lab -tAc 'SHOW server_version').Output</code>
/// </example>
/// <example>
/// <summary><para>Loads a file of SQL and fails where it fails.</para></summary>
/// <code>Get-Content seed.sql | Invoke-LabCommand db -RequireSuccess -Command psql, -v, ON_ERROR_STOP=1, -U, lab</code>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "LabCommand", DefaultParameterSetName = "Path")]
[OutputType(typeof(LabCommandResult))]
public sealed class InvokeLabCommandCommand : LabProjectCmdlet
{
    private readonly MemoryStream _input = new();
    private bool _hasInput;

    /// <summary><para type="description">The service.</para></summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string Service { get; set; } = "";

    /// <summary><para type="description">Program and arguments.</para></summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromRemainingArguments = true)]
    [AllowEmptyString]
    public string[] Command { get; set; } = [];

    /// <summary><para type="description">What the command reads from standard input: text, a line for each object, or bytes, as they are. Objects without a text of
    /// their own, such as custom objects and hashtables, are refused: ConvertTo-Json or Out-String before the pipe says which text is meant.</para></summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    public object? InputObject { get; set; }

    /// <summary><para type="description">Which of the service's containers, from 1. Default: the first that runs.</para></summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Number { get; set; }

    /// <summary><para type="description">The user, by name or number, with a group after a colon. Default: the container's.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? User { get; set; }

    /// <summary><para type="description">The directory inside the container. Default: the container's.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? WorkingDirectory { get; set; }

    /// <summary><para type="description">Variables besides the container's, such as @{ PGPASSWORD = $password }.</para></summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable Environment { get; set; } = [];

    /// <summary><para type="description">How long the command may run, in seconds; it is not ended inside the container then. Default: no limit but Ctrl-C.</para></summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int? TimeoutSec { get; set; }

    /// <summary><para type="description">Makes an exit code other than 0 an error, after the result is written.</para></summary>
    [Parameter]
    public SwitchParameter RequireSuccess { get; set; }

    /// <inheritdoc/>
    private protected override bool RunsOnce => true;

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        if (MyInvocation.ExpectingInput || MyInvocation.BoundParameters.ContainsKey(nameof(InputObject)))
        {
            _hasInput = true;
            Append(InputObject is PSObject wrapped ? wrapped.BaseObject : InputObject);
        }
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        string project = ProjectLoading.NameOf(Selection, token);
        using EngineSession session = await EngineSession.OpenAsync(Selection.Environment, token).ConfigureAwait(false);
        ObservedContainer container = await RunningContainer.FindAsync(session.Stacks, Selection, project, Service, Number, token).ConfigureAwait(false);
        using var deadline = new Deadline(TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan, token);
        var clock = Stopwatch.StartNew();
        ExecResult result;
        try
        {
            result = await ExecRunner.RunAsync(session.Engine, container.Id, Spec(), _input.ToArray(), deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            throw new LabException(
                LabErrorId.TimedOut,
                $"The command '{Named()}' in {container.Name} did not end within {TimeoutSec} s; it goes on inside the container.",
                "Raise -TimeoutSec",
                container.Name);
        }

        await output.WriteAsync(new LabCommandResult
        {
            ProjectName = project,
            Service = Service,
            Container = container.Name,
            Command = Command,
            ExitCode = result.ExitCode,
            Output = result.Output,
            ErrorOutput = result.Error,
            Duration = clock.Elapsed,
        }).ConfigureAwait(false);
        if (RequireSuccess && result.ExitCode != 0)
        {
            await output.WriteErrorAsync(ErrorRecords.From(Failed(container, result))).ConfigureAwait(false);
        }
    }

    private LabException Failed(ObservedContainer container, ExecResult result)
    {
        string said = (result.Error.Length > 0 ? result.Error : result.Output).Trim();
        return new LabException(
            LabErrorId.CommandFailed,
            SecretMask.Standard.MaskText($"The command '{Named()}' in {container.Name} ended with exit code {result.ExitCode}, expected 0{(said.Length > 0 ? $": {said}" : ".")}"),
            "Mend the command, or the container it runs in",
            container.Name);
    }

    // Arguments may be secrets: the program's name is enough to know which command is meant.
    private string Named() => Command[0];

    private ExecSpec Spec() => new()
    {
        Command = Command,
        User = User,
        WorkingDirectory = WorkingDirectory,
        Environment = [.. Environment.Cast<DictionaryEntry>().Select(entry => $"{Text(entry.Key)}={Text(entry.Value)}")],
        Input = _hasInput,
    };

    private void Append(object? value)
    {
        switch (value)
        {
            case null:
                break;
            case byte[] bytes:
                _input.Write(bytes);
                break;
            case byte one:
                _input.WriteByte(one);
                break;
            case object[] several:
                foreach (object? item in several)
                {
                    Append(item is PSObject wrapped ? wrapped.BaseObject : item);
                }

                break;
            case IDictionary or PSCustomObject:
                throw NotText(value);
            case object other when other.GetType().GetMethod(nameof(ToString), Type.EmptyTypes)?.DeclaringType is { } owner && (owner == typeof(object) || owner == typeof(ValueType)):
                throw NotText(value);
            default:
                _input.Write(Encoding.UTF8.GetBytes(Text(value) + "\n"));
                break;
        }
    }

    private static LabException NotText(object value) => new(
        LabErrorId.InputNotText,
        $"Expected text or bytes for the command to read, found {(value is PSCustomObject ? "a custom object" : value.GetType())}, which has no text of its own.",
        "ConvertTo-Json -Compress before the pipe makes a line of each object; Out-String makes what the screen would show",
        value.GetType().Name);

    private static string Text(object? value) => value is PSObject wrapped
        ? Text(wrapped.BaseObject)
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
