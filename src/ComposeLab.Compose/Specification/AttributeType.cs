using System.Text.RegularExpressions;
using ComposeLab.Compose.Interpolation;
using ComposeLab.Compose.Merging;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Validation;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Specification;

/// <summary>
/// The type of a value in a Compose file: what the schema accepts, and what each phase of a load does with the value. Types are values: a row of the
/// table that differs from a common type uses <c>with</c>.
/// </summary>
internal sealed record AttributeType
{
    private TypeIndex? _index;

    // Schema: a value is valid when it is one of the scalars, a list (with item type), or a mapping (with attributes or value type).

    /// <summary>The accepted single values.</summary>
    public ScalarSorts Scalars { get; init; }

    /// <summary>The accepted texts; empty means any.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The pattern for texts; null means none.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>A description of the pattern.</summary>
    public string PatternWords { get; init; } = "";

    /// <summary>The smallest number.</summary>
    public long Minimum { get; init; } = long.MinValue;

    /// <summary>The largest number.</summary>
    public long Maximum { get; init; } = long.MaxValue;

    /// <summary>Whether every value is accepted.</summary>
    public bool IsAny { get; init; }

    /// <summary>The type of list items; null means that no list is accepted.</summary>
    public AttributeType? Items { get; init; }

    /// <summary>Whether a list may contain each item only once.</summary>
    public bool UniqueItems { get; init; }

    /// <summary>The attributes of a mapping with fixed keys, in the order they are printed; null means that no such mapping is accepted.</summary>
    public IReadOnlyList<AttributeRow>? Attributes { get; init; }

    /// <summary>The additional keys that a mapping can have.</summary>
    public OtherKeys Others { get; init; } = OtherKeys.Extensions;

    /// <summary>The type of the values of a mapping with free keys; null means that no such mapping is accepted.</summary>
    public AttributeType? Values { get; init; }

    /// <summary>The pattern for free keys; null means none.</summary>
    public Regex? Names { get; init; }

    /// <summary>A description of the pattern for free keys.</summary>
    public string NameWords { get; init; } = "";

    /// <summary>The scalars that an extended file may contain here before the merge; null means that the value is not checked there.</summary>
    public ScalarSorts? ScalarsWhenExtended { get; init; }

    // Phases: null means that the phase does nothing here.

    /// <summary>The conversion of text by interpolation.</summary>
    public ValueCast? Cast { get; init; }

    /// <summary>The merge with a later value; null means that mappings merge by key, lists are appended, and scalars are replaced.</summary>
    public MergeRule? Merge { get; init; }

    /// <summary>The identity of a list item. A later item replaces an earlier one with the same identity.</summary>
    public ItemIdentity? Identity { get; init; }

    /// <summary>Converts the short syntax to the long one.</summary>
    public LongForm? LongForm { get; init; }

    /// <summary>Adds defaults after all files are merged.</summary>
    public Func<MappingNode, MappingNode>? Defaults { get; init; }

    /// <summary>A rule that the schema cannot express, checked after all files are merged.</summary>
    public ModelCheck? Check { get; init; }

    /// <summary>Makes relative paths absolute.</summary>
    public PathRule? Path { get; init; }

    /// <summary>Converts the value to its canonical form; if the result is null, the value is removed.</summary>
    public Func<Node, Node?>? Canonical { get; init; }

    /// <summary>The print style of the value.</summary>
    public PrintStyle Print { get; init; } = PrintStyle.Plain;

    /// <summary>Whether <c>x-</c> keys of the mapping are printed.</summary>
    public bool PrintsExtensions { get; init; } = true;

    /// <summary>Whether a key without a value takes its value from the variable of that name.</summary>
    public bool TakesVariables { get; init; }

    /// <summary>A description of what the schema expects.</summary>
    public string Expected => TypeWords.Of(this);

    private TypeIndex Index => _index is { } known && ReferenceEquals(known.Owner, this) ? known : _index = new TypeIndex(this);

    /// <summary>The phases that have a rule here or below.</summary>
    public Phases Phases => Index.Phases;

    /// <summary>The attributes that are printed, in order.</summary>
    public IReadOnlyList<AttributeRow> Printed => Index.Printed;

    /// <summary>The printed attributes that have a text when they are not given.</summary>
    public IReadOnlyList<AttributeRow> WhenAbsent => Index.WhenAbsent;

    /// <summary>The required attributes.</summary>
    public IReadOnlyList<AttributeRow> Required => Index.Required;

