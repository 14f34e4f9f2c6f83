using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engine;
using ComposeLab.Engine.Cleaning;
using ComposeLab.Engine.Docker;
using ComposeLab.Errors;
using ComposeLab.Formatting;
using ComposeLab.Pipeline;
using ComposeLab.Projects;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Frees the space of what nothing uses on an engine.</para>
/// <para type="description">Removes stopped containers, networks without containers, images without a name and the build cache; with -Kind, also all unused images or
/// volumes. Containers and networks of a stack with running containers are kept, and volumes are never removed unless -Kind names them. -WhatIf lists every object
/// with its size. Prompts once for each kind. Removes exactly the objects of the plan: what is used again meanwhile is kept, and is an error.</para>
/// </summary>
/// <example>
/// <summary><para>Lists what would be removed from the current engine.</para></summary>
/// <code run="true">Clear-LabEngine -WhatIf</code>
/// </example>
/// <example>
/// <summary><para>Removes unused images and build cache that are older than a week from all engines.</para></summary>
/// <code>Get-LabEngine | Where-Object Reachable | Clear-LabEngine -Kind Image, BuildCache -OlderThan 168h -Confirm:$false</code>
/// </example>
[Cmdlet(VerbsCommon.Clear, "LabEngine", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(LabCleanup))]
public sealed class ClearLabEngineCommand : LabCmdlet
{
    private const int NamedInPrompt = 5;

    private readonly List<EngineEndpoint> _endpoints = [];
    private bool _isWhatIf;

