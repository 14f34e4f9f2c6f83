namespace ComposeLab.Compose.Tests.Cases;

/// <summary>A project and its expected result.</summary>
/// <param name="Title">The intent, in one line.</param>
internal sealed record ComposeCase(string Title)
{
    /// <summary>The options of docker compose; null: <c>-f</c> for each file at the top whose name begins with <c>compose</c>.</summary>
    public string? Arguments { get; init; }

    /// <summary>The environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The folder to start in, below the project.</summary>
    public string Directory { get; init; } = "";

    /// <summary>The files of the project.</summary>
    public List<CaseSection> Files { get; } = [];

    /// <summary>What is expected.</summary>
    public List<CaseSection> Expectations { get; } = [];
}
