namespace ComposeLab.Compose.Tests.Cases;

/// <summary>
/// What stands around nearly every answer and says nothing about the case: the project's name, and the default network with every service in it. A case
/// whose answer lacks any of it spells the whole answer out.
/// </summary>
internal static class Frame
{
    private const string Name = "name: case\n";
    private const string Network = "networks:\n  default:\n    name: case_default\n";
    private const string Attachment = "    networks:\n      default: null\n";

    /// <summary>Takes the frame off an answer.</summary>
    /// <param name="config">The whole answer.</param>
    /// <returns>What is inside; null if a part of the frame is missing.</returns>
    public static string? Remove(string config)
    {
        var services = config.Split('\n').SkipWhile(line => line != "services:").Skip(1).TakeWhile(line => line.StartsWith(' ')).Count(line => line[2] != ' ');
        var inner = config.Replace(Attachment, "", StringComparison.Ordinal);
        return config.StartsWith(Name, StringComparison.Ordinal)
            && inner.Contains("\n" + Network, StringComparison.Ordinal)
            && config.Length - inner.Length == services * Attachment.Length
                ? inner[Name.Length..].Replace("\n" + Network, "\n", StringComparison.Ordinal)
                : null;
    }
}
