using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Objects;

/// <summary>Lists the members of objects, once for each type.</summary>
[Cmdlet(VerbsCommon.Get, "Member")]
internal sealed class GetMemberCommand : PSCmdlet
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>The object.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The names to list; wildcards allowed.</summary>
    [Parameter(Position = 0)]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The kinds to list.</summary>
    [Parameter]
    [Alias("Type")]
    public PSMemberTypes MemberType { get; set; } = PSMemberTypes.All;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null || !_seen.Add(InputObject.TypeNames[0]))
        {
            return;
        }

        foreach (var member in Name.SelectMany(name => InputObject.Members.Match(name, MemberType)).OrderBy(member => member.MemberType).ThenBy(member => member.Name))
        {
            var result = new PSObject();
            result.TypeNames.Insert(0, "Microsoft.PowerShell.Commands.MemberDefinition");
            result.Properties.Add(new PSNoteProperty("TypeName", InputObject.TypeNames[0]));
            result.Properties.Add(new PSNoteProperty("Name", member.Name));
            result.Properties.Add(new PSNoteProperty("MemberType", member.MemberType));
            result.Properties.Add(new PSNoteProperty("Definition", member.ToString()));
            WriteObject(result);
        }
    }
}
