using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Machine;

/// <summary>Loads an assembly. Compiling source is not possible here: the compiler is not part of this shell.</summary>
[Cmdlet(VerbsCommon.Add, "Type")]
internal sealed class AddTypeCommand : PSCmdlet
{
    /// <summary>The assemblies' files.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Path")]
    [Alias("LiteralPath")]
    public string[] Path { get; set; } = [];

    /// <summary>The assemblies' names.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "AssemblyName")]
    [Alias("AN")]
    public string[] AssemblyName { get; set; } = [];

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var file in Path.SelectMany(path => GetResolvedProviderPathFromPSPath(path, out _)))
        {
            System.Reflection.Assembly.LoadFrom(file);
        }

        foreach (var name in AssemblyName)
        {
            System.Reflection.Assembly.Load(name);
        }
    }
}
