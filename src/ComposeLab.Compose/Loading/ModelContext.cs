using ComposeLab.Compose.Environment;

namespace ComposeLab.Compose.Loading;

/// <summary>What one model (the project's own, or an included one) is read with.</summary>
/// <param name="Session">The load.</param>
/// <param name="Directory">Where relative paths start (absolute).</param>
/// <param name="Scope">The variables.</param>
/// <param name="Including">The files on the way to this model, outermost first.</param>
internal sealed record ModelContext(LoadSession Session, string Directory, VariableScope Scope, IReadOnlyList<string> Including);
