using System.Diagnostics;
using System.Management.Automation;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Engine.Copying;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Progress;
using ComposeLab.Projects;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Copies files between this machine and the containers of a service.</para>
/// <para type="description">One end is written as SERVICE:PATH. Files, folders, links, modes and times are copied as docker cp copies them, also from and into stopped
/// containers. A copy into a service goes to all its containers; a copy from a service reads the first one. Files from a container appear in their place when they are
/// complete, and nothing is written outside of the destination, whatever the container contains. In a swarm stack, tasks on other nodes are reached through the docker
/// contexts of those nodes.</para>
/// </summary>
/// <example>
/// <summary><para>Copies a folder of the database container to this machine.</para></summary>
/// <code>Copy-LabItem db:/var/log ./logs -ProjectName shop</code>
/// </example>
/// <example>
/// <summary><para>Copies a file into every container of a service.</para></summary>
/// <code>Copy-LabItem ./nginx.conf web:/etc/nginx/nginx.conf -ProjectName shop</code>
/// </example>
/// <example>
/// <summary><para>Writes text from the pipeline to a file in a container.</para></summary>
/// <code>Get-Date -Format o | Copy-LabItem -Destination web:/srv/deployed -ProjectName shop</code>
/// </example>
/// <example>
/// <summary><para>Copies the files of a folder that are newer than a day.</para></summary>
/// <code>Get-ChildItem ./site | Where-Object LastWriteTime -GT (Get-Date).AddDays(-1) | Copy-LabItem -Destination web:/srv/ -ProjectName shop</code>
/// </example>
[Cmdlet(VerbsCommon.Copy, "LabItem", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabCopy), typeof(byte))]
public sealed class CopyLabItemCommand : LabEngineCmdlet
{
    private readonly PipedInput _input = new();
    private readonly List<string> _items = [];
    private CopyAddress[] _sources = [];
    private CopyAddress? _destination;

    /// <summary><para type="description">What to copy: paths of this machine, or SERVICE:PATH. Only the content of a folder is copied if its path ends with
    /// /. (slash and dot).</para></summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string[] Source { get; set; } = [];

    /// <summary><para type="description">Where to copy it: a path of this machine, or SERVICE:PATH.</para></summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary><para type="description">The content of a file to write in a container: text, one line for each object, or bytes. Files and folders, such as those of
    /// Get-ChildItem, are copied.</para></summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    public object? InputObject { get; set; }

    /// <summary><para type="description">The container of the service, counted from 1. Default: the first one to copy from; all of them to copy into.</para></summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Number { get; set; }

    /// <summary><para type="description">Copies into the one-off containers of the service too.</para></summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary><para type="description">Copies the target of a link that is specified as the source, instead of the link.</para></summary>
    [Parameter]
    public SwitchParameter FollowLink { get; set; }

    /// <summary><para type="description">Keeps the numbers of the owners of files that are copied into a container. By default they belong to root.</para></summary>
    [Parameter]
    public SwitchParameter Archive { get; set; }

    /// <summary><para type="description">Writes the bytes of a file in a container to the pipeline, instead of copying it to a destination.</para></summary>
    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    /// <inheritdoc/>
    private protected override bool NeedsOneEngine => true;

    /// <inheritdoc/>
    private protected override bool RunsOnce => true;

    /// <inheritdoc/>
    private protected override IReadOnlyList<ParameterConflict> Conflicts =>
    [
        new(nameof(Number), [nameof(All)]),
        new(nameof(AsByteStream), [nameof(Destination)]),
        .. NamesStack ? Array.Empty<ParameterConflict>() : [new(nameof(AsByteStream), [nameof(InputObject)]), new(nameof(InputObject), [nameof(Source)])],
    ];

    // Such an object selects the stack with its properties.
    private bool NamesStack => Piped is LabService or LabStack;

    private object? Piped => InputObject is PSObject wrapped ? wrapped.BaseObject : InputObject;

