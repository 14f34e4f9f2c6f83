using System.Management.Automation;

namespace ComposeLab.Shell.Specs;

/// <summary>One It.</summary>
internal sealed class SpecTest : SpecNode
{
    private readonly SpecBlock _block;

    /// <summary>Creates a test.</summary>
    /// <param name="parent">The block it stands in.</param>
    /// <param name="name">Its name.</param>
    /// <param name="body">Its code.</param>
    /// <param name="skip">Whether it asks to be skipped.</param>
    /// <param name="data">The row of <c>-ForEach</c> it was made for.</param>
    public SpecTest(SpecBlock parent, string name, ScriptBlock body, bool skip, SpecData data)
        : base(parent, name, skip, data)
    {
        _block = parent;
        Body = body;
    }

    /// <summary>Its code.</summary>
    public ScriptBlock Body { get; }

    /// <summary>Whether it was reached at all; a test whose setup failed was not.</summary>
    public bool Executed { get; set; }

    /// <summary>The BeforeEach scripts, outermost first.</summary>
    public ScriptBlock[] Setups => [.. Blocks.Reverse().Select(block => block.BeforeEach).OfType<ScriptBlock>()];

    /// <summary>The AfterEach scripts, innermost first.</summary>
    public ScriptBlock[] Teardowns => [.. Blocks.Select(block => block.AfterEach).OfType<ScriptBlock>()];

    /// <summary>How it ended.</summary>
    public SpecResult Result
    {
        get
        {
            if (!Executed)
            {
                return SpecResult.Failed;
            }

            var skipped = Skip || Errors.Exists(fault => fault.FullyQualifiedErrorId.StartsWith("PesterTest", StringComparison.Ordinal));
            return (skipped, Errors.Count) switch
            {
                (true, _) => SpecResult.Skipped,
                (_, 0) => SpecResult.Passed,
                _ => SpecResult.Failed,
            };
        }
    }

    private IEnumerable<SpecBlock> Blocks
    {
        get
        {
            for (var block = _block; block is not null; block = block.Parent)
            {
                yield return block;
            }
        }
    }
}
