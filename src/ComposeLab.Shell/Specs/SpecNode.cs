using System.Collections;
using System.Management.Automation;

namespace ComposeLab.Shell.Specs;

/// <summary>A named thing of a spec file: a block or a test.</summary>
internal abstract class SpecNode
{
    /// <summary>Creates a node.</summary>
    /// <param name="parent">The block it stands in; null for a file.</param>
    /// <param name="name">Its name, with templates such as <c>&lt;user.name&gt;</c>.</param>
    /// <param name="skip">Whether it asks to be skipped.</param>
    /// <param name="data">The row of <c>-ForEach</c> it was made for.</param>
    protected SpecNode(SpecBlock? parent, string name, bool skip, SpecData data)
    {
        Parent = parent;
        Name = name;
        Skip = skip;
        Data = data;
        ExpandedName = name;
    }

    /// <summary>The block it stands in; null for a file.</summary>
    public SpecBlock? Parent { get; }

    /// <summary>The name as written.</summary>
    public string Name { get; }

    /// <summary>The name with its templates replaced; until then as written.</summary>
    public string ExpandedName { get; private set; }

    /// <summary>Whether it is skipped.</summary>
    public bool Skip { get; set; }

    /// <summary>Whether it is a test; a script cannot name the internal types.</summary>
    public bool IsTest => this is SpecTest;

    /// <summary>The row of <c>-ForEach</c>.</summary>
    public SpecData Data { get; }

    /// <summary>What went wrong in it.</summary>
    public List<ErrorRecord> Errors { get; } = [];

    /// <summary>The variables that the row defines.</summary>
    public Hashtable Variables => Data.Variables;

    /// <summary>The row's values, to be bound to a <c>param</c> block.</summary>
    public Hashtable Splat => Data.Splat;

    /// <summary>The code that gives the expanded name in the scope where the variables are.</summary>
    public ScriptBlock NameScript => SpecTemplate.Compile(Name);

    /// <summary>The names from the outermost block to this one.</summary>
    public string Path => Parent is null or { Parent: null } ? ExpandedName : $"{Parent.Path}.{ExpandedName}";

    /// <summary>Keeps the expanded name.</summary>
    /// <param name="name">The name without templates.</param>
    public void Expand(string name) => ExpandedName = name;
}
