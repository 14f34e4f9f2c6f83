namespace ComposeLab.Engine.Images.Memory;

/// <summary>A step of a remembered build.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Number">The instruction's number in its stage, from 1.</param>
/// <param name="Total">How many instructions the stage has.</param>
/// <param name="Instruction">The instruction.</param>
/// <param name="Size">Bytes of its layer; null where it left none.</param>
internal sealed record RememberedStep(string Stage, int Number, int Total, string Instruction, long? Size);