    /// <inheritdoc/>
    protected override void Prepare()
    {
        if (Piped is FileSystemInfo item)
        {
            // Its path says what is copied, not which project.
            LiteralPath = IsPiped(nameof(LiteralPath)) ? null : LiteralPath;
            _items.Add(item.FullName);
        }
        else if ((MyInvocation.ExpectingInput || IsGiven(nameof(InputObject))) && !NamesStack)
        {
            _input.Append(InputObject);
        }

        base.Prepare();
        Require(Source.Append(Destination).All(end => end is not "-"), "Expected a path, found '-'. To read a file of a container use -AsByteStream, and to write one pipe its content.");
        _sources = [.. Source.Select(source => CopyAddress.Parse(source, HostPaths.Current)).Concat(_items.Select(path => new CopyAddress(null, path))).Select(Local)];
        _destination = Destination is null ? null : Local(CopyAddress.Parse(Destination, HostPaths.Current));
        Require(!_input.IsGiven || _items.Count == 0, "Pipe either files and folders to copy, or the content of one file, not both.");

        Require(_input.IsGiven || _sources.Length > 0, "The source is missing.");
        Require(_destination is not null || AsByteStream, "The destination is missing.");
        Require(!AsByteStream || _sources is [{ IsInContainer: true }], "Expected one file in a container for -AsByteStream, as SERVICE:PATH.");
        Require(!_input.IsGiven || _destination is { IsInContainer: true }, "Expected a file in a container for the input, as SERVICE:PATH.");
        Require(_destination is null or { IsInContainer: true } || _sources.All(source => source.IsInContainer), "Expected a path in a container, as SERVICE:PATH, but both ends are paths of this machine.");
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        string project = ProjectLoading.NameOf(Selection, token);
        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        using var progress = new ByteProgress(output, $"Copy files of {project}");
        if (AsByteStream)
        {
            LocatedContainer container = await FirstAsync(_sources[0]).ConfigureAwait(false);
            await Copy(container).ReadAsync(container.Id, _sources[0].Path, new CommandOutput(null, bytes => output.WriteEachAsync(bytes), _ => null), token).ConfigureAwait(false);
            return;
        }

        CopyAddress destination = _destination!;
        foreach (CopyAddress source in _input.IsGiven ? [new CopyAddress(null, "(input)")] : _sources)
        {
            IReadOnlyList<LocatedContainer> containers = destination.IsInContainer ? await AllAsync(session, project, destination.Service, token).ConfigureAwait(false) : [await FirstAsync(source).ConfigureAwait(false)];
            foreach (LocatedContainer located in containers)
            {
                ObservedContainer container = located.Container;
                string from = source.IsInContainer ? $"{(destination.IsInContainer ? source.Service : container.Name)}:{source.Path}" : source.Path;
                string to = destination.IsInContainer ? $"{container.Name}:{destination.Path}" : destination.Path;
                if (!await output.ShouldProcessAsync($"Copy {from} to {to}", $"Copy {from} to {to}?", "Copy-LabItem").ConfigureAwait(false))
                {
                    continue;
                }

                var clock = Stopwatch.StartNew();
                CopyResult result = await Guarded(() => RunAsync(source, destination, located)).ConfigureAwait(false);
                foreach (string omitted in result.Omitted)
                {
                    output.Warning($"'{omitted}' is a device, a pipe or a socket. It was not copied.");
                }

                await output.WriteAsync(new LabCopy
                {
                    ProjectName = container.Project,
                    Service = container.Service,
                    Container = container.Name,
                    Source = from,
                    Destination = to,
                    Files = result.Files,
                    Size = result.Bytes,
                    Duration = clock.Elapsed,
                }).ConfigureAwait(false);
            }
        }

        ContainerCopy Copy(LocatedContainer container) => new(container.Engine, progress.Report);

        Task<LocatedContainer> FirstAsync(CopyAddress source) =>
            RunningContainer.FindAsync(session, Selection, project, source.Service!, Number, null, token, anyState: true);

        async Task<CopyResult> RunAsync(CopyAddress source, CopyAddress target, LocatedContainer container)
        {
            var options = new CopyOptions { FollowLink = FollowLink, KeepOwners = Archive };
            return _input.IsGiven ? await Copy(container).WriteAsync(_input.Bytes, container.Id, target.Path, token).ConfigureAwait(false)
                : !target.IsInContainer ? await Copy(container).ToLocalAsync(container.Id, source.Path, target.Path, FollowLink, token).ConfigureAwait(false)
                : source.IsInContainer ? await AcrossAsync(source, target, container, options).ConfigureAwait(false)
                : await Copy(container).ToContainerAsync(TrimContent(source.Path), source.Path.EndsWith("/.", StringComparison.Ordinal), container.Id, target.Path, options, token).ConfigureAwait(false);
        }

        async Task<CopyResult> AcrossAsync(CopyAddress source, CopyAddress target, LocatedContainer container, CopyOptions options)
        {
            LocatedContainer first = await FirstAsync(source).ConfigureAwait(false);
            return await Copy(first).AcrossAsync(first.Id, source.Path, Copy(container), container.Id, target.Path, options, token).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<LocatedContainer>> AllAsync(EngineSession session, string project, string service, CancellationToken token)
    {
        LocatedContainer first = await RunningContainer.FindAsync(session, Selection, project, service, Number, null, token, anyState: true).ConfigureAwait(false);
        if (Number is not null)
        {
            return [first];
        }

        // Of a swarm stack, the tasks that have ended are history.
        IReadOnlyList<ObservedContainer> all = await session.Stacks.ListContainersAsync(project, All, token).ConfigureAwait(false);
        return await RunningContainer.LocateAllAsync(session, [.. all.Where(container => container.Service == service && (container.TaskId.Length == 0 || container.IsRunning))], token).ConfigureAwait(false);
    }

    private static async Task<CopyResult> Guarded(Func<Task<CopyResult>> run)
    {
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LabException(LabErrorId.FileUnwritable, $"Cannot copy the files: {fault.Message}", "Free up disk space, or specify another destination", null, fault);
        }
    }

    // A separator or /. at the end has a meaning, which resolving would remove.
    private CopyAddress Local(CopyAddress address)
    {
        if (address.IsInContainer)
        {
            return address;
        }

        string typed = HostPaths.Current.ToSlash(address.Path);
        string path = System.IO.Path.TrimEndingDirectorySeparator(ResolvePath(address.Path));
        string end = typed.EndsWith("/.", StringComparison.Ordinal) ? "/." : typed.EndsWith('/') ? "/" : "";
        bool isRoot = System.IO.Path.EndsInDirectorySeparator(path);
        return address with { Path = (end == "/." ? TrimContent(path) : path) + (isRoot ? end.TrimStart('/') : end) };
    }

    private static string TrimContent(string path) => path.EndsWith("/.", StringComparison.Ordinal) ? path[..^2] : path.Length > 1 ? path.TrimEnd('/') : path;

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new LabException(LabErrorId.PathInvalid, message, "Get-Help Copy-LabItem -Examples");
        }
    }
}
