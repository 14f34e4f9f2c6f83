using ComposeLab.Compose.Tests.Conformance;

namespace ComposeLab.Compose.Tests.Rules;

public sealed class SupportDocumentTests
{
    // ./lab test --accept writes the document instead.
    [Fact]
    public void The_document_matches_the_tables()
    {
        string document = File.ReadAllText(SupportDocument.File).ReplaceLineEndings("\n");
        string expected = document[..document.IndexOf(SupportDocument.AttributePart, StringComparison.Ordinal)]
            + SupportDocument.Write()
            + document[document.IndexOf(SupportDocument.EnginePart, StringComparison.Ordinal)..];
        if (System.Environment.GetEnvironmentVariable("COMPOSELAB_ACCEPT") == "1")
        {
            document = expected;
            File.WriteAllText(SupportDocument.File, document);
        }

        Assert.True(document == expected, TextDifference.Of(expected, document));
    }

    [Fact]
    public void The_document_lists_every_wrong_answer_of_the_reference_that_is_not_copied()
    {
        string document = File.ReadAllText(SupportDocument.File);

        Assert.All(ReferenceFaults.Known.Keys, name => Assert.Contains($"`{name}`", document, StringComparison.Ordinal));
    }
}
