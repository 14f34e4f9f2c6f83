using System.Management.Automation.Runspaces;
using ComposeLab.Shell.Specs;

namespace ComposeLab.Shell.Hosting;

/// <summary>What a session of this shell starts with: the bare engine and the cmdlets of this assembly.</summary>
internal static class SessionDefaults
{
    /// <summary>Makes the initial state.</summary>
    /// <param name="specs">Whether the session runs specs and knows their words.</param>
    public static InitialSessionState Create(bool specs)
    {
        var state = InitialSessionState.CreateDefault2();

        // Without a thread of its own, a pipeline runs where the console and its signals are.
        state.ThreadOptions = PSThreadOptions.UseCurrentThread;
        state.Commands.Add(ShellCommands.Entries());
        if (specs)
        {
            state.Commands.Add(SpecCommands.Entries());
        }

        return state;
    }
}
