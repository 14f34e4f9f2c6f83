using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Machine;

/// <summary>Waits; Ctrl-C ends it at once.</summary>
[Cmdlet(VerbsLifecycle.Start, "Sleep", DefaultParameterSetName = "Seconds")]
internal sealed class StartSleepCommand : PSCmdlet
{
    private readonly ManualResetEventSlim _stopped = new();

    /// <summary>How long, in seconds.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Seconds")]
    [ValidateRange(0, int.MaxValue / 1000)]
    public double Seconds { get; set; }

    /// <summary>How long, in milliseconds.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Milliseconds")]
    [Alias("ms")]
    [ValidateRange(0, int.MaxValue)]
    public int Milliseconds { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _stopped.Wait(ParameterSetName == "Seconds" ? (int)(Seconds * 1000) : Milliseconds);

    /// <inheritdoc/>
    protected override void StopProcessing() => _stopped.Set();
}
