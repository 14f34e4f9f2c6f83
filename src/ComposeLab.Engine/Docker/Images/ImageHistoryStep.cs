namespace ComposeLab.Engine.Docker;

/// <summary>One step an image was made of.</summary>
/// <param name="Created">When it ran.</param>
/// <param name="Instruction">The instruction in the engine's words.</param>
/// <param name="Size">Bytes it added; 0 for steps that only describe.</param>
/// <param name="Comment">The builder's note.</param>
public sealed record ImageHistoryStep(DateTimeOffset Created, string Instruction, long Size, string Comment);
