using System.Globalization;
using ComposeLab.Compose.Secrets;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>Runs a service's post_start and pre_stop hooks.</summary>
internal static class HookRunner
{
    /// <summary>Runs a hook to its end.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="hook">The hook.</param>
    /// <param name="mask">Knows the project's secrets.</param>
    /// <param name="written">Receives each line that it wrote, with masked secrets, if it succeeded.</param>
    /// <param name="token">Cancels the wait.</param>
    /// <returns>Completes when it has succeeded.</returns>
    /// <exception cref="EngineException">CommandFailed: its exit code was not 0.</exception>
    public static async Task RunAsync(IEngine engine, HookOperation hook, SecretMask mask, Action<string> written, CancellationToken token)
    {
        ExecResult result = await ExecRunner.RunAsync(engine, hook.Container, hook.Command, token).ConfigureAwait(false);
        if (result.ExitCode == 0)
        {
            foreach (string line in (result.Output + result.Error).ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                written(mask.MaskText(line));
            }

            return;
        }

        string said = (result.Error.Length > 0 ? result.Error : result.Output).Trim();
        throw new EngineException(
            EngineErrorId.CommandFailed,
            string.Create(
                CultureInfo.InvariantCulture,
                $"A hook of service '{hook.Service}' exited with code {result.ExitCode}, expected 0. Output: {mask.MaskText(said)}"),
            "Run it manually")
        {
            Remedies =
            [
                .. hook.Service is null ? Array.Empty<Remedy>() : [Remedy.RunCommand(hook.Service, mask.MaskWords(hook.Command.Command))],
                .. hook.CanSkip ? [Remedy.SkipHooks()] : Array.Empty<Remedy>(),
            ],
            Service = hook.Service,
        };
    }
}
