using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Projects;

namespace ComposeLab.Cmdlets.Tests.Projects;

public sealed class ProjectPreloadTests
{
    [Fact]
    public void The_project_that_is_loaded_at_the_import_is_valid()
    {
        string text = ProjectPreload.Text(Path.Combine(Repository.Root, "module", "preload.yaml"));

        Assert.Contains("name: preload", text, StringComparison.Ordinal);
        Assert.Contains("condition: service_healthy", text, StringComparison.Ordinal);
    }
}
