using System.Globalization;
using ComposeLab.Bench.Harness;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Writing;

namespace ComposeLab.Bench.Config;

/// <summary>Large files: the cost must grow with the length and not faster.</summary>
internal sealed class ConfigGrowth : IBenchmark
{
    private static readonly int[] Lengths = [500, 1_000, 5_000, 10_000, 50_000];

    /// <inheritdoc/>
    public string Name => "config-growth";

    /// <inheritdoc/>
    public string Question => "one file of 500 to 50,000 lines, warm; the cost per line must be constant";

    /// <inheritdoc/>
    public Task RunAsync(ResultTable results, CancellationToken token)
    {
        var folder = Directory.CreateTempSubdirectory("composelab-bench-").FullName;
        try
        {
            foreach (var lines in Lengths)
            {
                File.WriteAllText(Path.Combine(folder, "compose.yaml"), LargeFile.Of(lines));
                var request = new ComposeRequest { WorkingDirectory = folder, Files = ["compose.yaml"] };
                var time = Timing.Median(
                    () => ComposeYamlWriter.Write(ComposeLoader.Load(request, token), new ComposeWriteOptions()), repetitions: 9, warmups: 5, token);
                if (lines == 5_000)
                {
                    results.Limit($"{lines:N0} lines", time, TimeSpan.FromMilliseconds(150));
                }

                results.Note($"{lines:N0} lines", string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds,8:0.0} ms {time.TotalMicroseconds / lines,8:0.0} us a line"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return Task.CompletedTask;
    }
}
