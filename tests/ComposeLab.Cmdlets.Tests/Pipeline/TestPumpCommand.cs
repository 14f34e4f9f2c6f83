using System.Management.Automation;
using ComposeLab.Pipeline;

namespace ComposeLab.Cmdlets.Tests.Pipeline;

/// <summary>A cmdlet on the pump that is controlled by the test.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Pump", SupportsShouldProcess = true)]
public sealed class TestPumpCommand : LabCmdlet
{
    [Parameter(Position = 0, Mandatory = true)]
    public WorkProbe Probe { get; set; } = null!;

    [Parameter]
    public string? Path { get; set; }

    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    public string? Resolved { get; private set; }

    protected override void Prepare() => Resolved = Path is null ? null : ResolvePath(Path);

    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        await Probe.RunAsync(output, token);
        if (Resolved is not null)
        {
            await output.WriteAsync(Resolved);
        }
    }
}
