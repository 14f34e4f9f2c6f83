namespace ComposeLab.HelpBuilder;

/// <summary>One way to call a command.</summary>
/// <param name="Set">Name of the parameter set.</param>
/// <param name="Parameters">Its parameters, positional ones first.</param>
public sealed record SyntaxHelp(string Set, IReadOnlyList<ParameterHelp> Parameters);
