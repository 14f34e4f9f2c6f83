using System.Management.Automation;
using System.Reflection;
using ComposeLab.Cmdlets.Tests.Hosting;

namespace ComposeLab.Cmdlets.Tests.Policy;

public sealed class SecurityDocumentTests
{
    [Fact]
    public void The_document_states_for_every_cmdlet_what_it_reads_writes_and_runs()
    {
        string[] rows = [.. File.ReadLines(Path.Combine(Repository.Root, "docs", "security.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|')[1])];
        foreach (CmdletAttribute name in typeof(LabErrorId).Assembly.GetExportedTypes().Select(type => type.GetCustomAttribute<CmdletAttribute>()).OfType<CmdletAttribute>())
        {
            Assert.Contains(rows, row => row.Contains($"`{name.VerbName}-{name.NounName}`", StringComparison.Ordinal));
        }
    }
}
