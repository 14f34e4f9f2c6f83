using ComposeLab.Compose.Model;
using ComposeLab.Compose.Normalizing;

namespace ComposeLab.Engine.Planning;

/// <summary>The place on disk of a selected project. A stack that was started from another place is a different stack, even with the same name.</summary>
/// <param name="WorkingDirectory">The absolute project directory.</param>
/// <param name="ComposeFile">The first compose file; null if there is none.</param>
public sealed record ProjectPlace(string WorkingDirectory, string? ComposeFile)
{
    /// <summary>The rules of paths on this host.</summary>
    public HostPaths Paths { get; init; } = HostPaths.Current;

    /// <summary>The place of a loaded project.</summary>
    /// <param name="project">The project.</param>
    /// <returns>The place.</returns>
    public static ProjectPlace Of(ComposeProject project)
    {
        ArgumentNullException.ThrowIfNull(project);
        return new ProjectPlace(project.WorkingDirectory, project.ComposeFiles.Count > 0 ? project.ComposeFiles[0] : null) { Paths = project.Paths };
    }
}

/// <summary>Ensures that a project does not change a stack that another folder started with the same project name.</summary>
/// <param name="projectName">The project's name.</param>
/// <param name="place">Where the selected project is.</param>
/// <param name="observed">The state of the engine.</param>
internal sealed class ProjectOwnership(string projectName, ProjectPlace place, ObservedState observed)
{
    /// <summary>Checks a start: a stack with a missing folder is taken over; any other only if the user requests it.</summary>
    /// <param name="draft">The plan so far; added to.</param>
    /// <param name="takeOver">Whether the stack of another folder is taken over.</param>
    public void CheckStart(PlanDraft draft, bool takeOver)
    {
        if (Other() is not { } other)
        {
            return;
        }

        if (takeOver || IsGone(other))
        {
            string why = IsGone(other) ? "That folder does not exist anymore, so" : "As requested,";
            draft.Warn(new PlanWarning($"Stack '{projectName}' was started in {other.WorkingDirectory}. {why} it is taken over by {place.WorkingDirectory}."));
            return;
        }

        draft.AddFinding(
            EngineErrorId.ProjectNameInUse,
            Message(other),
            "Use another project name, remove the other stack, or take it over",
            service: null,
            origin: null,
            Remedy.RenameProject(),
            Remedy.RemoveStack(projectName),
            Remedy.TakeOver());
    }

    /// <summary>Checks a stop, restart or removal: the stack of another folder is changed only if it is specified by name.</summary>
    /// <param name="draft">The plan so far; added to.</param>
    public void CheckEnd(PlanDraft draft)
    {
        if (Other() is { } other && !IsGone(other))
        {
            draft.AddFinding(
                EngineErrorId.ProjectNameInUse,
                Message(other),
                "To select the other stack, specify only its name",
                service: null,
                origin: null,
                Remedy.NameStack(projectName));
        }
    }

    private string Message(ObservedContainer other) =>
        $"Project name '{projectName}' is already used by the stack in {other.WorkingDirectory} ({other.Name}); this project is in {place.WorkingDirectory}.";

    private ObservedContainer? Other() => observed.Containers.FirstOrDefault(container =>
        container.WorkingDirectory.Length > 0 && !IsSame(container.WorkingDirectory, place.WorkingDirectory) && !SharesFile(container));

    // The same file with another project directory is the same project.
    private bool SharesFile(ObservedContainer container) =>
        place.ComposeFile is { } file && container.ConfigFiles.Any(known => IsSame(known, file));

    private bool IsGone(ObservedContainer container) => observed.RealPaths.GetValueOrDefault(container.WorkingDirectory) is { Length: 0 };

    private bool IsSame(string one, string other) => place.Paths.AreSame(one, other) || place.Paths.AreSame(Real(one), Real(other));

    private string Real(string path) => observed.RealPaths.GetValueOrDefault(path) is { Length: > 0 } real ? real : path;
}
