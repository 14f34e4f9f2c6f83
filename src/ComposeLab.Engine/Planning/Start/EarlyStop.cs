namespace ComposeLab.Engine.Planning;

/// <summary>A container that is stopped before its own service's turn.</summary>
/// <param name="Step">The step that has stopped it.</param>
/// <param name="Cause">Why.</param>
internal sealed record EarlyStop(string Step, string Cause);
