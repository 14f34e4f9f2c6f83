using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Writing;

namespace ComposeLab.Compose.Tests.Writing;

public sealed class ComposeJsonWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("composelab-json-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(".inf")]
    [InlineData("-.INF")]
    [InlineData(".NaN")]
    public void A_number_that_json_does_not_know_is_an_error_with_its_place(string number)
    {
        File.WriteAllText(Path.Combine(_folder, "compose.yaml"), $"services:\n  a:\n    image: i\nx-limit: {number}\n");
        var project = ComposeLoader.Load(new ComposeRequest { WorkingDirectory = _folder }, CancellationToken.None);

        var fault = Assert.Throws<ComposeException>(() => ComposeJsonWriter.Write(project, new ComposeWriteOptions()));

        Assert.Equal((ComposeErrorId.ComposeFileInvalid, "compose.yaml", 4, 10), (fault.Id, fault.File, fault.Line, fault.Column));
    }
}
