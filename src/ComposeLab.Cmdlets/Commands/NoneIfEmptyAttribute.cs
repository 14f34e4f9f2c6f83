using System.Management.Automation;
using System.Text.RegularExpressions;

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

/// <summary>Accepts one value. Several values are an error that shows how to pass them: PowerShell would combine the numbers of an enumeration to another value.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OneValueAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is object[] { Length: > 1 } several
            ? throw new ArgumentTransformationMetadataException(
                $"Expected one value, found {several.Length}: {string.Join(", ", several)}. Run the command for each: {string.Join(", ", several.Select(one => $"'{one}'"))} | ForEach-Object {{ ... $_ }}")
            : value is object[] { Length: 1 } only ? only[0] : inputData!;
    }
}

/// <summary>Accepts text of one form. Another text is an error that describes the form in words.</summary>
/// <param name="pattern">The form, as a regular expression for the whole text.</param>
/// <param name="expected">The form in words, with an example.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FormAttribute(string pattern, string expected) : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        string? text = (arguments is PSObject wrapped ? wrapped.BaseObject : arguments) as string;
        if (text is null || !Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant))
        {
            throw new ValidationMetadataException($"Expected {expected}, found '{text}'.");
        }
    }
}
