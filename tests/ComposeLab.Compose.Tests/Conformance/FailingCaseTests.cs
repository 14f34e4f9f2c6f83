using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Writing;

namespace ComposeLab.Compose.Tests.Conformance;

/// <summary>Projects of the wild that version 0.1.0 read differently from the reference.</summary>
public sealed class FailingCaseTests
{
    private const string ReferenceRoot = "/cc";

    [CorpusFact]
    public void Every_case_that_0_1_0_read_wrong_is_read_like_by_the_reference()
    {
        string folder = Directory.CreateTempSubdirectory("composelab-failing-").FullName;
        try
        {
            string root = Path.Combine(folder, "cc");
            string answers = Path.Combine(folder, "expected5");
            Directory.CreateDirectory(Path.Combine(root, "home"));
            Directory.CreateDirectory(answers);
            Corpus.Unpack(Corpus.Beside("failing.tar.gz"), folder);
            Corpus.Unpack(Corpus.Beside("failing-expected5.tar.gz"), answers);
            CorpusCase[] cases = Directory.EnumerateDirectories(folder).Where(one => File.Exists(Path.Combine(one, "case.json")))
                .Select(one => CorpusCase.Read(one, Path.Combine(answers, Path.GetFileName(one)))).ToArray();

            Assert.Equal(70, cases.Length);
            Assert.Empty(cases.Select(one => Difference(one, root)).OfType<string>());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string? Difference(CorpusCase one, string root)
    {
        one.LayOut(root);
        try
        {
            ComposeProject project = ComposeLoader.Load(one.Request(root, interpolate: true), CancellationToken.None);
            string printed = ComposeYamlWriter.Write(project, new ComposeWriteOptions()).Replace(root, ReferenceRoot, StringComparison.Ordinal);
            return !one.ExpectsProject ? $"{one.Name} is accepted"
                : YamlEquality.Same(one.Expected("config.yaml")!, printed) ? null
                : $"{one.Name}: {TextDifference.Of(one.Expected("config.yaml")!, printed)}";
        }
        catch (ComposeException fault)
        {
            return one.ExpectsProject ? $"{one.Name} is refused: {fault.Message}" : null;
        }
    }
}
