using System.Net.Sockets;

namespace ComposeLab.Engine.Docker;

/// <summary>The command to start the engine of this machine if it does not answer.</summary>
internal static class EngineStart
{
    private const string Elsewhere = "or set DOCKER_HOST to a running engine";

    /// <summary>Finds it.</summary>
    /// <param name="address">Where the engine should be.</param>
    /// <param name="fault">The exception, if any.</param>
    /// <returns>A command that can be pasted, and an alternative.</returns>
    public static string On(Uri address, Exception? fault) => On(address, fault, OperatingSystem.IsMacOS(), OperatingSystem.IsWindows(), Path.Exists);

    /// <summary>Finds it for a machine.</summary>
    /// <param name="address">Where the engine should be.</param>
    /// <param name="fault">The exception, if any.</param>
    /// <param name="isMac">Whether the machine runs macOS.</param>
    /// <param name="isWindows">Whether it runs Windows.</param>
    /// <param name="exists">Whether it has a file or folder.</param>
    /// <returns>A command that can be pasted, and an alternative.</returns>
    internal static string On(Uri address, Exception? fault, bool isMac, bool isWindows, Func<string, bool> exists)
    {
        if (fault is TimeoutException or OperationCanceledException)
        {
            // It is running: starting it does not help.
            return $"Wait and run the command again: the engine is running but busy. If the problem continues, check the engine log, {Elsewhere}";
        }

        if (address.Scheme is not ("unix" or "npipe"))
        {
            return $"Start the engine on {address.Host}, {Elsewhere}";
        }

        if (IsDenied(fault))
        {
            return isWindows
                ? $"Run as an administrator: net localgroup docker-users \"$Env:USERNAME\" /add; then log in again, {Elsewhere}"
                : $"sudo usermod -aG docker $(id -un); then log in again, {Elsewhere}";
        }

        string? start = isMac ? "open -a Docker"
            : isWindows ? "& \"$Env:ProgramFiles\\Docker\\Docker\\Docker Desktop.exe\""
            : exists("/run/systemd/system") ? "sudo systemctl start docker"
            : exists("/etc/init.d/docker") ? "sudo service docker start"
            : null;
        return start is null ? $"Start the engine (for example, with ./lab up), {Elsewhere}" : $"{start}; {Elsewhere}";
    }

    private static bool IsDenied(Exception? fault)
    {
        for (Exception? at = fault; at is not null; at = at.InnerException)
        {
            if (at is SocketException { SocketErrorCode: SocketError.AccessDenied } or UnauthorizedAccessException)
            {
                return true;
            }
        }

        return false;
    }
}
