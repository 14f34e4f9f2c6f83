using System.Runtime.CompilerServices;

namespace ComposeLab.Compose.Tests.Conformance;

/// <summary>A fact about the corpus, for machines that have it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CorpusFactAttribute : FactAttribute
{
    /// <summary>Skips the fact if there is no corpus.</summary>
    /// <param name="file">The file of the test.</param>
    /// <param name="line">The line of the test.</param>
    public CorpusFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = Corpus.Archive is null ? "the conformance corpus is not on this machine" : null;
}
