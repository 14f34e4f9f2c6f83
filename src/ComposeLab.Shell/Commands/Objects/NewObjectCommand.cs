using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Objects;

/// <summary>Creates an object of a .NET type.</summary>
[Cmdlet(VerbsCommon.New, "Object")]
internal sealed class NewObjectCommand : PSCmdlet
{
    /// <summary>The type's name; <c>PSObject</c> and <c>PSCustomObject</c> make an object of the given properties.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    public string TypeName { get; set; } = "";

    /// <summary>The constructor's arguments.</summary>
    [Parameter(Position = 1)]
    [Alias("Args")]
    public object[] ArgumentList { get; set; } = [];

    /// <summary>Properties to set afterwards.</summary>
    [Parameter]
    public System.Collections.IDictionary Property { get; set; } = new System.Collections.Hashtable();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (!LanguagePrimitives.TryConvertTo<Type>(TypeName, out var type))
        {
            ThrowTerminatingError(new ErrorRecord(
                new PSArgumentException($"Expected the name of a loaded type, found '{TypeName}'."), "TypeNotFound", ErrorCategory.InvalidType, TypeName));
        }

        var loose = type == typeof(PSObject) || type == typeof(PSCustomObject);
        var script = loose ? ScriptBlock.Create("[psobject]::new()") : ScriptBlock.Create("param($type, $list) $type::new.Invoke($list)");
        var made = PSObject.AsPSObject(script.InvokeReturnAsIs(type, ArgumentList));
        foreach (System.Collections.DictionaryEntry entry in Property)
        {
            var name = LanguagePrimitives.ConvertTo<string>(entry.Key);
            if (loose)
            {
                made.Properties.Add(new PSNoteProperty(name, entry.Value));
            }
            else
            {
                made.Properties[name].Value = entry.Value;
            }
        }

        WriteObject(made);
    }
}
