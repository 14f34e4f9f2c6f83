namespace ComposeLab.Compose.Tests.Conformance;

/// <summary>Checks that ComposeLab gives the same answers as the reference.</summary>
/// <param name="run">One run over all cases.</param>
public sealed class CorpusTests(CorpusRun run) : IClassFixture<CorpusRun>
{
    private const int Shown = 12;

    [CorpusFact]
    public void Projects_are_accepted_and_rejected_like_by_the_reference() => SameAsTheReference("agreement", 1449);

    [CorpusFact]
    public void The_printed_YAML_is_equivalent() => SameAsTheReference("parsed", 1078);

    [CorpusFact]
    public void With_a_comment_after_each_value_the_YAML_is_still_equivalent() => SameAsTheReference("origins", 1078);

    [CorpusFact]
    public void The_printed_YAML_is_the_same_text_if_the_reference_kept_its_style() => SameAsTheReference("text", 859);

    [CorpusFact]
    public void The_printed_JSON_is_the_same_text() => SameAsTheReference("json", 1071);

    [CorpusFact]
    public void Without_interpolation_the_printed_YAML_is_equivalent() => SameAsTheReference("no-interpolate", 1073);

    [CorpusFact]
    public void The_config_hashes_are_the_same() => SameAsTheReference("hash", 1078);

    [CorpusFact]
    public void Config_hashes_of_an_earlier_release_are_accepted() => SameAsTheReference("accepted", 2345);

    private void SameAsTheReference(string kind, int cases)
    {
        Assert.Equal(cases, run.Compared(kind));
        var differences = run.Of(kind);
        var surprises = differences.Where(difference => !ReferenceFaults.Contains(difference.Case, kind)).ToList();
        Assert.True(surprises.Count == 0, $"{surprises.Count} of {cases} cases differ; the first:\n{string.Join("\n", surprises.Take(Shown))}");
        Assert.Equal(
            ReferenceFaults.Known.Where(fault => fault.Value.Contains(kind)).Select(fault => fault.Key).Order(StringComparer.Ordinal),
            differences.Select(difference => difference.Case));
    }
}
