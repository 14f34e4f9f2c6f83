namespace ComposeLab.HelpBuilder;

/// <summary>The help of one command.</summary>
/// <param name="Name">Verb-Noun.</param>
/// <param name="Synopsis">One sentence.</param>
/// <param name="Description">Paragraphs.</param>
/// <param name="Syntaxes">One entry for each parameter set.</param>
/// <param name="Parameters">All parameters, by name.</param>
/// <param name="Inputs">What the pipeline may bring.</param>
/// <param name="Outputs">What is written to the pipeline.</param>
/// <param name="Examples">In the order written.</param>
public sealed record CommandHelp(
    string Name,
    string Synopsis,
    IReadOnlyList<string> Description,
    IReadOnlyList<SyntaxHelp> Syntaxes,
    IReadOnlyList<ParameterHelp> Parameters,
    IReadOnlyList<TypeHelp> Inputs,
    IReadOnlyList<TypeHelp> Outputs,
    IReadOnlyList<ExampleHelp> Examples);
