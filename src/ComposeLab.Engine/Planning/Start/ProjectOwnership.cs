namespace ComposeLab.Engine.Planning;

/// <summary>Sees to it that a directory does not take over the stack that another one made under the same project name.</summary>
internal static class ProjectOwnership
{
    /// <summary>Checks whose the containers are that a start would change.</summary>
    /// <param name="scope">What is planned from.</param>
    public static void Check(StartScope scope)
    {
        ObservedContainer? other = scope.Observed.Containers.FirstOrDefault(container =>
            container.WorkingDirectory.Length > 0 && !IsSame(container.WorkingDirectory, scope.Project.WorkingDirectory));
        if (other is not null && !SharesFiles(scope, other))
        {
            scope.Draft.AddFinding(
                EngineErrorId.ProjectNameInUse,
                $"Project name '{scope.Project.Name}' is already used by the stack in {other.WorkingDirectory} ({other.Name}); this project is in {scope.Project.WorkingDirectory}.",
                "Use another project name, or remove the other stack",
                service: null,
                origin: null,
                Remedy.RenameProject(),
                Remedy.RemoveStack(scope.Project.Name));
        }
    }

    // The same files with another project directory are the same project.
    private static bool SharesFiles(StartScope scope, ObservedContainer other) =>
        scope.Project.ComposeFiles.Count > 0 && other.ConfigFiles.Contains(scope.Project.ComposeFiles[0], StringComparer.Ordinal);

    private static bool IsSame(string one, string other) =>
        string.Equals(one.TrimEnd('/', '\\'), other.TrimEnd('/', '\\'), OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}
