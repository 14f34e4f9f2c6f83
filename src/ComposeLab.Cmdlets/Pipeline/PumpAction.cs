using System.Management.Automation;

namespace ComposeLab.Pipeline;

/// <summary>One thing to do on the pipeline's thread.</summary>
/// <param name="Perform">Does it.</param>
/// <param name="Abandon">Tells whoever waits that it will never be done.</param>
internal sealed record PumpAction(Action<Cmdlet> Perform, Action Abandon);
