using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Objects;

/// <summary>Ends the commands before this one, as <c>Select-Object -First</c> does.</summary>
internal static class PipelineEnd
{
    /// <summary>Ends them now; never returns.</summary>
    /// <param name="command">The command that needs no more input.</param>
    public static void Stop(PSCmdlet command)
    {
        // The engine's own exception for this is internal and knows how to unwind exactly this pipeline.
        var type = typeof(PSObject).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;
        throw (Exception)Activator.CreateInstance(type, command)!;
    }
}
