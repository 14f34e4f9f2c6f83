namespace ComposeLab.Engine.Images.Trace;

/// <summary>A piece of a step's output.</summary>
/// <param name="Vertex">The digest of the step.</param>
/// <param name="Text">The output, any number of lines.</param>
internal sealed record TraceLog(string Vertex, string Text);
