using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Execution;

/// <summary>
/// The containers that this module's own probe found healthy before the engine did. The engine reports them as starting for a whole interval; until its verdict,
/// every query in every session of the user shows what the start has reported. Each container has a small file in a folder that only the user can write to.
/// </summary>
/// <param name="folder">The folder; null if nothing can be kept.</param>
public sealed class ProbedHealth(string? folder)
{
    // Longer than any healthcheck is starting.
    private static readonly TimeSpan LongestUse = TimeSpan.FromDays(1);

    /// <summary>Uses the folder of the current user.</summary>
    public ProbedHealth()
        : this(PrivateFolder.OfUser() is { } own ? Path.Combine(own, "health") : null)
    {
    }

    /// <summary>Whether a container may have passed a probe that the engine does not know yet; <see cref="Covers"/> decides.</summary>
    /// <param name="container">The container as the engine lists it.</param>
    /// <returns>False for every container that the engine found healthy. One that was paused is listed as unhealthy without a verdict.</returns>
    public bool MayCover(ContainerSummary container)
    {
        ArgumentNullException.ThrowIfNull(container);
        return container is { State: ContainerState.Running, Health: HealthStatus.Starting or HealthStatus.Unhealthy } && FileOf(container.Id) is { } file && File.Exists(file);
    }

    /// <summary>Whether a container has passed a probe since it was started, and the engine has not reported anything else since then.</summary>
    /// <param name="container">The container.</param>
    /// <returns>True if it counts as healthy although the engine still reports it as starting.</returns>
    public bool Covers(ContainerDetails container)
    {
        ArgumentNullException.ThrowIfNull(container);
        return container is { State: ContainerState.Running, Health: HealthStatus.Starting, Started: { } started }
            && Read(container.Id) is { } seen
            && seen.Started == started.UtcTicks
            && !container.Probes.Any(probe => probe.ExitCode != 0 && probe.Ended.UtcTicks > seen.Passed);
    }

    /// <summary>The health of a container: the verdict of the engine, or that of a probe until then.</summary>
    /// <param name="container">The container.</param>
    /// <returns>Its health.</returns>
    public HealthStatus Of(ContainerDetails container) => Covers(container) ? HealthStatus.Healthy : container.Health;

    /// <summary>Records that a container's healthcheck has passed.</summary>
    /// <param name="container">The container, inspected after the probe.</param>
    /// <param name="began">When the probe began. A container that was started later has not passed it.</param>
    /// <param name="time">The current time.</param>
    public void Passed(ContainerDetails container, DateTimeOffset began, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(container);
        if (container.Started is not { } started || started > began || FileOf(container.Id) is not { } file)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(folder!);
            RemoveOld(time);
            string written = $"{file}.{Guid.NewGuid():N}";
            File.WriteAllText(written, string.Create(CultureInfo.InvariantCulture, $"{started.UtcTicks} {time.UtcTicks}"));
            File.Move(written, file, overwrite: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Without the file, queries show what the engine reports.
        }
    }

    private void RemoveOld(DateTimeOffset time)
    {
        foreach (FileInfo file in new DirectoryInfo(folder!).EnumerateFiles())
        {
            if (file.LastWriteTimeUtc < time.UtcDateTime - LongestUse)
            {
                file.Delete();
            }
        }
    }

    private (long Started, long Passed)? Read(string container)
    {
        try
        {
            return FileOf(container) is { } file && File.Exists(file)
                && File.ReadAllText(file).Split(' ') is [var started, var passed]
                && long.TryParse(started, NumberStyles.None, CultureInfo.InvariantCulture, out long startedTicks)
                && long.TryParse(passed, NumberStyles.None, CultureInfo.InvariantCulture, out long passedTicks)
                    ? (startedTicks, passedTicks)
                    : null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // An id is text of the engine, which may be anything.
    private string? FileOf(string container) => folder is null
        ? null
        : Path.Combine(folder, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(container)))[..32]);
}
