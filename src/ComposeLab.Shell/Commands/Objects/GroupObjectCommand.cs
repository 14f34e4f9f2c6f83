using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Objects;

/// <summary>Groups objects by equal values.</summary>
[Cmdlet(VerbsData.Group, "Object")]
internal sealed class GroupObjectCommand : CollectingCommand
{
    /// <summary>What to group by; the object itself where nothing is given.</summary>
    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    /// <summary>Leaves the members out.</summary>
    [Parameter]
    public SwitchParameter NoElement { get; set; }

    /// <summary>Writes one hashtable, from value to members.</summary>
    [Parameter]
    [Alias("AHT")]
    public SwitchParameter AsHashTable { get; set; }

    /// <summary>Makes the hashtable's keys strings.</summary>
    [Parameter]
    public SwitchParameter AsString { get; set; }

    /// <summary>Tells letters of different case apart.</summary>
    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var comparer = new ValueComparer(!CaseSensitive);
        var choices = Property.Select(PropertyChoice.From).ToArray();
        object?[] Key(PSObject item) => choices.Length == 0 ? [item] : [.. choices.Select(choice => choice.Value(item))];

        var groups = new List<(object?[] Key, List<PSObject> Members)>();
        foreach (var item in Items)
        {
            var key = Key(item);
            var known = groups.Find(group => group.Key.Zip(key).All(pair => comparer.Equals(pair.First, pair.Second)));
            if (known.Members is null)
            {
                groups.Add((key, [item]));
            }
            else
            {
                known.Members.Add(item);
            }
        }

        if (AsHashTable)
        {
            WriteObject(Table(groups));
            return;
        }

        foreach (var (key, members) in groups.OrderBy(group => group.Key[0], comparer))
        {
            WriteObject(Group(key, members));
        }
    }

    private static string Name(object?[] key) => string.Join(", ", key.Select(LanguagePrimitives.ConvertTo<string>));

    private System.Collections.Hashtable Table(List<(object?[] Key, List<PSObject> Members)> groups)
    {
        var table = new System.Collections.Hashtable(CaseSensitive ? StringComparer.CurrentCulture : StringComparer.CurrentCultureIgnoreCase);
        foreach (var (key, members) in groups)
        {
            table[AsString || key.Length > 1 ? Name(key) : key[0] is PSObject value ? value.BaseObject : key[0]!] = members.ToArray();
        }

        return table;
    }

    private PSObject Group(object?[] key, List<PSObject> members)
    {
        var group = new PSObject();
        group.TypeNames.Insert(0, NoElement ? "Microsoft.PowerShell.Commands.GroupInfoNoElement" : "Microsoft.PowerShell.Commands.GroupInfo");
        group.Properties.Add(new PSNoteProperty("Values", key));
        group.Properties.Add(new PSNoteProperty("Count", members.Count));
        if (!NoElement)
        {
            group.Properties.Add(new PSNoteProperty("Group", members));
        }

        group.Properties.Add(new PSNoteProperty("Name", Name(key)));
        return group;
    }
}
