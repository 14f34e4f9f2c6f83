using System.ComponentModel;
using System.Diagnostics;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Images.Trace;

namespace ComposeLab.Engine.Images.Buildx;

/// <summary>Builds images with the docker-buildx plugin. The steps, the result and the errors are those of the engine's own builds.</summary>
/// <param name="engine">The engine that gets the images.</param>
/// <param name="endpoint">The engine's endpoint.</param>
/// <param name="program">The plugin's file.</param>
/// <param name="environment">The OS environment.</param>
internal sealed class BuildxBuilder(IEngine engine, EngineEndpoint endpoint, string program, IReadOnlyDictionary<string, string> environment)
{
    private readonly BuildxProcess _process = new(program, environment, EndpointVariables.Of(endpoint));

    /// <summary>Builds an image.</summary>
    /// <param name="spec">What to build.</param>
    /// <param name="events">Receives the steps as they begin and end; their parent is <c>image NAME</c>.</param>
    /// <param name="token">Cancels the build.</param>
    /// <returns>The image and its steps. Its size is 0 if the builder did not store it on the engine.</returns>
    /// <exception cref="EngineException">ImageBuildFailed.</exception>
    public async Task<ImageBuildResult> BuildAsync(BuildSpec spec, IEngineEvents events, CancellationToken token)
    {
        long started = Stopwatch.GetTimestamp();
        var secrets = new BuildSecrets(spec);
        var report = new BuildReport(spec, secrets, events);
        report.Begin();
        try
        {
            (BuildTranscript transcript, BuildxOutput output) = await RunAsync(spec, secrets, report, token).ConfigureAwait(false);
            string id = transcript.ImageId!;
            ImageDetails? image = await engine.InspectImageAsync(id, token).ConfigureAwait(false);
            IReadOnlyList<BuildStep> steps = image is null ? transcript.Steps : StepSizes.Add(transcript.Steps, await engine.ReadImageHistoryAsync(id, token).ConfigureAwait(false));
            report.End();
            return new ImageBuildResult
            {
                Id = id,
                Names = spec.Names,
                IsOnEngine = image is not null,
                Size = image?.Size ?? 0,
                Steps = [.. steps.Select(step => step with { Instruction = secrets.Mask(step.Instruction) })],
                Duration = Stopwatch.GetElapsedTime(started),
                ContextBytes = output.ContextBytes,
            };
        }
        catch (EngineException)
        {
            report.Fail();
            throw;
        }
    }

    /// <summary>Checks a Dockerfile without building it.</summary>
    /// <param name="spec">What would be built.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>What the builder recommends to change.</returns>
    /// <exception cref="EngineException">ImageBuildFailed: the Dockerfile is not valid, or the builder does not support checks.</exception>
    public async Task<IReadOnlyList<DockerfileWarning>> CheckAsync(BuildSpec spec, CancellationToken token)
    {
        var secrets = new BuildSecrets(spec);
        return await GuardedAsync(spec, async folder =>
        {
            var transcript = new BuildTranscript(_ => { }, TimeProvider.System);
            var output = new BuildxOutput(transcript, TimeProvider.System);
            (int code, string answer) = await _process.RunAsync(BuildxCommand.Check(spec, folder.Dockerfile(spec)), output.Read, token).ConfigureAwait(false);
            if (DockerfileWarning.Read(answer) is { } warnings)
            {
                return warnings;
            }

            transcript.End(null, output.Error.Length > 0 ? output.Error : $"docker-buildx exited with code {code}");
            throw BuildFailure.Of(spec, secrets, transcript, output.ErrorLine);
        }).ConfigureAwait(false);
    }

    private Task<(BuildTranscript Transcript, BuildxOutput Output)> RunAsync(BuildSpec spec, BuildSecrets secrets, BuildReport report, CancellationToken token) =>
        GuardedAsync(spec, async folder =>
        {
            string? dockerfile = folder.Dockerfile(spec);
            foreach (string progress in (string[])["rawjson", "plain"])
            {
                var transcript = new BuildTranscript(report.Step, TimeProvider.System);
                var output = new BuildxOutput(transcript, TimeProvider.System);
                (int code, _) = await _process.RunAsync(BuildxCommand.Build(spec, dockerfile, folder.ImageIdFile, progress), output.Read, token).ConfigureAwait(false);
                transcript.End(code == 0 ? folder.ImageId() : null, code == 0 ? null : output.Error is { Length: > 0 } error ? error : $"docker-buildx exited with code {code}");
                if (code == 0 && transcript.ImageId is not null)
                {
                    return (transcript, output);
                }

                if (progress == "plain" || !LacksJson(transcript))
                {
                    throw BuildFailure.Of(spec, secrets, transcript, output.ErrorLine);
                }
            }

            throw new UnreachableException();
        });

    // A plugin older than 0.13 only knows progress as text.
    private static bool LacksJson(BuildTranscript transcript) =>
        transcript.Steps.Count == 0 && transcript.Error is { } error && error.Contains("rawjson", StringComparison.OrdinalIgnoreCase);

    private async Task<T> GuardedAsync<T>(BuildSpec spec, Func<BuildxFolder, Task<T>> run)
    {
        try
        {
            using var folder = new BuildxFolder();
            return await run(folder).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is Win32Exception or IOException or UnauthorizedAccessException)
        {
            throw new EngineException(
                EngineErrorId.ImageBuildFailed,
                $"Could not build the image of {spec.Title}: {program} cannot be run, or its files cannot be written: {fault.Message.TrimEnd('.')}.",
                "Check that the program is executable, and that the folder of temporary files is writable",
                fault)
            {
                Service = spec.Service,
            };
        }
    }
}
