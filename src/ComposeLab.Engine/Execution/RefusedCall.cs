using ComposeLab.Compose.Secrets;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>Adds the resource to the error of a rejected call.</summary>
internal static class RefusedCall
{
    /// <summary>Creates the error of a step from the engine's error.</summary>
    /// <param name="operation">The step.</param>
    /// <param name="fault">The engine's error.</param>
    /// <param name="mask">Hides the secrets of the project, which the engine may repeat.</param>
    /// <returns>The error to throw.</returns>
    public static EngineException Explain(Operation operation, EngineException fault, SecretMask mask)
    {
        bool isMissingNetwork =
            fault.Message.Contains("network", StringComparison.OrdinalIgnoreCase) && fault.Message.Contains("not found", StringComparison.OrdinalIgnoreCase);
        return new EngineException(
            isMissingNetwork ? EngineErrorId.ExternalResourceMissing : fault.Id,
            $"Could not {operation.Verb} {operation.Resource}. {mask.MaskText(fault.Message)}",
            isMissingNetwork ? "Start the stack, which creates the network again and reconnects the container" : fault.Recommendation,
            fault)
        {
            Remedies = isMissingNetwork ? [Remedy.StartStack()] : [],
            Service = operation.Service,
            StatusCode = fault.StatusCode,
        };
    }
}
