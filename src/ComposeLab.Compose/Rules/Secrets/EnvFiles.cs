namespace ComposeLab.Compose.Rules.Secrets;

/// <summary>The files that hold this machine's values: the project's <c>.env</c>, or the files that stand in its place.</summary>
internal static class EnvFiles
{
    /// <summary>Lists those that exist.</summary>
    /// <param name="context">The project.</param>
    /// <returns>Absolute paths.</returns>
    public static IEnumerable<string> Of(RuleContext context)
    {
        string directory = context.Project.WorkingDirectory;
        IEnumerable<string> named = context.Project.EnvFiles.Count > 0 ? context.Project.EnvFiles : [".env"];
        return named.Select(file => Path.GetFullPath(file, directory)).Distinct(StringComparer.Ordinal).Where(file => context.World.ReadText(file) is not null);
    }
}
