using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Streams;

/// <summary>Reports progress.</summary>
[Cmdlet(VerbsCommunications.Write, "Progress")]
internal sealed class WriteProgressCommand : PSCmdlet
{
    /// <summary>What is going on.</summary>
    [Parameter(Position = 0)]
    public string Activity { get; set; } = "Processing";

    /// <summary>How it stands.</summary>
    [Parameter(Position = 1)]
    public string Status { get; set; } = "Processing";

    /// <summary>The activity's number.</summary>
    [Parameter(Position = 2)]
    [ValidateRange(0, int.MaxValue)]
    public int Id { get; set; }

    /// <summary>How much is done, in percent; -1 for unknown.</summary>
    [Parameter]
    [ValidateRange(-1, 100)]
    public int PercentComplete { get; set; } = -1;

    /// <summary>How long it will take, in seconds; -1 for unknown.</summary>
    [Parameter]
    public int SecondsRemaining { get; set; } = -1;

    /// <summary>What is done at this moment.</summary>
    [Parameter]
    public string CurrentOperation { get; set; } = "";

    /// <summary>The activity this one is part of; -1 for none.</summary>
    [Parameter]
    [ValidateRange(-1, int.MaxValue)]
    public int ParentId { get; set; } = -1;

    /// <summary>Ends the activity.</summary>
    [Parameter]
    public SwitchParameter Completed { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteProgress(new ProgressRecord(Id, Activity, Status)
    {
        PercentComplete = PercentComplete,
        SecondsRemaining = SecondsRemaining,
        CurrentOperation = CurrentOperation,
        ParentActivityId = ParentId,
        RecordType = Completed ? ProgressRecordType.Completed : ProgressRecordType.Processing,
    });
}
