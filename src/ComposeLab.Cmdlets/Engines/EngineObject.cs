using System.Management.Automation;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engines;

/// <summary>Creates the module's object for an engine.</summary>
/// <param name="endpoint">Its endpoint.</param>
/// <param name="isCurrent">Whether it is the one that is used by default.</param>
internal sealed class EngineObject(EngineEndpoint endpoint, bool isCurrent)
{
    /// <summary>The object for an engine that answers.</summary>
    /// <param name="info">What the connection found out.</param>
    /// <param name="description">What the engine says.</param>
    /// <param name="use">Its disk use; null if it was not measured.</param>
    /// <returns>The object.</returns>
    public LabEngine Of(EngineInfo info, EngineDescription description, EngineDiskUse? use) => new()
    {
        Name = endpoint.Name,
        Endpoint = endpoint.Address.OriginalString,
        IsCurrent = isCurrent,
        IsPrivate = !endpoint.IsOpen,
        Reachable = true,
        Version = info.Version,
        ApiVersion = info.ApiVersion.ToString(),
        Platform = $"{info.OperatingSystem}/{info.Architecture}",
        HostName = description.Host,
        HostSystem = description.HostSystem,
        Processors = description.Processors,
        Memory = description.Memory,
        Storage = description.UsesContainerdStore ? $"{description.StorageDriver} (containerd)" : description.StorageDriver,
        Swarm = description.SwarmState == "active" ? (description.IsSwarmManager ? "manager" : "worker") : description.SwarmState,
        Running = description.RunningContainers,
        Containers = description.Containers,
        Images = description.Images,
        Usage = use is null ? null : new LabEngineUsage
        {
            Images = use.Images.Size,
            Containers = use.Containers.Size,
            Volumes = use.Volumes.Size,
            BuildCache = use.BuildCache.Size,
            Reclaimable = use.Images.Reclaimable + use.Containers.Reclaimable + use.Volumes.Reclaimable + use.BuildCache.Reclaimable,
            ReclaimableVolumes = use.Volumes.Reclaimable,
        },
    };

    /// <summary>The object for a context whose address cannot be used.</summary>
    /// <param name="name">The context.</param>
    /// <param name="error">Why.</param>
    /// <returns>The object.</returns>
    public static LabEngine Unusable(string name, ErrorRecord error) => new()
    {
        Name = name,
        Endpoint = "",
        IsCurrent = false,
        IsPrivate = true,
        Reachable = false,
        Error = error.ErrorDetails.Message,
        ErrorId = error.FullyQualifiedErrorId,
    };

    /// <summary>The object for an engine that does not answer.</summary>
    /// <param name="error">Why.</param>
    /// <returns>The object.</returns>
    public LabEngine Of(ErrorRecord error) => new()
    {
        Name = endpoint.Name,
        Endpoint = endpoint.Address.OriginalString,
        IsCurrent = isCurrent,
        IsPrivate = !endpoint.IsOpen,
        Reachable = false,
        Error = error.ErrorDetails.Message,
        ErrorId = error.FullyQualifiedErrorId,
    };
}
