using System.Text.RegularExpressions;

namespace ComposeLab.Engine.Docker;

/// <summary>A cause that engines report only in the text of an error.</summary>
/// <param name="Id">The cause.</param>
/// <param name="Recommendation">The fix.</param>
internal sealed partial record EngineRefusal(EngineErrorId Id, string Recommendation)
{
    // The first match is used: the message of the runtime is embedded in that of the engine.
    private static readonly (Regex Words, EngineRefusal Cause)[] Known =
    [
        (DiskFull(), new(EngineErrorId.DiskFull, "Free space on the engine's disk, for example with: docker system prune")),
        (PortTaken(), new(EngineErrorId.PortAlreadyAllocated, "Stop the program that uses the port, or publish another port.")),
        (ContainerName(), new(EngineErrorId.ContainerNameInUse, "Remove or rename the existing container, or use another name.")),
        (BindSource(), new(EngineErrorId.BindSourceMissing, "Create the path on the engine host, or correct the volume's source.")),
        (NoCommand(), new(EngineErrorId.CommandMissing, "Add a command or an entrypoint to the service, or use an image that has one.")),
        (User(), new(EngineErrorId.UserNotFound, "Use a user in the image's /etc/passwd, or a number.")),
        (Device(), new(EngineErrorId.DeviceNotFound, "Correct the devices of the service, or install the device or its driver on the engine host.")),
        (WorkingDirectory(), new(EngineErrorId.ProgramNotFound, "Correct the working directory.")),
        (Program(), new(EngineErrorId.ProgramNotFound, "Correct the command or the entrypoint: the program must be in the image and executable.")),
        (Network(), new(EngineErrorId.NetworkNotFound, "Start the stack again to create its networks. Create an external network first.")),
        (Image(), new(EngineErrorId.ImageNotFound, "Pull or build the image.")),
        (Link(), new(EngineErrorId.ArchiveUnsafe, "The engine creates no links that lead out of the destination. Remove the link, or copy the folder that it belongs to.")),
        (ReadOnly(), new(EngineErrorId.EngineRefused, "Use a path in the container that is not read-only.")),
        (Subnet(), new(EngineErrorId.EngineRefused, "Remove unused networks (docker network ls), or set a free subnet for the network under ipam.")),
    ];

    /// <summary>Finds the cause of an error.</summary>
    /// <param name="status">The HTTP status, or 0 if the message arrived in another way.</param>
    /// <param name="said">The engine's message.</param>
    /// <returns>The cause, or null if the message is unknown.</returns>
    public static EngineRefusal? Of(int status, string said)
    {
        // Many callers expect that an object may be missing. Only missing networks and images of a container are separate causes.
        bool isPlainMiss = status == 404 && !said.Contains("network", StringComparison.OrdinalIgnoreCase) && !said.Contains("image", StringComparison.OrdinalIgnoreCase)
            && !said.Contains("executable", StringComparison.OrdinalIgnoreCase) && !said.Contains("user", StringComparison.OrdinalIgnoreCase);
        return isPlainMiss ? null : Array.Find(Known, known => known.Words.IsMatch(said)).Cause;
    }

    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex("no space left on device|disk quota exceeded", Plain)]
    private static partial Regex DiskFull();

    [GeneratedRegex("port is already allocated|address already in use|ports are not available", Plain)]
    private static partial Regex PortTaken();

    [GeneratedRegex("container name .* is already in use", Plain)]
    private static partial Regex ContainerName();

    [GeneratedRegex("bind source path does not exist|error mounting .*(no such file or directory|not a directory)|are you trying to mount a directory onto a file", Plain)]
    private static partial Regex BindSource();

    [GeneratedRegex("no command specified", Plain)]
    private static partial Regex NoCommand();

    [GeneratedRegex("unable to find (user|group)|no matching entries in (passwd|group) file|no users found", Plain)]
    private static partial Regex User();

    [GeneratedRegex("error gathering device information|could not select device driver|unknown or invalid runtime name|device or resource .*not found", Plain)]
    private static partial Regex Device();

    [GeneratedRegex("chdir to cwd|cwd must be an absolute path|current working directory is outside", Plain)]
    private static partial Regex WorkingDirectory();

    [GeneratedRegex("executable file not found|exec: .*(no such file or directory|permission denied|is a directory)|exec format error|starting container process caused", Plain)]
    private static partial Regex Program();

    [GeneratedRegex("network .*not found|could not find a network|no such network", Plain)]
    private static partial Regex Network();

    [GeneratedRegex("no such image", Plain)]
    private static partial Regex Image();

    [GeneratedRegex("invalid (symlink|hardlink) ", Plain)]
    private static partial Regex Link();

    [GeneratedRegex("is marked read-only", Plain)]
    private static partial Regex ReadOnly();

    [GeneratedRegex("overlaps with other one|non-overlapping", Plain)]
    private static partial Regex Subnet();
}
