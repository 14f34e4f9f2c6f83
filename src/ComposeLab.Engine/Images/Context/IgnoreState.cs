namespace ComposeLab.Engine.Images.Context;

/// <summary>What the ignore file says of one path.</summary>
/// <param name="Ignored">Whether the path is left out.</param>
/// <param name="Matches">For each line, whether it matched the path or a parent of it.</param>
internal sealed record IgnoreState(bool Ignored, bool[] Matches);
