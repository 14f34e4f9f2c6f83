using System.Management.Automation;

namespace ComposeLab.Cmdlets.Tests.Hosting;

internal sealed record SessionResult(
    IReadOnlyList<PSObject> Output,
    ErrorRecord? Terminating,
    IReadOnlyList<ErrorRecord> Errors,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Verbose,
    IReadOnlyList<ProgressRecord> Progress)
{
    public IReadOnlyList<object> Values => [.. Output.Select(o => o.BaseObject)];

    /// <summary>The first error, whether it ended the script or only its statement.</summary>
    public ErrorRecord? Error => Terminating ?? Errors.FirstOrDefault();

    public string? ErrorId => Error?.FullyQualifiedErrorId.Split(',')[0];

    /// <summary>The output of a script that is expected to have gone well.</summary>
    public IReadOnlyList<object> Good()
    {
        Assert.True(Terminating is null, Terminating?.ToString());
        Assert.Empty(Errors);
        return Values;
    }
}
