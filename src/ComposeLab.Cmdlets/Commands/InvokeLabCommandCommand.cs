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
using ComposeLab.Files;
using ComposeLab.Pipeline;
using ComposeLab.Projects;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Runs a command inside a running container of a service.</para>
/// <para type="description">Writes one object with the exit code, standard output and standard error apart. Program and arguments are passed on as they are: no shell
/// reads them, so nothing needs quoting. Text and bytes that are piped in become the command's standard input, a line for each object; objects of Get-LabService name
/// the service instead. An exit code other than 0 is not an error unless -RequireSuccess is given. Words that begin with a dash are taken for parameters of this
/// cmdlet: put -- before the command, as in the examples. After Ctrl-C or -TimeoutSec the command is ended in the container, where the image has a shell.</para>
/// </summary>
/// <example>
/// <summary><para>Asks the bundled lab's database for its version.</para></summary>
/// <code run="true">(Invoke-LabCommand db -- psql -U lab -tAc 'SHOW server_version').Output</code>
/// </example>
/// <example>
/// <summary><para>Loads a file of SQL and fails where it fails.</para></summary>
/// <code>Get-Content seed.sql | Invoke-LabCommand db -RequireSuccess -Command psql, -v, ON_ERROR_STOP=1, -U, lab</code>
/// </example>
/// <example>
/// <summary><para>Saves a compressed dump, byte for byte.</para></summary>
/// <code>Invoke-LabCommand db -OutFile ./lab.dump -- pg_dump -U lab -Fc lab</code>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "LabCommand", DefaultParameterSetName = "Path")]
[OutputType(typeof(LabCommandResult))]
public sealed class InvokeLabCommandCommand : LabProjectCmdlet
{
    private readonly MemoryStream _input = new();
    private readonly List<Target> _targets = [];
    private bool _hasInput;
    private string? _outFile;

