using System.Globalization;
using ComposeLab.Compose.Secrets;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Stacks;

/// <summary>Creates objects from the engine's events.</summary>
internal static class EventObjects
{
    /// <summary>Creates an object.</summary>
    /// <param name="happened">The event.</param>
    /// <returns>The object; known secrets in the command of an exec are masked.</returns>
    public static LabEvent Of(ContainerEvent happened)
    {
        // "exec_start: sh -c ..." and "health_status: healthy" have details after the colon.
        string[] action = happened.Action.Split(": ", 2);
        return new LabEvent
        {
            Time = happened.Time,
            ProjectName = Label(StackLabels.Project),
            Service = Label(StackLabels.Service),
            Container = Label("name"),
            ContainerId = happened.ContainerId,
            IsOneOff = string.Equals(Label(StackLabels.OneOff), "True", StringComparison.OrdinalIgnoreCase),
            Action = action[0],
            Detail = action.Length > 1 ? SecretMask.Standard.MaskText(action[1]) : Label("signal") is { Length: > 0 } signal ? $"signal {signal}" : "",
            ExitCode = int.TryParse(Label("exitCode"), NumberStyles.None, CultureInfo.InvariantCulture, out int code) ? code : null,
        };

        string Label(string name) => happened.Attributes.GetValueOrDefault(name, "");
    }
}
