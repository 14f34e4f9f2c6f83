using System.Collections;
using System.Management.Automation;
using System.Security.Cryptography;
using ComposeLab.Completion;
using ComposeLab.Compose.Model;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Plans;
using ComposeLab.Stacks;
using ComposeLab.Terminals;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Runs a command in a new one-off container of a service.</para>
/// <para type="description">Creates a container from the definition of the service, starts the services it depends on and waits for their conditions, runs the
/// command, and removes the container. Writes one object with the exit code, standard output and standard error; $LASTEXITCODE contains the exit code too. The
/// ports of the service are not published, and other containers do not reach the one-off container by the name of the service, unless you specify it. Ctrl-C and
/// the time limit stop and remove the container. PowerShell reads words that start with a dash as parameters of this cmdlet, so put -- before the
/// command.</para>
/// </summary>
/// <example>
/// <summary><para>Runs a command in a new container of the bundled lab's database image.</para></summary>
/// <code run="true">(Invoke-LabRun db -NoDeps -- postgres --version).Output</code>
/// </example>
/// <example>
/// <summary><para>Runs database migrations before a deployment, and stops the script if they fail.</para></summary>
/// <code>Invoke-LabRun api -Path ./shop -RequireSuccess -ErrorAction Stop -- ./migrate up</code>
/// </example>
/// <example>
/// <summary><para>Opens a shell in a new container, with a folder mounted.</para></summary>
/// <code>Invoke-LabRun api -Interactive -Volume ./data:/data -- sh</code>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "LabRun", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabCommandResult), typeof(LabService), typeof(LabLogLine))]
public sealed class InvokeLabRunCommand : LabEngineCmdlet
{
    private static readonly string[] Results = [nameof(OutFile), nameof(AsByteStream), nameof(Stream), nameof(RequireSuccess), nameof(TimeoutSec), nameof(InputObject)];

    private readonly PipedInput _input = new();
    private string? _outFile;
    private string _directory = "";
    private IReadOnlyList<string> _environmentFiles = [];
    private bool _isWhatIf;

    /// <summary><para type="description">The service to create the container from.</para></summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string Service { get; set; } = "";

    /// <summary><para type="description">The program and its arguments, passed on unchanged, without a shell. Default: the command of the service.</para></summary>
    [Parameter(Position = 1, ValueFromRemainingArguments = true)]
    [Alias("ArgumentList")]
    [AllowEmptyString]
    public string[] Command { get; set; } = [];

    /// <summary><para type="description">The standard input of the command: text, one line for each object, or bytes. Custom objects and hashtables are rejected;
    /// convert them with ConvertTo-Json or Out-String first.</para></summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    public object? InputObject { get; set; }

    /// <summary><para type="description">Replaces the entrypoint of the image and of the service. A single text is split into words, as in a Compose file. The command of the service is then
    /// not used.</para></summary>
    [Parameter]
    [ValidateNotNull]
    public string[]? Entrypoint { get; set; }

    /// <summary><para type="description">Environment variables that override those of the service, such as @{ LEVEL = 'debug' }. A variable that is $null has the
    /// value it has for the project, in the environment or in .env.</para></summary>
    [Parameter]
    [Table]
    [ValidateNotNull]
    public Hashtable Environment { get; set; } = [];

    /// <summary><para type="description">Files with environment variables that override those of the service. Later files override earlier ones.
    /// The files of -EnvFile are used instead of .env.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] EnvironmentFile { get; set; } = [];

    /// <summary><para type="description">Volumes to add, as source:target[:options]. A path is relative to the current location; a name is a volume of the project,
    /// or an existing volume.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Volume { get; set; } = [];

    /// <summary><para type="description">Ports to publish instead of those of the service, such as 8080:80 or 127.0.0.1:8080:80/tcp.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Publish { get; set; } = [];

    /// <summary><para type="description">Publishes the ports of the service.</para></summary>
    [Parameter]
    public SwitchParameter ServicePorts { get; set; }

    /// <summary><para type="description">Makes the container reachable under the name and the aliases of the service.</para></summary>
    [Parameter]
    public SwitchParameter ServiceAlias { get; set; }

    /// <summary><para type="description">The user, by name or number, optionally followed by a colon and a group. Default: the user of the service.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? User { get; set; }

    /// <summary><para type="description">The working directory inside the container. Default: the working directory of the service.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? WorkingDirectory { get; set; }

    /// <summary><para type="description">Capabilities to add.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] CapAdd { get; set; } = [];

    /// <summary><para type="description">Capabilities to drop.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] CapDrop { get; set; } = [];

