namespace ComposeLab.Engine.Docker;

/// <summary>What the engine is asked to build.</summary>
/// <param name="Dockerfile">The Dockerfile's path inside the context that is sent.</param>
/// <param name="Options">How it is built.</param>
/// <param name="UseBuildKit">Whether the engine's BuildKit builds; otherwise its classic builder.</param>
public sealed record ImageBuildRequest(string Dockerfile, ImageBuildOptions Options, bool UseBuildKit = true);
