using System.Globalization;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Database.Routes;

/// <summary>The command that connects its input and output to an address, with what the images of PostgreSQL bring along.</summary>
internal static class RelayCommand
{
    /// <summary>The exit code of a container that has nothing to relay with.</summary>
    public const int NoTool = 127;

    // Alpine has busybox's nc; Debian's images have bash, whose background job ends the relay when our side hangs up.
    private const string Script =
        """
        if command -v nc >/dev/null 2>&1; then exec nc "$1" "$2"; fi
        if command -v bash >/dev/null 2>&1; then
            exec bash -c 'exec 3<>"/dev/tcp/$0/$1" 4<&0 || exit 1; { cat <&4 >&3; kill $$; } 2>/dev/null & exec cat <&3' "$1" "$2"
        fi
        echo "no nc and no bash" >&2
        exit 127
        """;

    /// <summary>Makes the command.</summary>
    /// <param name="host">Name or address, looked up inside the container.</param>
    /// <param name="port">The port.</param>
    /// <returns>The command; values are arguments of the script, never a part of it.</returns>
    public static ExecSpec To(string host, int port) => new()
    {
        Command = ["sh", "-c", Script, "relay", host, port.ToString(CultureInfo.InvariantCulture)],
        Input = true,
    };
}
