using System.Diagnostics;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Images.Context;
using ComposeLab.Engine.Images.Sizes;
using ComposeLab.Engine.Images.Trace;

namespace ComposeLab.Engine.Images;

/// <summary>Builds an image with the engine's BuildKit, or with its classic builder if it has no BuildKit.</summary>
public static class ImageBuilder
{
    private const int MostAttempts = 3;

    /// <summary>Builds an image.</summary>
    /// <param name="engine">The engine that builds and stores it.</param>
    /// <param name="spec">What to build.</param>
    /// <param name="events">Receives the steps as they begin and end; their parent is <c>image NAME</c>.</param>
    /// <param name="token">Cancels the build.</param>
    /// <returns>The image and its steps.</returns>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorId.ImageBuildFailed"/>: a step failed, or the context or the Dockerfile is invalid; other errors when the engine does not answer.
    /// </exception>
    public static async Task<ImageBuildResult> BuildAsync(IEngine engine, BuildSpec spec, IEngineEvents events, CancellationToken token)
    {
        var started = Stopwatch.GetTimestamp();
        var context = new BuildContext(spec);
        var secrets = new BuildSecrets(spec);
        var report = new BuildReport(spec, secrets, events);
        BuildTranscript transcript;
        IReadOnlyList<BuildStep>? steps = null;
        int attempts = 0;
        report.Begin();
        try
        {
            do
            {
                transcript = new BuildTranscript(report.Step, TimeProvider.System, context.Stages);
                await RunAsync(engine, spec, context, transcript, token).ConfigureAwait(false);
                // The steps of a second attempt are all in the cache, which is not what the user wants to know.
                steps ??= transcript.Steps;
            }
            while (HasLostSnapshot(transcript.Error) && ++attempts < MostAttempts);

            if (transcript.Error is not null || transcript.ImageId is null)
            {
                throw BuildFailure.Of(spec, secrets, transcript);
            }

            var inspecting = engine.InspectImageAsync(transcript.ImageId, token);
            var reading = engine.ReadImageHistoryAsync(transcript.ImageId, token);
            await Task.WhenAll(inspecting, reading).ConfigureAwait(false);
            ImageSpace? space = inspecting.Result is { } image ? await new ImageSizes(engine).SpaceAsync(image, reading.Result, token).ConfigureAwait(false) : null;
            report.End();
            return new ImageBuildResult
            {
                Id = transcript.ImageId,
                Names = spec.Names,
                Size = space?.Size ?? 0,
                Steps = [.. StepSizes.Add(steps, reading.Result).Select(step => step with { Instruction = secrets.Mask(step.Instruction) })],
                Duration = Stopwatch.GetElapsedTime(started),
                ContextBytes = context.BytesRead,
            };
        }
        catch (EngineException fault)
        {
            report.Fail();
            // An unreadable context aborts the call, and the call's own error does not mention it.
            throw context.Fault ?? fault;
        }
    }

    // With containerd's store, a build fails from time to time after its last step, because a layer was removed in the meantime (moby/buildkit issue 6521).
    private static bool HasLostSnapshot(string? error) =>
        error?.Contains("failed to prepare extraction snapshot", StringComparison.Ordinal) == true && error.Contains("does not exist", StringComparison.Ordinal);

    private static async Task RunAsync(IEngine engine, BuildSpec spec, BuildContext context, BuildTranscript transcript, CancellationToken token)
    {
        try
        {
            await RunAsync(engine, spec, context, transcript, useBuildKit: true, token).ConfigureAwait(false);
        }
        catch (EngineException fault) when (LacksBuildKit(fault))
        {
            // The classic builder can ignore its cache only as a whole.
            bool isFiltered = spec.NoCacheStages.Count > 0;
            BuildSpec classic = isFiltered ? spec with { NoCacheStages = [], NoCache = true } : spec;
            await RunAsync(engine, classic, isFiltered ? new BuildContext(classic) : context, transcript, useBuildKit: false, token).ConfigureAwait(false);
        }
    }

    private static async Task RunAsync(
        IEngine engine, BuildSpec spec, BuildContext context, BuildTranscript transcript, bool useBuildKit, CancellationToken token)
    {
        using var archive = context.Open(token);
        var request = new ImageBuildRequest(context.Dockerfile, spec with { Target = context.Target }, useBuildKit);
        using var answer = await engine.BuildImageAsync(archive, request, token).ConfigureAwait(false);
        using var lines = new StreamReader(answer);
        try
        {
            while (await lines.ReadLineAsync(token).ConfigureAwait(false) is { } line)
            {
                if (line.Length > 0)
                {
                    transcript.Read(line);
                }
            }
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException && !token.IsCancellationRequested)
        {
            // The stream also breaks if the engine has ended; another call shows that.
            await engine.InspectImageAsync(spec.Names.Count > 0 ? spec.Names[0] : spec.Title, token).ConfigureAwait(false);
            throw new EngineException(
                EngineErrorId.ImageBuildFailed,
                $"Could not build the image of {spec.Title}: the progress stream of the engine ended unexpectedly ({fault.Message}).",
                "Build again. If it fails again, check the engine log.",
                fault)
            { Service = spec.Service };
        }
    }

    // An engine without BuildKit reports it as text: an older API as "not supported", by a daemon setting as "not enabled".
    private static bool LacksBuildKit(EngineException fault) =>
        fault.StatusCode is 400 or 404 or 501 or 500 && fault.Message.Contains("buildkit", StringComparison.OrdinalIgnoreCase);
}
