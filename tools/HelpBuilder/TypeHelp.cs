namespace ComposeLab.HelpBuilder;

/// <summary>A type that a command takes from the pipeline or writes to it.</summary>
/// <param name="Name">As one would write it in a script.</param>
/// <param name="Description">What it is; empty for the types of .NET.</param>
public sealed record TypeHelp(string Name, string Description);
