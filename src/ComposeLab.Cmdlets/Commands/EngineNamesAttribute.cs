using System.Management.Automation;

namespace ComposeLab.Commands;

/// <summary>Accepts names of engines and objects of Get-LabEngine. Other objects in the pipeline are not names: their properties are bound.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EngineNamesAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = Unwrapped(inputData);
        return value switch
        {
            string or LabEngine => new[] { Name(value) },
            System.Collections.IEnumerable several => several.Cast<object?>().Select(Unwrapped).Select(Name).ToArray(),
            _ => new[] { Name(value) },
        };
    }

    private static object? Unwrapped(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    // PowerShell then binds the object's properties.
    private static string Name(object? value) => value switch
    {
        string name => name,
        LabEngine engine => engine.Name,
        _ => throw new ArgumentTransformationMetadataException(
            $"Expected the name of a docker context or an address, found {value?.GetType().Name ?? "nothing"}.", new PSInvalidCastException("not a name")),
    };
}
