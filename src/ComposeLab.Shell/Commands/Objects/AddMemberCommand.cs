using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Objects;

/// <summary>Adds a member to an object.</summary>
[Cmdlet(VerbsCommon.Add, "Member", DefaultParameterSetName = "Note")]
internal sealed class AddMemberCommand : PSCmdlet
{
    /// <summary>The object.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = new();

    /// <summary>The kind of member: NoteProperty, ScriptProperty, ScriptMethod or AliasProperty.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Member")]
    [Alias("Type")]
    [ValidateSet("NoteProperty", "ScriptProperty", "ScriptMethod", "AliasProperty")]
    public string MemberType { get; set; } = "NoteProperty";

    /// <summary>The member's name.</summary>
    [Parameter(Position = 1, Mandatory = true, ParameterSetName = "Member")]
    public string Name { get; set; } = "";

    /// <summary>The member's value: a value, a script, or the other property's name.</summary>
    [Parameter(Position = 2, ParameterSetName = "Member")]
    public object? Value { get; set; }

    /// <summary>The name of a note property.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Note")]
    public string NotePropertyName { get; set; } = "";

    /// <summary>The value of a note property.</summary>
    [Parameter(Position = 1, Mandatory = true, ParameterSetName = "Note")]
    [AllowNull]
    public object? NotePropertyValue { get; set; }

    /// <summary>Several note properties at once.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Notes")]
    public System.Collections.IDictionary NotePropertyMembers { get; set; } = new System.Collections.Hashtable();

    /// <summary>Replaces a member of that name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the object.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var member in Members())
        {
            if (Force && InputObject.Members[member.Name] is not null)
            {
                InputObject.Members.Remove(member.Name);
            }

            InputObject.Members.Add(member);
        }

        if (PassThru)
        {
            WriteObject(InputObject);
        }
    }

    private IEnumerable<PSMemberInfo> Members() => ParameterSetName switch
    {
        "Note" => [new PSNoteProperty(NotePropertyName, NotePropertyValue)],
        "Notes" => NotePropertyMembers.Cast<System.Collections.DictionaryEntry>()
            .Select(entry => new PSNoteProperty(LanguagePrimitives.ConvertTo<string>(entry.Key), entry.Value)),
        _ => [Member()],
    };

    private PSMemberInfo Member() => MemberType switch
    {
        "ScriptProperty" => new PSScriptProperty(Name, LanguagePrimitives.ConvertTo<ScriptBlock>(Value)),
        "ScriptMethod" => new PSScriptMethod(Name, LanguagePrimitives.ConvertTo<ScriptBlock>(Value)),
        "AliasProperty" => new PSAliasProperty(Name, LanguagePrimitives.ConvertTo<string>(Value)),
        _ => new PSNoteProperty(Name, Value),
    };
}
