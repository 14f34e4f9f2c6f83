using System.Text;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Api.Tests.Support;

/// <summary>Runs a command inside a container.</summary>
internal static class ContainerCommand
{
    /// <summary>Runs it and ignores its output.</summary>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunAsync(IEngine engine, string container, params string[] command) =>
        (await ReadAsync(engine, container, command)).ExitCode;

    /// <summary>Runs it.</summary>
    /// <returns>Its exit code and output, including errors.</returns>
    public static Task<(int ExitCode, string Output)> ReadAsync(IEngine engine, string container, params string[] command) =>
        ReadAsync(engine, container, new ExecSpec { Command = command });

    /// <summary>Runs it as specified.</summary>
    /// <returns>Its exit code and output, including errors.</returns>
    public static async Task<(int ExitCode, string Output)> ReadAsync(IEngine engine, string container, ExecSpec spec)
    {
        using var session = await engine.StartExecAsync(container, spec, CancellationToken.None);
        using var output = new MemoryStream();
        await session.CopyOutputAsync(output, output, CancellationToken.None);
        int? code = null;
        await Eventually.HoldsAsync(
            async () => (code = await session.ReadExitCodeAsync(CancellationToken.None)) is not null, TimeSpan.FromSeconds(60));
        return (code!.Value, Encoding.UTF8.GetString(output.ToArray()));
    }
}
