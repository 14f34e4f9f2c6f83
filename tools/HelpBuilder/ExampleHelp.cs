namespace ComposeLab.HelpBuilder;

/// <summary>One example of a command.</summary>
/// <param name="Code">What to type.</param>
/// <param name="Remarks">What it does.</param>
public sealed record ExampleHelp(string Code, string Remarks);
