using System.Collections.Concurrent;
using System.Text;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Tests.Cases;
using ComposeLab.Compose.Tests.Conformance;
using ComposeLab.Compose.Writing;

namespace ComposeLab.Compose.Tests.Hostile;

/// <summary>
/// Files made at random, the same in every run: loading and printing them always results in a project or an error of the loader.
/// <c>COMPOSELAB_FUZZ_SEED</c> and <c>COMPOSELAB_FUZZ_COUNT</c> let a person look further.
/// </summary>
public sealed class FuzzTests : IDisposable
{
    private const int Broken = 8_000;
    private const int Composed = 3_000;
    private const int LargestSeed = 4_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("composelab-fuzz-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_mutated_file_results_in_a_project_or_an_error_of_the_loader()
    {
        var seeds = Seeds().ToArray();
        int count = Number("COMPOSELAB_FUZZ_COUNT", Broken);

        int accepted = Run(count, random => Mutation.Of(seeds[random.Next(seeds.Length)], seeds, random));

        Assert.InRange(accepted, count / 100, count);
    }

    [Fact]
    public void Of_files_that_follow_the_grammar_half_load_and_the_others_end_in_the_loaders_own_error()
    {
        var grammar = new Grammar(Loads);
        Assert.InRange(grammar.Count, 200, int.MaxValue);
        int count = Number("COMPOSELAB_FUZZ_COUNT", Composed);

        int accepted = Run(count, grammar.Make);

        Assert.InRange(accepted, count / 2, count);
    }

    private int Run(int count, Func<Random, string> make)
    {
        int seed = Number("COMPOSELAB_FUZZ_SEED", 20_251);
        var faults = new ConcurrentBag<string>();
        int accepted = 0;
        Parallel.For(0, System.Environment.ProcessorCount, worker =>
        {
            string folder = Directory.CreateDirectory(Path.Combine(_folder, $"{worker}")).FullName;
            for (int input = worker; input < count && faults.IsEmpty; input += System.Environment.ProcessorCount)
            {
                string text = make(new Random(seed + input));
                try
                {
                    LoadAndPrint(folder, text, input);
                    Interlocked.Increment(ref accepted);
                }
                catch (ComposeException refusal) when (refusal.Message.Length is > 0 and < 2_000)
                {
                    // Rejected as expected.
                }
                catch (Exception fault)
                {
                    faults.Add($"input {input} of seed {seed}: {fault}\n--- the file\n{text}");
                }
            }
        });

        Assert.True(faults.IsEmpty, faults.FirstOrDefault());
        return accepted;
    }

    private bool Loads(string text)
    {
        try
        {
            Load(_folder, text);
            return true;
        }
        catch (ComposeException)
        {
            return false;
        }
    }

    // Each file is printed in one of the forms.
    private static void LoadAndPrint(string folder, string text, int input)
    {
        var project = Load(folder, text);
        switch (input % 3)
        {
            case 0:
                ComposeYamlWriter.Write(project, new ComposeWriteOptions { Origins = true });
                break;
            case 1:
                ComposeJsonWriter.Write(project, new ComposeWriteOptions());
                break;
            default:
                ComposeLoader.Load(Request(folder) with { Interpolate = false }, CancellationToken.None);
                break;
        }
    }

    private static Model.ComposeProject Load(string folder, string text)
    {
        File.WriteAllText(Path.Combine(folder, "compose.yaml"), text, new UTF8Encoding(false, false));
        return ComposeLoader.Load(Request(folder), CancellationToken.None);
    }

    private static ComposeRequest Request(string folder) =>
        new() { WorkingDirectory = folder, Files = ["compose.yaml"], Environment = new Dictionary<string, string> { ["SET"] = "val", ["HOME"] = "/home" } };

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
