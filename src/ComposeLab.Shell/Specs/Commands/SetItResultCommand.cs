using System.Management.Automation;

namespace ComposeLab.Shell.Specs.Commands;

/// <summary>Ends the running test with another result than passed or failed.</summary>
[Cmdlet(VerbsCommon.Set, "ItResult")]
internal sealed class SetItResultCommand : PSCmdlet
{
    /// <summary>The test counts as skipped.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Skipped")]
    public SwitchParameter Skipped { get; set; }

    /// <summary>The test could not decide; it counts as skipped.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Inconclusive")]
    public SwitchParameter Inconclusive { get; set; }

    /// <summary>The test is not written yet; it counts as skipped.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Pending")]
    public SwitchParameter Pending { get; set; }

    /// <summary>Why.</summary>
    [Parameter]
    public string Because { get; set; } = "";

    /// <inheritdoc/>
    protected override void EndProcessing() => ThrowTerminatingError(new ErrorRecord(
        new InvalidOperationException($"is {ParameterSetName.ToLowerInvariant()}{(Because.Length > 0 ? $", because {Because}" : "")}"),
        $"PesterTest{ParameterSetName}",
        ErrorCategory.OperationStopped,
        null));
}
