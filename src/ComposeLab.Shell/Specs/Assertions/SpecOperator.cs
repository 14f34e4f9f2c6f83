namespace ComposeLab.Shell.Specs.Assertions;

/// <summary>One operator of Should.</summary>
/// <param name="Name">The operator's switch.</param>
/// <param name="Alias">Its other name; empty for none.</param>
/// <param name="TakesCollection">Whether it looks at all piped values together; else at each of them alone.</param>
/// <param name="Parameters">Its parameters, in positional order.</param>
/// <param name="Test">Looks at a value; null where it holds, else the sentence to fail with.</param>
internal sealed record SpecOperator(
    string Name,
    string Alias,
    bool TakesCollection,
    IReadOnlyList<string> Parameters,
    Func<SpecCheck, string?> Test);
