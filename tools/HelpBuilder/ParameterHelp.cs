namespace ComposeLab.HelpBuilder;

/// <summary>The help of one parameter.</summary>
/// <param name="Name">Without the dash.</param>
/// <param name="TypeName">As one would write it in a script.</param>
/// <param name="Description">Sentences.</param>
/// <param name="IsSwitch">Takes no value.</param>
/// <param name="IsMandatory">Must be given.</param>
/// <param name="Position">Zero-based, or null if it must be named.</param>
/// <param name="FromPipeline">How the pipeline may fill it: False, True (ByValue), True (ByPropertyName), or both.</param>
/// <param name="Aliases">Other names.</param>
/// <param name="Default">The value when it is not given; null if there is none.</param>
/// <param name="Wildcards">Whether the value may contain * and ?.</param>
/// <param name="Values">The values an enumeration allows; empty for other types.</param>
public sealed record ParameterHelp(
    string Name,
    string TypeName,
    string Description,
    bool IsSwitch,
    bool IsMandatory,
    int? Position,
    string FromPipeline,
    IReadOnlyList<string> Aliases,
    string? Default,
    bool Wildcards,
    IReadOnlyList<string> Values);
