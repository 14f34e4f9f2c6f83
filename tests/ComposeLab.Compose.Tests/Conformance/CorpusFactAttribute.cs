namespace ComposeLab.Compose.Tests.Conformance;

/// <summary>A fact about the corpus, for machines that have it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CorpusFactAttribute : FactAttribute
{
    /// <summary>Skips the fact if there is no corpus.</summary>
    public CorpusFactAttribute() => Skip = Corpus.Archive is null ? "the conformance corpus is not on this machine" : null;
}
