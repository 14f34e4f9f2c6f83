using ComposeLab.Bench.Harness;

namespace ComposeLab.Bench.Config;

/// <summary>The peer: docker compose, in the version whose dialect ComposeLab speaks.</summary>
internal static class ComposePlugin
{
    private const string Suite = "sid";

    /// <summary>The plugin's path.</summary>
    /// <exception cref="BenchmarkUnavailableException">It cannot be had.</exception>
    public static string Path { get; } = Find();

    private static string Find()
    {
        var (exitCode, output, errors) = new Command(Repository.At("tools/peer/compose-plugin.sh"), [Suite]).Outcome();
        return exitCode == 0 ? output.Trim() : throw new BenchmarkUnavailableException(errors.Trim());
    }
}
