using System.Globalization;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Database.Routes;

/// <summary>The command that connects its input and output to an address, with the tools of common images.</summary>
internal static class RelayCommand
{
    /// <summary>The exit code of a container without such a tool.</summary>
    public const int NoTool = 127;

    // Alpine has busybox's nc, where -w limits only connecting; in other versions it limits idle time. Debian images have bash, where a background job ends the
    // relay when our side closes the connection, and another one limits connecting: it must not keep the output open.
    private const string Script =
        """
        if command -v nc >/dev/null 2>&1; then
            case $3:$(nc -h 2>&1) in
            0:*) exec nc "$1" "$2" ;;
            *BusyBox*) exec nc -w "$3" "$1" "$2" ;;
            *) exec nc "$1" "$2" ;;
            esac
        fi
        if command -v bash >/dev/null 2>&1; then
            exec bash -c '
                if [ "$2" != 0 ]; then { sleep "$2"; echo "timed out" >&5; kill $$; } 5>&2 >/dev/null 2>&1 </dev/null & w=$!; fi
                trap "kill \$w 2>/dev/null" EXIT
                exec 3<>"/dev/tcp/$0/$1" 4<&0 || exit 1
                kill $w 2>/dev/null; trap - EXIT
                { cat <&4 >&3; kill $$; } 2>/dev/null & exec cat <&3' "$1" "$2" "$3"
        fi
        echo "no nc and no bash" >&2
        exit 127
        """;

    /// <summary>Creates the command.</summary>
    /// <param name="host">Name or address, looked up inside the container.</param>
    /// <param name="port">The port.</param>
    /// <param name="connectSeconds">The time limit for connecting, in whole seconds; 0 for the system's default.</param>
    /// <returns>The command; values are arguments of the script, never part of it.</returns>
    public static ExecSpec To(string host, int port, int connectSeconds = 0) => new()
    {
        Command = ["sh", "-c", Script, "relay", host, port.ToString(CultureInfo.InvariantCulture), connectSeconds.ToString(CultureInfo.InvariantCulture)],
        Input = true,
    };
}
