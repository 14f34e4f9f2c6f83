using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Execution;

/// <summary>
/// Stops a command that is still running inside a container. The engine has no call for it: a second command finds the first one by its properties and kills its
/// process group.
/// </summary>
internal static class ExecEnding
{
    // A command that the engine started has no parent inside the container. The image needs only a shell with its built-in commands.
    // If two commands look the same, neither is stopped, because it might be another one.
    private const string Script = """
        match=
        for stat in /proc/[0-9]*/stat; do
          pid=${stat#/proc/}; pid=${pid%/stat}
          if [ "$pid" = "$$" ] || [ "$pid" = 1 ]; then continue; fi
          read -r line < "$stat" || continue
          set -- ${line##*) }
          [ "$2" = 0 ] || continue
          found=$(cat "/proc/$pid/cmdline")
          case $found in
            *"$COMPOSELAB_COMMAND") [ -z "$match" ] || exit 1; match=$pid ;;
          esac
        done 2>/dev/null
        [ -n "$match" ] || exit 1
        end() { kill "-$1" -- "-$match" || kill "-$1" "-$match" || kill "-$1" "$match"; }
        end TERM 2>/dev/null || exit 1
        sleep 0.2 2>/dev/null || sleep 1
        end KILL 2>/dev/null
        exit 0
        """;

    /// <summary>Stops a command, if the container has the necessary tools.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="container">The container.</param>
    /// <param name="spec">The command.</param>
    /// <param name="session">The running command.</param>
    /// <param name="token">Cancels the attempt.</param>
    /// <returns>True if it was stopped; false if it is still running, or if this is unknown.</returns>
    public static async Task<bool> TryAsync(IEngine engine, string container, ExecSpec spec, IExecSession session, CancellationToken token)
    {
        try
        {
            if ((await session.ReadStateAsync(token).ConfigureAwait(false)).ExitCode is not null)
            {
                return true;
            }

            var ending = new ExecSpec
            {
                Command = ["/bin/sh", "-c", Script],
                User = spec.User,
                Environment = [$"COMPOSELAB_COMMAND={string.Concat(spec.Command).TrimEnd('\n')}"],
            };
            using IExecSession killer = await engine.StartExecAsync(container, ending, token).ConfigureAwait(false);
            while ((await session.ReadStateAsync(token).ConfigureAwait(false)).ExitCode is null)
            {
                if (await killer.ReadExitCodeAsync(token).ConfigureAwait(false) is > 0)
                {
                    return false;
                }

                await Task.Delay(20, token).ConfigureAwait(false);
            }

            return true;
        }
        catch (Exception fault) when (fault is EngineException or OperationCanceledException)
        {
            return false;
        }
    }
}
