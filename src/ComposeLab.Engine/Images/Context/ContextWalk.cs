namespace ComposeLab.Engine.Images.Context;

/// <summary>Walks a build context without opening ignored files and directories.</summary>
/// <param name="root">The context's directory.</param>
/// <param name="ignore">The entries to exclude.</param>
internal sealed class ContextWalk(DirectoryInfo root, IgnoreFile ignore)
{
    /// <summary>Lists the entries to send, each directory before its entries, names in ordinal order: the same tree produces the same list.</summary>
    /// <returns>The entries, listed while the tree is read.</returns>
    public IEnumerable<ContextEntry> Entries() => Inside(root, string.Empty, ignore.Root);

    private IEnumerable<ContextEntry> Inside(DirectoryInfo directory, string prefix, IgnoreState state)
    {
        foreach (var info in directory.EnumerateFileSystemInfos().OrderBy(info => info.Name, StringComparer.Ordinal))
        {
            var path = prefix + info.Name;
            var own = ignore.Of(path, state);
            // A link is sent as a link, even one to a directory.
            var inner = info is DirectoryInfo { LinkTarget: null } folder ? folder : null;
            if (!own.Ignored)
            {
                yield return new ContextEntry(path, info);
            }
            else if (inner is null || !ignore.MayKeepInside(path))
            {
                continue;
            }

            if (inner is null)
            {
                continue;
            }

            var announced = !own.Ignored;
            foreach (var entry in Inside(inner, $"{path}/", own))
            {
                if (!announced)
                {
                    // An ignored directory is sent if it is the parent of an entry that is included again.
                    announced = true;
                    yield return new ContextEntry(path, info);
                }

                yield return entry;
            }
        }
    }
}
