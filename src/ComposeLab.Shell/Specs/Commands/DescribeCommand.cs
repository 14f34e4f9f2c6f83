using System.Management.Automation;

namespace ComposeLab.Shell.Specs.Commands;

/// <summary>Describe: a block of tests.</summary>
[Cmdlet(VerbsCommon.Add, "SpecDescribe")]
internal sealed class DescribeCommand : BlockCommand;
