using System.Management.Automation;

namespace ComposeLab.Shell.Specs.Commands;

/// <summary>Context: a block of tests.</summary>
[Cmdlet(VerbsCommon.Add, "SpecContext")]
internal sealed class ContextCommand : BlockCommand;