    /// <summary><para type="description">Labels to add to the container, such as @{ purpose = 'migration' }.</para></summary>
    [Parameter]
    [Table]
    [ValidateNotNull]
    public Hashtable Label { get; set; } = [];

    /// <summary><para type="description">The name of the container. Default: project-service-run- and a random number.</para></summary>
    [Parameter]
    [Form("^[A-Za-z0-9][A-Za-z0-9_.-]+$", "a container name of letters, digits, underscores, periods and hyphens")]
    public string? Name { get; set; }

    /// <summary><para type="description">Does not start the services that the service depends on.</para></summary>
    [Parameter]
    public SwitchParameter NoDeps { get; set; }

    /// <summary><para type="description">Rebuilds the images of the service and its dependencies even if they already exist.</para></summary>
    [Parameter]
    public SwitchParameter Build { get; set; }

    /// <summary><para type="description">Overrides pull_policy: Always, Missing or Never.</para></summary>
    [Parameter]
    [OneValue]
    public LabPullPolicy? Pull { get; set; }

    /// <summary><para type="description">Removes containers of services that the project no longer defines.</para></summary>
    [Parameter]
    public SwitchParameter RemoveOrphans { get; set; }

    /// <summary><para type="description">Starts the container and returns its object, without waiting. The engine removes it when it exits, unless you specify
    /// -Keep.</para></summary>
    [Parameter]
    public SwitchParameter Detach { get; set; }

    /// <summary><para type="description">Keeps the container after it has exited. Remove-LabStack removes it with the stack.</para></summary>
    [Parameter]
    public SwitchParameter Keep { get; set; }

    /// <summary><para type="description">Connects this terminal to the container, like Enter-LabService. Ctrl-C is sent to the container; Ctrl-P Ctrl-Q detaches and
    /// leaves it running.</para></summary>
    [Parameter]
    public SwitchParameter Interactive { get; set; }

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
    private protected override bool NeedsOneEngine => true;

    /// <inheritdoc/>
    private protected override bool RunsOnce => true;

    /// <inheritdoc/>
    private protected override IReadOnlyList<ParameterConflict> Conflicts =>
    [
        new(nameof(Detach), [nameof(Interactive), .. Results]),
        new(nameof(Interactive), Results),
        new(nameof(Publish), [nameof(ServicePorts)]),
    ];

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        if (Command.Length > 0)
        {
            Abbreviations.RequireDashes(MyInvocation, Service, Command[0]);
        }

