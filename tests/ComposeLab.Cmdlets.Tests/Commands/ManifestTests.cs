using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using ComposeLab.Cmdlets.Tests.Hosting;

namespace ComposeLab.Cmdlets.Tests.Commands;

public sealed class ManifestTests
{
    [Fact]
    public void The_manifest_exports_exactly_the_cmdlets_that_exist()
    {
        string manifest = File.ReadAllText(Path.Combine(Repository.Root, "ComposeLab.psd1"));
        string list = Regex.Match(manifest, @"CmdletsToExport\s*=\s*@\(([^)]*)\)").Groups[1].Value;

        IEnumerable<string> cmdlets = typeof(LabErrorId).Assembly.GetExportedTypes()
            .Select(type => type.GetCustomAttribute<CmdletAttribute>()).OfType<CmdletAttribute>().Select(name => $"{name.VerbName}-{name.NounName}");

        Assert.Equal(cmdlets.Order(StringComparer.Ordinal), Regex.Matches(list, "'([^']+)'").Select(match => match.Groups[1].Value));
    }
}
