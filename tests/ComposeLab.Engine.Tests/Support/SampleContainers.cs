using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Tests.Support;

/// <summary>Containers with nothing special; tests change what they are about.</summary>
internal static class SampleContainers
{
    /// <summary>A running container in the engine's list, with its name as its id.</summary>
    public static ContainerSummary Row(string name) => new()
    {
        Id = name,
        Name = name,
        Image = "i",
        ImageId = "",
        Created = DateTimeOffset.UnixEpoch,
        State = ContainerState.Running,
        Health = HealthStatus.None,
        ExitCode = null,
        Status = "",
        Labels = new Dictionary<string, string>(),
        Ports = [],
        Networks = new Dictionary<string, ContainerNetwork>(),
        Mounts = [],
    };

    /// <summary>A running container as the engine describes it, with its name as its id.</summary>
    public static ContainerDetails Details(string name) => new()
    {
        Id = name,
        Name = name,
        Image = "i",
        ImageId = "",
        State = ContainerState.Running,
        Health = HealthStatus.None,
        Probes = [],
        ExitCode = 0,
        OutOfMemory = false,
        Error = "",
        Started = null,
        Ended = null,
        RestartCount = 0,
        Tty = false,
        User = "",
        Environment = [],
        Healthcheck = null,
        Labels = new Dictionary<string, string>(),
        Networks = new Dictionary<string, ContainerNetwork>(),
        Mounts = [],
    };
}
