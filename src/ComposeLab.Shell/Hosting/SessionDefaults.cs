using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace ComposeLab.Shell.Hosting;

/// <summary>What a session of this shell starts with: the bare engine and the cmdlets of this assembly.</summary>
internal static class SessionDefaults
{
    /// <summary>Makes the initial state.</summary>
    public static InitialSessionState Create()
    {
        var state = InitialSessionState.CreateDefault2();

        // Without a thread of its own, a pipeline runs where the console and its signals are.
        state.ThreadOptions = PSThreadOptions.UseCurrentThread;
        foreach (var type in typeof(SessionDefaults).Assembly.GetTypes())
        {
            if (type.GetCustomAttribute<CmdletAttribute>() is { } cmdlet)
            {
                state.Commands.Add(new SessionStateCmdletEntry($"{cmdlet.VerbName}-{cmdlet.NounName}", type, null));
            }
        }

        foreach (var (name, definition) in SpecAliases)
        {
            state.Commands.Add(new SessionStateAliasEntry(name, definition));
        }

        return state;
    }

    // Pester's words have no verb; cmdlets must have one.
    private static IEnumerable<(string Name, string Definition)> SpecAliases =>
    [
        ("Describe", "Add-SpecDescribe"),
        ("Context", "Add-SpecContext"),
        ("It", "Add-SpecIt"),
        ("BeforeAll", "Add-SpecBeforeAll"),
        ("AfterAll", "Add-SpecAfterAll"),
        ("BeforeEach", "Add-SpecBeforeEach"),
        ("AfterEach", "Add-SpecAfterEach"),
        ("BeforeDiscovery", "Add-SpecBeforeDiscovery"),
        ("Should", "Assert-Spec"),
    ];
}