    /// <summary>The attribute of a key of a mapping with fixed keys; null if there is none.</summary>
    /// <param name="key">The key.</param>
    public AttributeRow? Row(string key) => Index.Rows.GetValueOrDefault(key).Row;

    /// <summary>The position of a key among the printed attributes, from 0; -1 when it is not printed.</summary>
    /// <param name="key">The key.</param>
    public int Position(string key) => Index.Rows.TryGetValue(key, out (AttributeRow Row, int Position) found) ? found.Position : -1;

    /// <summary>The type of the value of a key; null if the specification does not know the key.</summary>
    /// <param name="key">The key.</param>
    public AttributeType? Below(string key) => Attributes is null ? Values : Row(key)?.Type;

    /// <summary>This type with another type of one attribute.</summary>
    /// <param name="name">The attribute.</param>
    /// <param name="change">Creates the other type.</param>
    public AttributeType With(string name, Func<AttributeType, AttributeType> change) =>
        this with { Attributes = Attributes!.Select(row => row.Name == name ? row with { Type = change(row.Type) } : row).ToArray() };

    /// <summary>Cached results for a type. A copy created by <c>with</c> must not use those of the original, so the owner is recorded.</summary>
    private sealed class TypeIndex
    {
        public TypeIndex(AttributeType owner)
        {
            Owner = owner;
            foreach (AttributeRow row in owner.Attributes ?? [])
            {
                Rows[row.Name] = (row, row.IsPrinted ? Printed.Count : -1);
                if (row.IsPrinted)
                {
                    Printed.Add(row);
                }

                if (row.IsPrinted && row.Type.Print.WhenAbsent is not null)
                {
                    WhenAbsent.Add(row);
                }

                if (row.IsRequired)
                {
                    Required.Add(row);
                }

                Phases |= row.Type.Phases;
            }

            Phases |= (owner.Items?.Phases ?? Phases.None) | (owner.Values?.Phases ?? Phases.None)
                | (owner.ScalarsWhenExtended is null ? Phases.None : Phases.Extends)
                | (owner.Merge is null ? Phases.None : Phases.Merge)
                | (owner.Identity is null ? Phases.None : Phases.Identity)
                | (owner.LongForm is null ? Phases.None : Phases.LongForm)
                | (owner.Defaults is null ? Phases.None : Phases.Defaults)
                | (owner.Check is null ? Phases.None : Phases.Check)
                | (owner.Path is null ? Phases.None : Phases.Path);
        }

        public AttributeType Owner { get; }

        public Dictionary<string, (AttributeRow Row, int Position)> Rows { get; } = new(StringComparer.Ordinal);

        public List<AttributeRow> Printed { get; } = [];

        public List<AttributeRow> WhenAbsent { get; } = [];

        public List<AttributeRow> Required { get; } = [];

        public Phases Phases { get; }
    }
}

/// <summary>A row of the table: an attribute of a mapping with fixed keys.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Type">Its type.</param>
internal sealed record AttributeRow(string Name, AttributeType Type)
{
    /// <summary>Whether it is required.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether it is part of the printed project.</summary>
    public bool IsPrinted { get; init; } = true;

    /// <summary>Whether a change of it requires a new container.</summary>
    public bool IsHashed { get; init; } = true;

    /// <summary>Its effect on an engine.</summary>
    public AttributeUse Engine { get; init; } = AttributeUse.Runs;

    /// <summary>Its effect on a swarm; null means the same as on an engine.</summary>
    public AttributeUse? Swarm { get; init; }

    /// <summary>The first release of docker compose that supports it; empty means every release.</summary>
    public string Since { get; init; } = "";
}

/// <summary>The kinds of single values.</summary>
[Flags]
internal enum ScalarSorts
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Text.</summary>
    Text = 1,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean = 2,

    /// <summary>A whole number.</summary>
    Integer = 4,

    /// <summary>A number.</summary>
    Number = 8 | Integer,

    /// <summary>Nothing.</summary>
    Null = 16,
}

/// <summary>The additional keys that a mapping can have.</summary>
internal enum OtherKeys
{
    /// <summary>Those that begin with <c>x-</c>.</summary>
    Extensions,

    /// <summary>None.</summary>
    None,

    /// <summary>Any.</summary>
    Any,
}

/// <summary>The phases of a load that walk only the parts of the table with rules for them.</summary>
[Flags]
internal enum Phases
{
    None = 0,
    Extends = 1,
    Merge = 2,
    Identity = 4,
    LongForm = 8,
    Defaults = 16,
    Check = 32,
    Path = 64,
}
