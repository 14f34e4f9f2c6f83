namespace ComposeLab.Engine.Planning;

/// <summary>Plans what becomes of containers whose service the project does not define; services that a Compose profile switches off are no orphans.</summary>
/// <param name="scope">What is planned from.</param>
internal sealed class OrphanPlanning(StartScope scope)
{
    /// <summary>Plans the orphans: they are removed where asked, else warned about.</summary>
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
