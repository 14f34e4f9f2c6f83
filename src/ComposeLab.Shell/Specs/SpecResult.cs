namespace ComposeLab.Shell.Specs;

/// <summary>How a test ended.</summary>
internal enum SpecResult
{
    /// <summary>Its code ran to the end.</summary>
    Passed,

    /// <summary>It threw, a teardown threw, or a setup kept it from running.</summary>
    Failed,

    /// <summary>It was marked so, or asked for it with Set-ItResult.</summary>
    Skipped,
}
