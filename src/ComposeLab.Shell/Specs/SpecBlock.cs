using System.Management.Automation;

namespace ComposeLab.Shell.Specs;

/// <summary>A file, a Describe or a Context: setups, teardowns, and the blocks and tests in it, in order.</summary>
internal sealed class SpecBlock : SpecNode
{
    /// <summary>Creates a block.</summary>
    /// <param name="parent">The block it stands in; null for a file.</param>
    /// <param name="name">Its name; a file's path.</param>
    /// <param name="skip">Whether it asks to be skipped.</param>
    /// <param name="data">The row of <c>-ForEach</c> it was made for.</param>
    public SpecBlock(SpecBlock? parent, string name, bool skip, SpecData data)
        : base(parent, name, skip, data)
    {
    }

    /// <summary>Whether it stands for a file.</summary>
    public bool IsRoot => Parent is null;

    /// <summary>The blocks and tests, in order.</summary>
    public List<SpecNode> Items { get; } = [];

    /// <summary>Runs once before the tests; null for none.</summary>
    public ScriptBlock? BeforeAll { get; set; }

    /// <summary>Runs once after the tests; null for none.</summary>
    public ScriptBlock? AfterAll { get; set; }

    /// <summary>Runs before each test; null for none.</summary>
    public ScriptBlock? BeforeEach { get; set; }

    /// <summary>Runs after each test; null for none.</summary>
    public ScriptBlock? AfterEach { get; set; }

    /// <summary>What the file's folder for temporary files held when the block began.</summary>
    public HashSet<string> DriveContent { get; } = new(StringComparer.Ordinal);

    /// <summary>Every test in the block and in those below it.</summary>
    public IEnumerable<SpecTest> Tests => Items.SelectMany(item => item is SpecBlock block ? block.Tests : [(SpecTest)item]);

    /// <summary>Whether there is a test in it; a block without one is not run.</summary>
    public bool HasTests => Tests.Any();

    /// <summary>Hands skipping down to what is below, and up from blocks whose every test is skipped.</summary>
    public void SpreadSkip()
    {
        foreach (var item in Items)
        {
            item.Skip |= Skip;
            (item as SpecBlock)?.SpreadSkip();
        }

        Skip |= Items.Count > 0 && Tests.All(test => test.Skip);
    }
}