    /// <summary><para type="description">The service.</para></summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
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
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, int.MaxValue)]
    public int? Number { get; set; }

    /// <summary><para type="description">The container's name, instead of -Number; it may be that of a one-off command.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContainerCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Container { get; set; }

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

    /// <summary><para type="description">The file that gets standard output, byte for byte. It is written beside its name and put in place when the command has
    /// ended.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    /// <summary><para type="description">Writes the bytes of standard output to the pipeline, unchanged, as they come, instead of an object at the end. Standard error
    /// becomes warnings, and an exit code other than 0 an error.</para></summary>
    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    /// <summary><para type="description">Writes each line to the pipeline as it comes, as LabLogLine objects, before the object at the end.</para></summary>
    [Parameter]
    public SwitchParameter Stream { get; set; }

    /// <summary><para type="description">How long the command may run, in seconds; then it is ended. Default: no limit but Ctrl-C.</para></summary>
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
        RequireDashes();
        _outFile = OutFile is null ? null : ResolvePath(OutFile);
        if (_targets.Count == 0 || IsPiped(nameof(Service)))
        {
            _targets.Add(new Target(Selection, Service, Number, Container));
        }

        // An object that names the service is where to run the command, not what the command reads.
        if (!IsPiped(nameof(Service)) && (MyInvocation.ExpectingInput || IsGiven(nameof(InputObject))))
        {
            _hasInput = true;
            Append(InputObject is PSObject wrapped ? wrapped.BaseObject : InputObject);
        }
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        using EngineSession session = await EngineSession.OpenAsync(Selection.Environment, token).ConfigureAwait(false);
        foreach (Target target in _targets)
        {
            string project = ProjectLoading.NameOf(target.Selection, token);
            ObservedContainer container = await RunningContainer.FindAsync(session.Stacks, target.Selection, project, target.Service, target.Number, target.Container, token).ConfigureAwait(false);
            await RunAsync(session, container, output, token).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(EngineSession session, ObservedContainer container, IPipelineOutput output, CancellationToken token)
    {
        using var deadline = new Deadline(TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan, token);
        var clock = Stopwatch.StartNew();
        using var file = _outFile is null ? null : new ReplacedFile(_outFile);
        Func<string, bool, Task>? line = Stream ? (text, isError) => output.WriteAsync(Line(container, text, isError)) : null;
        var written = new CommandOutput(file?.Stream, AsByteStream && file is null ? bytes => output.WriteEachAsync(bytes) : null, text => line?.Invoke(text, false));
        Func<string, Task?> errorLine = AsByteStream ? text => { output.Warning(text); return null; } : text => line?.Invoke(text, true);
        var error = new CommandOutput(null, null, errorLine);
        int exitCode;
        try
        {
            exitCode = await ExecRunner.RunAsync(session.Engine, container.Id, Spec(), _input.ToArray(), written, error, deadline.Token).ConfigureAwait(false);
            await written.EndAsync().ConfigureAwait(false);
            await error.EndAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException fault) when (deadline.Expired)
        {
            throw new LabException(
                LabErrorId.TimedOut,
                $"The command '{Named()}' in {container.Name} did not end within {TimeoutSec} s; {(fault is ExecCanceledException { WasEnded: true } ? "it was ended" : "it may go on inside the container, because it could not be ended there")}.",
                "Raise -TimeoutSec",
                container.Name);
        }
        catch (ExecCanceledException fault) when (!fault.WasEnded)
        {
            output.Warning($"The command '{Named()}' may go on inside {container.Name}: it could not be ended there.");
            throw;
        }

        file?.Keep();
        if (!written.IsText || !error.IsText)
        {
            output.Warning($"The command '{Named()}' in {container.Name} wrote bytes that are not UTF-8; they are shown as \uFFFD. -OutFile and -AsByteStream keep them.");
        }

        var result = new ExecResult(exitCode, written.Text, error.Text);
        if (!AsByteStream || file is not null)
        {
            await output.WriteAsync(new LabCommandResult
            {
                ProjectName = container.Project,
                Service = container.Service,
                Container = container.Name,
                Command = Command,
                ExitCode = exitCode,
                Output = result.Output,
                ErrorOutput = result.Error,
                OutFile = file?.Path,
                Duration = clock.Elapsed,
            }).ConfigureAwait(false);
        }

        if ((RequireSuccess || (AsByteStream && file is null)) && exitCode != 0)
        {
            await output.WriteErrorAsync(ErrorRecords.From(Failed(container, result))).ConfigureAwait(false);
        }
    }

    private static LabLogLine Line(ObservedContainer container, string text, bool isError) => new()
    {
        ProjectName = container.Project,
        Service = container.Service,
        Number = container.Number,
        Container = container.Name,
        Time = DateTimeOffset.Now,
        IsError = isError,
        Text = text,
    };

    private LabException Failed(ObservedContainer container, ExecResult result)
    {
        string said = (result.Error.Length > 0 ? result.Error : result.Output).Trim();
        return new LabException(
            LabErrorId.CommandFailed,
            SecretMask.Standard.MaskText($"The command '{Named()}' in {container.Name} ended with exit code {result.ExitCode}, expected 0{(said.Length > 0 ? $": {said}" : ".")}"),
            "Fix the command, or the container it runs in",
            container.Name);
    }

    // PowerShell takes -U for -User: after the program an abbreviation is nearly always meant for the program.
    private void RequireDashes()
    {
        if (Abbreviations.AfterProgram(MyInvocation.Line, MyInvocation.OffsetInLine, MyInvocation.InvocationName, MyInvocation.MyCommand.Parameters) is { } word)
        {
            throw new LabException(
                LabErrorId.CommandAmbiguous,
                $"PowerShell takes '{word}' for a parameter of {MyInvocation.MyCommand.Name}, not for an argument of '{Named()}'.",
                $"Put -- before the command: {MyInvocation.MyCommand.Name} {CommandText.Quote(Service)} -- {Named()} {word} ...");
        }
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

    private sealed record Target(ProjectSelection Selection, string Service, int? Number, string? Container);
}
