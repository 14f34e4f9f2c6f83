using ComposeLab.Bench.Harness;
using ComposeLab.Compose.Loading;

namespace ComposeLab.Bench.Config;

/// <summary>The lab's three files, as input for both sides.</summary>
internal static class LabFiles
{
    private static readonly string[] Files = ["compose.yaml", "compose.dev.yaml", "compose.prod.yaml"];

    private static readonly Dictionary<string, string> Environment = new(StringComparer.Ordinal)
    {
        ["HOME"] = "/nowhere",
        ["PATH"] = "/usr/bin:/bin",
        ["POSTGRES_PASSWORD"] = "bench",
    };

    private static IEnumerable<string> Arguments => [.. Files.SelectMany(file => new[] { "-f", file }), "config"];

    /// <summary>The lab's folder.</summary>
    public static string Folder { get; } = Repository.At("compose");

    /// <summary>A load by the library.</summary>
    public static ComposeRequest Request => new() { WorkingDirectory = Folder, Files = Files, Environment = Environment };

    /// <summary>The same as a command line of the peer.</summary>
    public static Command Peer => DockerCompose.Command(Arguments, Environment, Folder);

    /// <summary>The same as a call of the peer's plugin alone.</summary>
    public static Command PeerAlone => DockerCompose.Alone(Arguments, Environment, Folder);

    /// <summary>The same as a call of the cmdlet.</summary>
    public static string Script => $"Show-MergedConfig -ShowSecret -File {string.Join(',', Files.Select(file => $"'{Path.Combine(Folder, file)}'"))}";
}
