namespace ComposeLab.HelpBuilder;

/// <summary>One example of a command.</summary>
/// <param name="Code">What to type.</param>
/// <param name="Remarks">What it does.</param>
/// <param name="Runs">Whether a test types it against the real engine: the doc comment says <c>&lt;code run="true"&gt;</c>.</param>
public sealed record ExampleHelp(string Code, string Remarks, bool Runs);
