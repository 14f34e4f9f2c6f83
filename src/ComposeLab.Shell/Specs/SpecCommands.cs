using System.Management.Automation.Runspaces;
using ComposeLab.Shell.Specs.Commands;

namespace ComposeLab.Shell.Specs;

/// <summary>What spec files are written in, besides the shell's own cmdlets.</summary>
internal static class SpecCommands
{
    /// <summary>New entries for the initial state of a session that runs specs.</summary>
    public static SessionStateCommandEntry[] Entries() =>
    [
        new SessionStateCmdletEntry("Add-SpecAfterAll", typeof(AfterAllCommand), null),
        new SessionStateCmdletEntry("Add-SpecAfterEach", typeof(AfterEachCommand), null),
        new SessionStateCmdletEntry("Add-SpecBeforeAll", typeof(BeforeAllCommand), null),
        new SessionStateCmdletEntry("Add-SpecBeforeDiscovery", typeof(BeforeDiscoveryCommand), null),
        new SessionStateCmdletEntry("Add-SpecBeforeEach", typeof(BeforeEachCommand), null),
        new SessionStateCmdletEntry("Add-SpecContext", typeof(ContextCommand), null),
        new SessionStateCmdletEntry("Add-SpecDescribe", typeof(DescribeCommand), null),
        new SessionStateCmdletEntry("Add-SpecIt", typeof(ItCommand), null),
        new SessionStateCmdletEntry("Assert-Spec", typeof(ShouldCommand), null),
        new SessionStateCmdletEntry("Set-ItResult", typeof(SetItResultCommand), null),

        // Pester's words have no verb; cmdlets must have one.
        new SessionStateAliasEntry("Describe", "Add-SpecDescribe"),
        new SessionStateAliasEntry("Context", "Add-SpecContext"),
        new SessionStateAliasEntry("It", "Add-SpecIt"),
        new SessionStateAliasEntry("BeforeAll", "Add-SpecBeforeAll"),
        new SessionStateAliasEntry("AfterAll", "Add-SpecAfterAll"),
        new SessionStateAliasEntry("BeforeEach", "Add-SpecBeforeEach"),
        new SessionStateAliasEntry("AfterEach", "Add-SpecAfterEach"),
        new SessionStateAliasEntry("BeforeDiscovery", "Add-SpecBeforeDiscovery"),
        new SessionStateAliasEntry("Should", "Assert-Spec"),
    ];
}
