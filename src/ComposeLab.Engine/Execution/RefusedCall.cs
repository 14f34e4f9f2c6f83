using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Secrets;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>Names what a refused call was about, and the faults that engines tell only in words.</summary>
internal static class RefusedCall
{
    /// <summary>Makes the error of a step from the engine's refusal.</summary>
    /// <param name="operation">The step.</param>
    /// <param name="fault">The refusal.</param>
    /// <returns>The error to throw.</returns>
    public static EngineException Explain(Operation operation, EngineException fault)
    {
        string said = SecretMask.Standard.MaskText(fault.Message);
        (EngineErrorId id, string recommendation) = said switch
        {
            _ when Says("port is already allocated") || Says("address already in use") =>
                (EngineErrorId.PortAlreadyAllocated, "Stop what holds the port, or publish another one."),
            _ when Says("bind source path does not exist") =>
                (EngineErrorId.BindSourceMissing, "Create the path, or correct the volume's source."),
            _ when Says("is already in use by container") =>
                (EngineErrorId.EngineRefused, $"Remove or rename the container that has the name, or set another container_name: docker rm {CommandWord.Quote(operation.Resource.Name)}"),
            _ when Says("overlaps with other one") || Says("non-overlapping") =>
                (EngineErrorId.EngineRefused, "Remove networks that are not used any more (docker network ls), or give the network a free subnet under ipam."),
            _ when Says("network") && Says("not found") => (EngineErrorId.ExternalResourceMissing, "Start the stack, which creates the network again and reconnects the container"),
            _ when Says("No such image") => (EngineErrorId.ImageNotFound, "Pull or build the image."),
            _ => (EngineErrorId.EngineRefused, fault.Recommendation),
        };
        return new EngineException(id, $"Could not {operation.Verb} {operation.Resource}. {said}", recommendation, fault)
        {
            Remedies = id == EngineErrorId.ExternalResourceMissing ? [Remedy.StartStack()] : [],
            Service = operation.Service,
            StatusCode = fault.StatusCode,
        };

        bool Says(string words) => said.Contains(words, StringComparison.OrdinalIgnoreCase);
    }
}
