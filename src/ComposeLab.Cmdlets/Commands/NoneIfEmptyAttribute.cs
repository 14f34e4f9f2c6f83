using System.Management.Automation;

namespace ComposeLab.Commands;

/// <summary>Lets scripts pass a value that may be missing: an empty string means that nothing was specified.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NoneIfEmptyAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override bool TransformNullOptionalParameters => true;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData is null or "" or PSObject { BaseObject: "" } ? null! : inputData;
}

/// <summary>Accepts one name. Several names are an error that shows how to pass them.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OneNameAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is object[] { Length: > 1 } several
            ? throw new ArgumentTransformationMetadataException(
                $"Expected one name, found {several.Length}: {string.Join(", ", several)}. Run the command for each: {string.Join(", ", several.Select(name => $"'{name}'"))} | ForEach-Object {{ ... $_ }}")
            : value is object[] { Length: 1 } only ? only[0] : inputData!;
    }
}
