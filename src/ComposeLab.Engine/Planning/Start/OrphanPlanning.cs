namespace ComposeLab.Engine.Planning;

/// <summary>Plans the containers of services that the project does not define. Services disabled by a Compose profile are not orphans.</summary>
/// <param name="scope">The shared state of the planning.</param>
internal sealed class OrphanPlanning(StartScope scope)
{
    /// <summary>Plans the orphans: they are removed if requested; otherwise, there is a warning.</summary>
    public void Plan()
    {
        foreach (ObservedContainer orphan in scope.Observed.Containers.Where(IsOrphan))
        {
            if (ComposeSettings.RemovesOrphans(scope.Project, scope.Options.RemoveOrphans))
            {
                scope.Teardown.Remove(orphan, "orphan: the project does not define its service", []);
            }
            else if (!ComposeSettings.IgnoresOrphans(scope.Project))
            {
                scope.Draft.Warn(new PlanWarning(
                    $"Container {orphan.Name} belongs to a service that the project does not define.", orphan.Service, Remedy: Remedy.RemoveOrphans()));
            }
        }
    }

    private bool IsOrphan(ObservedContainer container) =>
        !scope.Project.Services.ContainsKey(container.Service) && !scope.Project.DisabledServices.ContainsKey(container.Service);
}
