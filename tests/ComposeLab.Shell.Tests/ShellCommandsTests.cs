using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using ComposeLab.Shell.Hosting;
using ComposeLab.Shell.Specs;

namespace ComposeLab.Shell.Tests;

public sealed class ShellCommandsTests
{
    [Fact]
    public void The_tables_name_every_cmdlet_of_the_shell_as_it_names_itself()
    {
        var declared = typeof(ShellCommands).Assembly.GetTypes()
            .Select(type => (Type: type, Cmdlet: type.GetCustomAttribute<CmdletAttribute>()))
            .Where(one => one.Cmdlet is not null)
            .Select(one => $"{one.Cmdlet!.VerbName}-{one.Cmdlet.NounName} {one.Type.Name}");

        var named = ShellCommands.Entries().Concat(SpecCommands.Entries().OfType<SessionStateCmdletEntry>())
            .Select(entry => $"{entry.Name} {entry.ImplementingType.Name}");

        Assert.Equal(declared.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }
}