        _isWhatIf = IsWhatIf;
        _outFile = OutFile is null ? null : ResolvePath(OutFile);
        _directory = SessionState.Path.CurrentFileSystemLocation.ProviderPath;
        _environmentFiles = [.. EnvironmentFile.Select(ResolvePath)];
        if (MyInvocation.ExpectingInput || IsGiven(nameof(InputObject)))
        {
            _input.Append(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        if (Interactive)
        {
            RawTerminal.Require();
        }

        StartRequest request = Request(LoadProject(output, token, [Service]), token);
        ServiceDefinition service = request.Definition.Services[Service];
        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        StackPlan plan = await session.Stacks.PlanAsync(request, token).ConfigureAwait(false);
        if (!await ConfirmAsync(plan, service.ContainerName!, output).ConfigureAwait(false))
        {
            return;
        }

        var runner = new OneOffRunner(
            session.Engine, service, request.Options.OneOff!.Slug, request.Definition.Mask, line => output.Verbose($"{ResourceId.Container(service.ContainerName!)}: {line}"));
        bool isLeft = false;
        try
        {
            await new PlanProgress(session, plan, null, $"Run {Service}", output).RunAsync(write: false, token).ConfigureAwait(false);
            isLeft = Detach ? await StartAsync(session, runner, output, token).ConfigureAwait(false)
                : Interactive ? await EnterAsync(session, runner, output, token).ConfigureAwait(false)
                : await RunAsync(runner, request.Definition, output, token).ConfigureAwait(false);
        }
        catch (EngineException fault)
        {
            throw await ServiceDiagnoses.ExplainAsync(fault, session, Selection, request.Definition, token).ConfigureAwait(false);
        }
        finally
        {
            if (!isLeft && !await runner.RemoveAsync(token.IsCancellationRequested).ConfigureAwait(false))
            {
                output.Warning($"The container {runner.Container} could not be removed in time. Remove-LabStack removes it with the stack.");
            }
        }
    }

    // Each returns whether the container is left on the engine.
    private async Task<bool> StartAsync(EngineSession session, OneOffRunner runner, IPipelineOutput output, CancellationToken token)
    {
        await runner.StartAsync(token).ConfigureAwait(false);
        if (await runner.FindAsync(token).ConfigureAwait(false) is { } container)
        {
            foreach (LabService started in await ServiceObjects.OfAsync(session.Engine, [container], token).ConfigureAwait(false))
            {
                await output.WriteAsync(started).ConfigureAwait(false);
            }
        }

        return true;
    }

    private async Task<bool> EnterAsync(EngineSession session, OneOffRunner runner, IPipelineOutput output, CancellationToken token)
    {
        using IExecSession terminal = await session.Engine.AttachContainerAsync(runner.Container, input: true, token).ConfigureAwait(false);
        await runner.StartAsync(token).ConfigureAwait(false);
        if (await new TerminalSession(terminal).RunAsync(token).ConfigureAwait(false) is not { } code)
        {
            output.Verbose($"Left {runner.Container} running.");
            return true;
        }

        output.ExitCode(code);
        output.Verbose($"The command exited with code {code}.");
        return Keep;
    }

    private async Task<bool> RunAsync(OneOffRunner runner, ComposeProject project, IPipelineOutput output, CancellationToken token)
    {
        ServiceDefinition service = project.Services[Service];
        ReadOnlyMemory<byte>? input = _input.IsGiven ? _input.Bytes : null;
        var delivery = new CommandDelivery
        {
            ProjectName = project.Name,
            Service = Service,
            Number = 0,
            Container = runner.Container,

            // A command from the files can contain secrets of the project. One that was typed is shown as it was typed.
            Command = Command.Length > 0 ? Command : [.. (service.Entrypoint ?? []).Concat(service.Command ?? []).Select(project.Mask.MaskText)],
            OutFile = _outFile,
            AsByteStream = AsByteStream,
            Stream = Stream,
            RequireSuccess = RequireSuccess,
            TimeoutSec = TimeoutSec,
        };
        output.ExitCode(await delivery.RunAsync((written, error, stop) => runner.RunAsync(input, written, error, stop), output, token).ConfigureAwait(false));
        return Keep;
    }

    private StartRequest Request(ComposeProject defined, CancellationToken token)
    {
        StackPlanner.RequireService(defined, Service);
        string slug = RandomNumberGenerator.GetHexString(64, lowercase: true);
        var overrides = new ServiceOverrides
        {
            ContainerName = Name ?? ServiceNames.OneOff(defined, Service, slug[..12]),
            Command = Command.Length > 0 ? Command : null,
            Entrypoint = Entrypoint,
            User = User,
            WorkingDirectory = WorkingDirectory,
            Environment = Environment.Cast<DictionaryEntry>().ToDictionary(
                entry => PipedInput.Text(entry.Key), entry => entry.Value is null ? null : PipedInput.Text(entry.Value), StringComparer.Ordinal),
            EnvironmentFiles = _environmentFiles,
            Labels = Label.Cast<DictionaryEntry>().ToDictionary(entry => PipedInput.Text(entry.Key), entry => PipedInput.Text(entry.Value), StringComparer.Ordinal),
            Volumes = Volume,
            Ports = Publish,
            ServicePorts = ServicePorts,
            CapAdd = CapAdd,
            CapDrop = CapDrop,
            Tty = Interactive,

            // A program that reads its input would end at once in a detached container without one.
            Input = Interactive || Detach || _input.IsGiven,
            Directory = _directory,
        };
        return new StartRequest(overrides.Apply(defined, Service, token), new StartOptions
        {
            Services = [Service],
            Build = Build,
            Pull = Pull?.ToString().ToLowerInvariant(),
            RemoveOrphans = RemoveOrphans,
            NoDependencies = NoDeps,
            NoWait = true,
            OneOff = new OneOffOptions(Service, slug) { AutoRemove = Detach && !Keep, IsAttached = !Detach, UseAliases = ServiceAlias },
        });
    }

    private async Task<bool> ConfirmAsync(StackPlan plan, string container, IPipelineOutput output)
    {
        string caption = $"Run {Service} in {PlanObjects.Place(plan)}";
        string[] lines = [.. PlanObjects.Of(plan, places: null).Select(operation => operation.ToString()), $"run container {container}: requested"];
        if (!_isWhatIf)
        {
            string text = string.Join('\n', lines);
            return await output.ShouldProcessAsync($"{caption}:\n{text}", $"{caption}?\n{text}", caption).ConfigureAwait(false);
        }

        foreach (string line in lines)
        {
            await output.ShouldProcessAsync($"{PlanObjects.Place(plan)}: {line}", line, caption).ConfigureAwait(false);
        }

        return false;
    }
}
