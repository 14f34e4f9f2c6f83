using ComposeLab.Engine.Images.Context;

namespace ComposeLab.Engine.Images;

/// <summary>Finds builds that need the image of another build because their Dockerfile starts from it or copies from it.</summary>
internal static class BuildOrder
{
    /// <summary>Finds the dependencies of each build.</summary>
    /// <param name="builds">The builds.</param>
    /// <returns>For each build, by its position, the positions of the builds it depends on.</returns>
    /// <exception cref="EngineException">ImageBuildFailed: the builds depend on each other in a cycle.</exception>
    public static IReadOnlyList<IReadOnlyList<int>> Of(IReadOnlyList<BuildSpec> builds)
    {
        var byName = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int index = 0; index < builds.Count; index++)
        {
            foreach (string name in builds[index].Names)
            {
                byName.TryAdd(Tagged(name), index);
            }
        }

        IReadOnlyList<int>[] needs =
        [
            .. builds.Select((build, index) => (IReadOnlyList<int>)
            [
                .. Images(build).Where(byName.ContainsKey).Select(image => byName[image]).Where(other => other != index).Distinct(),
            ]),
        ];
        Check(builds, needs);
        return needs;
    }

    /// <summary>The images that a build starts from or copies from.</summary>
    /// <param name="build">The build.</param>
    /// <returns>Their names, each with its tag.</returns>
    public static IEnumerable<string> Images(BuildSpec build) => DockerfileImages.Of(BuildContext.DockerfileText(build), build.Arguments).Select(Tagged);

    /// <summary>A name with the default tag if it has none.</summary>
    /// <param name="name">The image's name.</param>
    /// <returns>The whole name.</returns>
    public static string Tagged(string name) => name.LastIndexOf(':') > name.LastIndexOf('/') || name.Contains('@', StringComparison.Ordinal) ? name : name + ":latest";

    private static void Check(IReadOnlyList<BuildSpec> builds, IReadOnlyList<int>[] needs)
    {
        var done = new HashSet<int>();
        while (Enumerable.Range(0, builds.Count).Where(index => !done.Contains(index) && needs[index].All(done.Contains)).ToArray() is { Length: > 0 } ready)
        {
            done.UnionWith(ready);
        }

        if (done.Count < builds.Count)
        {
            string[] circle = [.. Enumerable.Range(0, builds.Count).Where(index => !done.Contains(index)).Select(index => builds[index].Title)];
            throw new EngineException(
                EngineErrorId.ImageBuildFailed,
                $"The images of {string.Join(" and ", circle)} depend on each other, so none can be built first.",
                "Change one of their Dockerfiles so that it does not start from, or copy from, the other image.");
        }
    }
}
