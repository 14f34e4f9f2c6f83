using System.Management.Automation;
using System.Reflection;

namespace ComposeLab.Cmdlets.Tests.Pipeline;

/// <summary>Takes the first object and ends the commands before it, as <c>Select-Object -First 1</c> does, which the bare engine lacks.</summary>
[Cmdlet(VerbsCommon.Select, "First")]
public sealed class StopUpstreamCommand : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        WriteObject(InputObject);
        Type type = typeof(PSCmdlet).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;
        ConstructorInfo constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)[0];
        try
        {
            throw (Exception)constructor.Invoke([this]);
        }
        catch (TargetInvocationException wrapped) when (wrapped.InnerException is not null)
        {
            throw wrapped.InnerException;
        }
    }
}
