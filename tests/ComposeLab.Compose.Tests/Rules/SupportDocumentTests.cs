namespace ComposeLab.Compose.Tests.Rules;

public sealed class SupportDocumentTests
{
    // COMPOSELAB_UPDATE_DOCS=1 writes the document instead.
    [Fact]
    public void The_document_says_what_the_tables_say()
    {
        string document = File.Exists(SupportDocument.File) ? File.ReadAllText(SupportDocument.File).ReplaceLineEndings("\n") : "";
        int end = document.IndexOf(SupportDocument.EnginePart, StringComparison.Ordinal);
        string rest = end < 0 ? SupportDocument.EnginePart + "\n" : document[end..];
        if (System.Environment.GetEnvironmentVariable("COMPOSELAB_UPDATE_DOCS") == "1")
        {
            document = SupportDocument.Write() + rest;
            File.WriteAllText(SupportDocument.File, document);
        }

        Assert.Equal(SupportDocument.Write() + rest, document);
    }
}
