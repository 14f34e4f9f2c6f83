using System.Collections.Concurrent;
using System.Text;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Tests.Cases;
using ComposeLab.Compose.Tests.Conformance;
using ComposeLab.Compose.Writing;

namespace ComposeLab.Compose.Tests.Hostile;

/// <summary>
/// Mutations of good and bad files, the same in every run: whatever they hold, loading and printing them ends in an answer or in the loader's own error.
/// <c>COMPOSELAB_FUZZ_SEED</c> and <c>COMPOSELAB_FUZZ_COUNT</c> let a person look further.
/// </summary>
public sealed class FuzzTests : IDisposable
{
    private const int Inputs = 24_000;
    private const int LargestSeed = 4_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("composelab-fuzz-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_mutated_file_results_in_a_project_or_an_error_of_the_loader()
    {
        var seeds = Seeds().ToArray();
        var seed = Number("COMPOSELAB_FUZZ_SEED", 20_251);
        var count = Number("COMPOSELAB_FUZZ_COUNT", Inputs);
        var faults = new ConcurrentBag<string>();
        var accepted = 0;
        Parallel.For(0, System.Environment.ProcessorCount, worker =>
        {
            var folder = Directory.CreateDirectory(Path.Combine(_folder, $"{worker}")).FullName;
            for (var input = worker; input < count && faults.IsEmpty; input += System.Environment.ProcessorCount)
            {
                var random = new Random(seed + input);
                var text = Mutation.Of(seeds[random.Next(seeds.Length)], seeds, random);
                try
                {
                    LoadAndPrint(folder, text);
                    Interlocked.Increment(ref accepted);
                }
                catch (ComposeException refusal) when (refusal.Message.Length is > 0 and < 2_000)
                {
                    // Refused in the way that is meant.
                }
                catch (Exception fault)
                {
                    faults.Add($"input {input} of seed {seed}: {fault}\n--- the file\n{text}");
                }
            }
        });

        Assert.True(faults.IsEmpty, faults.FirstOrDefault());
        Assert.InRange(accepted, count / 100, count);
    }

    private static void LoadAndPrint(string folder, string text)
    {
        File.WriteAllText(Path.Combine(folder, "compose.yaml"), text, new UTF8Encoding(false, false));
        var request = new ComposeRequest { WorkingDirectory = folder, Files = ["compose.yaml"], Environment = new Dictionary<string, string> { ["SET"] = "val", ["HOME"] = "/home" } };
        var project = ComposeLoader.Load(request, CancellationToken.None);
        ComposeYamlWriter.Write(project, new ComposeWriteOptions { Origins = true });
        ComposeJsonWriter.Write(project, new ComposeWriteOptions());
        ComposeLoader.Load(request with { Interpolate = false }, CancellationToken.None);
    }

    private static IEnumerable<string> Seeds()
    {
        foreach (var file in CaseFile.Topics.SelectMany(topic => CaseFile.Read(topic).Cases).SelectMany(one => one.Files))
        {
            if (file.Name.EndsWith(".yaml", StringComparison.Ordinal) && file.Text.Length is > 0 and < LargestSeed)
            {
                yield return file.Content;
            }
        }

        if (Corpus.Archive is { } archive)
        {
            foreach (var text in Corpus.Texts(archive, LargestSeed))
            {
                yield return text;
            }
        }
    }

    private static int Number(string variable, int standard) => int.TryParse(System.Environment.GetEnvironmentVariable(variable), out var number) ? number : standard;
}
