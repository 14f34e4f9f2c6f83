namespace ComposeLab.Compose.Tests.Conformance;

/// <summary>The promise of issue and README: what the reference answers, ComposeLab answers.</summary>
/// <param name="run">One run over all cases.</param>
public sealed class CorpusTests(CorpusRun run) : IClassFixture<CorpusRun>
{
    private const int Shown = 12;

    [CorpusFact]
    public void The_corpus_is_whole() => Assert.Equal(1449, run.Cases);

    [CorpusFact]
    public void What_the_reference_accepts_is_accepted_and_what_it_refuses_is_refused() => AtMost(0, "agreement");

    [CorpusFact]
    public void The_printed_YAML_means_the_same() => AtMost(0, "parsed");

    [CorpusFact]
    public void The_printed_YAML_is_the_same_text() => AtMost(12, "text");

    [CorpusFact]
    public void The_printed_JSON_is_the_same_text() => AtMost(0, "json");

    [CorpusFact]
    public void Without_interpolation_the_printed_YAML_is_the_same_text() => AtMost(0, "no-interpolate");

    [CorpusFact]
    public void The_config_hashes_are_the_same() => AtMost(0, "hash");

    private void AtMost(int allowed, string kind)
    {
        var differences = run.Of(kind);
        Assert.True(differences.Count <= allowed, $"{differences.Count} of {run.Cases} cases differ; the first:\n{string.Join("\n", differences.Take(Shown))}");
    }
}