    /// <summary><para type="description">The engines: names of docker contexts, or addresses such as ssh://admin@edge1. Default: DOCKER_HOST, the current docker context,
    /// or the engine of this machine. Accepts the output of Get-LabEngine.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Engine")]
    [EngineNames]
    [ArgumentCompleter(typeof(ContextCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Context { get; set; } = [];

    /// <summary><para type="description">The kinds of objects to remove. Default: Container, Network, DanglingImage and BuildCache, which hold no data.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public LabUnusedKind[] Kind { get; set; } = [LabUnusedKind.Container, LabUnusedKind.Network, LabUnusedKind.DanglingImage, LabUnusedKind.BuildCache];

    /// <summary><para type="description">Only objects created before this time, and build cache last used before it: a date, a TimeSpan, or a duration such as
    /// 168h.</para></summary>
    [Parameter]
    [DateOrDuration]
    public DateTimeOffset? OlderThan { get; set; }

    /// <inheritdoc/>
    private protected override bool RunsOnce => true;

    /// <inheritdoc/>
    protected override void Prepare()
    {
        _isWhatIf = IsWhatIf;
        IReadOnlyDictionary<string, string> environment = ProcessEnvironment.Read();
        foreach (EngineEndpoint endpoint in Context.Length == 0 ? [EngineEndpoint.Resolve(environment)] : Context.Select(name => EngineEndpoint.Resolve(environment, name)))
        {
            if (_endpoints.TrueForAll(other => other.Address != endpoint.Address))
            {
                _endpoints.Add(endpoint);
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        var request = new CleanupRequest(Kind.Select(kind => Enum.Parse<EngineItemKind>(kind.ToString())).ToHashSet(), OlderThan);
        Task<EngineContents>[] contents = [.. _endpoints.Select(endpoint => Task.Run(() => ListAsync(endpoint, token), token))];
        foreach ((EngineEndpoint endpoint, Task<EngineContents> listed) in _endpoints.Zip(contents))
        {
            try
            {
                IReadOnlyList<EngineItem> plan = CleanupPlanner.Plan(await listed.ConfigureAwait(false), request);
                using IEngine engine = await EngineConnection.ConnectAsync(endpoint, token).ConfigureAwait(false);
                await ClearAsync(engine, endpoint.Name, plan, request, output, token).ConfigureAwait(false);
            }
            catch (EngineException fault) when (_endpoints.Count > 1)
            {
                await output.WriteErrorAsync(ErrorRecords.From(fault)).ConfigureAwait(false);
            }
        }
    }

    private static async Task<EngineContents> ListAsync(EngineEndpoint endpoint, CancellationToken token)
    {
        using IEngine engine = await EngineConnection.ConnectAsync(endpoint, token).ConfigureAwait(false);
        return await engine.ListContentsAsync(token).ConfigureAwait(false);
    }

    private async Task ClearAsync(
        IEngine engine, string name, IReadOnlyList<EngineItem> plan, CleanupRequest request, IPipelineOutput output, CancellationToken token)
    {
        List<LabRemovedObject> removed = [];
        int failed = 0;
        long freed = 0;
        bool isAgreed = false;
        foreach (IGrouping<EngineItemKind, EngineItem> kind in plan.GroupBy(item => item.Kind))
        {
            if (!await IsConfirmedAsync(name, kind, output).ConfigureAwait(false))
            {
                continue;
            }

            isAgreed = true;
            if (kind.Key == EngineItemKind.BuildCache)
            {
                freed += await engine.PruneBuildCacheAsync(request.Before, token).ConfigureAwait(false);
                removed.AddRange(kind.Select(Removed));
                continue;
            }

            foreach (EngineItem item in kind)
            {
                try
                {
                    if (await new Cleanup(engine).RemoveAsync(item, token).ConfigureAwait(false))
                    {
                        removed.Add(Removed(item));
                        freed += item.Size;
                    }
                }
                catch (EngineException fault) when (fault.StatusCode is not null)
                {
                    failed++;
                    await output.WriteErrorAsync(ErrorRecords.From(fault)).ConfigureAwait(false);
                }
            }
        }

        if (isAgreed || (plan.Count == 0 && !_isWhatIf))
        {
            await output.WriteAsync(new LabCleanup { Engine = name, FreedSize = freed, Failed = failed, Removed = removed }).ConfigureAwait(false);
        }
    }

    // -WhatIf is the plan, so it lists every object. A prompt for each of hundreds of images would not be read.
    private async Task<bool> IsConfirmedAsync(string engine, IGrouping<EngineItemKind, EngineItem> kind, IPipelineOutput output)
    {
        if (_isWhatIf && kind.Key != EngineItemKind.BuildCache)
        {
            foreach (EngineItem item in kind)
            {
                string project = item.Project is { } owner ? $" of {owner}" : "";
                string size = item.Size > 0 ? $", {ByteText.Of(item.Size)}" : "";
                await output.ShouldProcessAsync($"Remove {One(item.Kind)} {item.Name}{project}{size} from engine {engine}", "", "").ConfigureAwait(false);
            }

            return false;
        }

        int count = kind.Count();
        string what = kind.Key == EngineItemKind.BuildCache ? "the build cache" : count == 1 ? $"1 {One(kind.Key)}" : $"{count} {Many(kind.Key)}";
        string names = kind.Key == EngineItemKind.BuildCache ? ""
            : $": {string.Join(", ", kind.Take(NamedInPrompt).Select(item => item.Name))}{(count > NamedInPrompt ? $" and {count - NamedInPrompt} more" : "")}";
        string lost = kind.Key is EngineItemKind.Volume or EngineItemKind.AnonymousVolume ? " Their data is lost." : "";
        string action = $"Remove {what} ({ByteText.Of(kind.Sum(item => item.Size))}) from engine {engine}";
        return await output.ShouldProcessAsync(action, $"{action}{names}.{lost}", "Clear engine").ConfigureAwait(false);
    }

    private static string One(EngineItemKind kind) => kind switch
    {
        EngineItemKind.Container => "stopped container",
        EngineItemKind.Network => "network",
        EngineItemKind.DanglingImage => "image without a name",
        EngineItemKind.AnonymousVolume => "volume without a name",
        EngineItemKind.Volume => "volume",
        _ => "image",
    };

    private static string Many(EngineItemKind kind) => kind switch
    {
        EngineItemKind.DanglingImage => "images without a name",
        EngineItemKind.AnonymousVolume => "volumes without a name",
        _ => One(kind) + "s",
    };

    private static LabRemovedObject Removed(EngineItem item) => new()
    {
        Kind = Enum.Parse<LabUnusedKind>(item.Kind.ToString()),
        Name = item.Name,
        ProjectName = item.Project,
        CreatedAt = item.Created,
        Size = item.Size,
    };
}
