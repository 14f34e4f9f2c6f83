using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Streams;

/// <summary>Writes to the error stream.</summary>
[Cmdlet(VerbsCommunications.Write, "Error", DefaultParameterSetName = "Message")]
internal sealed class WriteErrorCommand : PSCmdlet
{
    // What scripts have always seen for an error without an id of its own.
    private const string DefaultErrorId = "Microsoft.PowerShell.Commands.WriteErrorException";

    /// <summary>The sentence.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Message")]
    [Parameter(ParameterSetName = "Exception")]
    [Alias("Msg")]
    [AllowEmptyString]
    public string Message { get; set; } = "";

    /// <summary>The exception behind the error.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Exception")]
    public Exception? Exception { get; set; }

    /// <summary>A whole record, written as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Record")]
    public ErrorRecord? ErrorRecord { get; set; }

    /// <summary>The stable id.</summary>
    [Parameter(ParameterSetName = "Message")]
    [Parameter(ParameterSetName = "Exception")]
    public string ErrorId { get; set; } = "";

    /// <summary>The category.</summary>
    [Parameter(ParameterSetName = "Message")]
    [Parameter(ParameterSetName = "Exception")]
    public ErrorCategory Category { get; set; }

    /// <summary>What the error is about.</summary>
    [Parameter(ParameterSetName = "Message")]
    [Parameter(ParameterSetName = "Exception")]
    public object? TargetObject { get; set; }

    /// <summary>What to do about it.</summary>
    [Parameter]
    public string RecommendedAction { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var record = ErrorRecord is null ? Create() : new ErrorRecord(ErrorRecord, null);
        if (RecommendedAction.Length > 0)
        {
            record.ErrorDetails ??= new ErrorDetails(record.Exception.Message);
            record.ErrorDetails.RecommendedAction = RecommendedAction;
        }

        // A function's own Write-Error counts as the function's: its name is shown and its $? is set.
        if (GetVariableValue("PSCmdlet") is PSCmdlet caller)
        {
            record.CategoryInfo.Activity = caller.MyInvocation.MyCommand.Name;
        }

        WriteError(record);
    }

    private ErrorRecord Create()
    {
        var exception = Exception ?? new RuntimeException(Message);
        var id = (ErrorId, Exception) switch
        {
            ({ Length: > 0 }, _) => ErrorId,
            (_, null) => DefaultErrorId,
            _ => exception.GetType().FullName!,
        };
        var record = new ErrorRecord(exception, id, Category, TargetObject);
        if (Message.Length > 0)
        {
            record.ErrorDetails = new ErrorDetails(Message);
        }

        return record;
    }
}
