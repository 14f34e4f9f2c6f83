namespace ComposeLab.Cmdlets.Tests.Hosting;

/// <summary>The repository that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string from)
    {
        string? at = from;
        while (at is not null && !File.Exists(Path.Combine(at, "ComposeLab.slnx")))
        {
            at = Path.GetDirectoryName(at);
        }

        return at ?? throw new DirectoryNotFoundException($"No ComposeLab.slnx above {from}.");
    }
}
