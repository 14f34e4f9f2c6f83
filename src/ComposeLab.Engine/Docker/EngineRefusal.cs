using System.Text.RegularExpressions;

namespace ComposeLab.Engine.Docker;

/// <summary>A cause that engines tell only in the words of a refusal.</summary>
/// <param name="Id">The cause.</param>
/// <param name="Recommendation">What to do about it.</param>
internal sealed partial record EngineRefusal(EngineErrorId Id, string Recommendation)
{
    // The first that fits wins: the words of the runtime come wrapped in those of the engine.
    private static readonly (Regex Words, EngineRefusal Cause)[] Known =
    [
        (DiskFull(), new(EngineErrorId.DiskFull, "Free space on the engine's disk, for example with: docker system prune")),
        (PortTaken(), new(EngineErrorId.PortAlreadyAllocated, "Stop the program that uses the port, or publish another port.")),
        (ContainerName(), new(EngineErrorId.ContainerNameInUse, "Remove or rename the existing container, or set another container_name.")),
        (BindSource(), new(EngineErrorId.BindSourceMissing, "Create the path on the engine host, or correct the volume's source.")),
        (NoCommand(), new(EngineErrorId.CommandMissing, "Add a command or an entrypoint to the service, or use an image that has one.")),
        (User(), new(EngineErrorId.UserNotFound, "Use a user in the image's /etc/passwd, or a number.")),
        (Device(), new(EngineErrorId.DeviceNotFound, "Correct the devices of the service, or install the device or its driver on the engine host.")),
        (WorkingDirectory(), new(EngineErrorId.ProgramNotFound, "Correct the working directory.")),
        (Program(), new(EngineErrorId.ProgramNotFound, "Correct the command or the entrypoint: the program must be in the image and executable.")),
        (Network(), new(EngineErrorId.NetworkNotFound, "Start the stack again to create its networks. Create an external network first.")),
        (Image(), new(EngineErrorId.ImageNotFound, "Pull or build the image.")),
        (Subnet(), new(EngineErrorId.EngineRefused, "Remove unused networks (docker network ls), or set a free subnet for the network under ipam.")),
    ];

    /// <summary>Finds the cause of a refusal.</summary>
    /// <param name="status">The HTTP status, or 0 where the words came another way.</param>
    /// <param name="said">What the engine said.</param>
    /// <returns>The cause, or null where the words tell none that is known.</returns>
    public static EngineRefusal? Of(int status, string said)
    {
        // A missing object is what many callers expect: only networks and images that a container needs are causes of their own.
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

    [GeneratedRegex("overlaps with other one|non-overlapping", Plain)]
    private static partial Regex Subnet();
}
