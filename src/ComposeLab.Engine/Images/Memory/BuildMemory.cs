using System.Diagnostics;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Images.Context;

namespace ComposeLab.Engine.Images.Memory;

/// <summary>
/// Knows what a build would give when nothing that shapes it has changed: its options, every byte of its context, and the images it takes something from. Such a
/// build is answered without the engine's builder, which takes its time even when every step is cached. What is not certain is left to the engine.
/// </summary>
/// <param name="engine">The engine.</param>
/// <param name="folder">The absolute folder where builds are remembered; null remembers none.</param>
internal sealed class BuildMemory(IEngine engine, string? folder)
{
    private readonly BuildRecords? _records = folder is null ? null : new BuildRecords(folder);
    private readonly BaseImageIds _bases = new(engine);

    /// <summary>Answers a build from memory.</summary>
    /// <param name="build">The build.</param>
    /// <param name="events">Gets the steps, where it is answered.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The image and its steps; null where the engine has to be asked.</returns>
    public async Task<ImageBuildResult?> RecallAsync(BuildSpec build, IEngineEvents events, CancellationToken token)
    {
        long started = Stopwatch.GetTimestamp();
        if (!BuildOptions.CanBeKnown(build) || _records?.Read(Key(build)) is not { } record || BuildOptions.Digest(build) != record.Options)
        {
            return null;
        }

        ImageDetails? image;
        try
        {
            image = await FindAsync(build, record, token).ConfigureAwait(false);
        }
        catch (EngineException fault) when (fault.Id == EngineErrorId.ImageBuildFailed)
        {
            // What is wrong with the context, the build itself says.
            return null;
        }

        if (image is null)
        {
            return null;
        }

        var report = new BuildReport(build, new BuildSecrets(build), events);
        BuildStep[] steps = [.. record.Steps.Select(Cached)];
        report.Begin();
        Array.ForEach(steps, report.Step);
        report.End();
        return new ImageBuildResult
        {
            Id = image.Id,
            Names = build.Names,
            Size = image.Size,
            Steps = steps,
            Duration = Stopwatch.GetElapsedTime(started),
            ContextBytes = 0,
            IsUnchanged = true,
        };
    }

    /// <summary>Has an image built, and remembers it.</summary>
    /// <param name="build">The build as it was asked for.</param>
    /// <param name="run">Builds it.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>What was built.</returns>
    public async Task<ImageBuildResult> RememberAsync(BuildSpec build, Func<Task<ImageBuildResult>> run, CancellationToken token)
    {
        if (_records is null || build.Names.Count == 0)
        {
            return await run().ConfigureAwait(false);
        }

        // An image that gets another id while the build runs may or may not be the one that was used.
        bool canBeKnown = BuildOptions.CanBeKnown(build with { NoCache = false });
        Dictionary<string, string>? before = canBeKnown ? await _bases.OfAsync(build, token).ConfigureAwait(false) : null;
        ImageBuildResult result = await run().ConfigureAwait(false);
        Dictionary<string, string>? after = before is null ? null : await _bases.OfAsync(build, token).ConfigureAwait(false);
        if (result.ContextDigest is not { } context || before is null || after is null || !IsSame(before, after))
        {
            _records.Drop(Key(build));
            return result;
        }

        return result with
        {
            MemoryFault = _records.Write(Key(build), new RememberedBuild
            {
                Options = BuildOptions.Digest(build),
                Context = context,
                Image = result.Id,
                Bases = after,
                Steps = [.. result.Steps.Select(step => new RememberedStep(step.Stage, step.Number, step.Total, step.Instruction, step.Size))],
            }),
        };
    }

    private static BuildStep Cached(RememberedStep step) => new()
    {
        Stage = step.Stage,
        Number = step.Number,
        Total = step.Total,
        Instruction = step.Instruction,
        Size = step.Size,
        Cached = true,
        Completed = true,
        Duration = TimeSpan.Zero,
    };

    private static bool IsSame(Dictionary<string, string> one, Dictionary<string, string> other) =>
        one.Count == other.Count && one.All(pair => other.GetValueOrDefault(pair.Key) == pair.Value);

    private async Task<ImageDetails?> FindAsync(BuildSpec build, RememberedBuild record, CancellationToken token)
    {
        var context = new BuildContext(build);
        Task<Dictionary<string, string>?> bases = _bases.OfAsync(build, token);
        Task<ImageDetails?>[] images = [.. build.Names.Select(name => engine.InspectImageAsync(name, token))];
        Task reading = Task.Run(() => context.WriteTo(Stream.Null, token), token);
        await Task.WhenAll([bases, reading, .. images]).ConfigureAwait(false);

        ImageDetails?[] found = [.. images.Select(image => image.Result)];
        if (Array.TrueForAll(found, image => image is null))
        {
            _records!.Drop(Key(build));
            return null;
        }

        return Array.TrueForAll(found, image => image?.Id == record.Image)
            && context.Digest == record.Context && bases.Result is { } ids && IsSame(ids, record.Bases) ? found[0] : null;
    }

    private string Key(BuildSpec build) => BuildOptions.Key(engine.Info.Endpoint.Address, build);
}
