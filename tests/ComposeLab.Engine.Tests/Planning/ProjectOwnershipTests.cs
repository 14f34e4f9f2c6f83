using ComposeLab.Compose.Model;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Planning;

public sealed class ProjectOwnershipTests
{
    private const string Elsewhere = "/elsewhere";

    private readonly ComposeProject _project = Projects.Load("services: { a: { image: a } }");

    public static TheoryData<Func<ObservedState, ProjectPlace?, StackPlan>> Ends => new(
        (state, place) => StackPlanner.PlanStop("lab", null, state, new StopOptions { Place = place }),
        (state, place) => StackPlanner.PlanRestart("lab", null, state, new RestartOptions { Place = place }),
        (state, place) => StackPlanner.PlanRemove("lab", null, state, new RemoveOptions { Place = place }));

    [Theory]
    [MemberData(nameof(Ends), DisableDiscoveryEnumeration = true)]
    public void A_second_clone_does_not_stop_the_stack_of_the_first(Func<ObservedState, ProjectPlace?, StackPlan> plan)
    {
        PreflightFinding finding = Assert.Single(plan(OfElsewhere(), ProjectPlace.Of(_project)).Findings);

        Assert.Equal(EngineErrorId.ProjectNameInUse, finding.Id);
        Assert.Equal(RemedyKind.NameStack, Assert.Single(finding.Remedies).Kind);
    }

    [Theory]
    [MemberData(nameof(Ends), DisableDiscoveryEnumeration = true)]
    public void A_stack_specified_by_name_is_selected_from_any_folder(Func<ObservedState, ProjectPlace?, StackPlan> plan) =>
        Assert.Empty(plan(OfElsewhere(), null).Findings);

    [Theory]
    [MemberData(nameof(Ends), DisableDiscoveryEnumeration = true)]
    public void A_stack_of_a_moved_project_can_be_stopped_from_its_new_folder(Func<ObservedState, ProjectPlace?, StackPlan> plan) =>
        Assert.Empty(plan(OfElsewhere("", ""), ProjectPlace.Of(_project)).Findings);

    [Fact]
    public void A_start_takes_over_the_stack_of_a_moved_project_and_reports_it()
    {
        StackPlan plan = Start(OfElsewhere("", ""));

        Assert.Empty(plan.Findings);
        Assert.Contains(Elsewhere, Assert.Single(plan.Warnings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"c:\SHOP\", true)]
    [InlineData("C:/shop", true)]
    [InlineData(@"C:\shop2", false)]
    public void On_Windows_the_case_and_the_separators_of_a_folder_do_not_matter(string folder, bool isSame)
    {
        var place = new ProjectPlace(@"C:\shop", null) { Paths = new HostPaths(IsWindows: true) };

        Assert.Equal(isSame, StackPlanner.PlanStop("lab", null, OfElsewhere(folder, folder + "/compose.yaml"), new StopOptions { Place = place }).Findings.Count == 0);
    }

    [Fact]
    public void A_folder_with_another_path_is_the_same_folder()
    {
        StackPlan plan = Start(OfElsewhere(_project.WorkingDirectory, _project.ComposeFiles[0]));

        Assert.Empty(plan.Findings);
        Assert.Empty(plan.Warnings);
    }

    [Fact]
    public void A_start_takes_over_the_stack_of_another_folder_only_if_forced()
    {
        ObservedState state = OfElsewhere(Elsewhere, Elsewhere + "/compose.yaml");

        Assert.Equal(EngineErrorId.ProjectNameInUse, Assert.Single(Start(state).Findings).Id);
        StackPlan plan = Start(state, takeOver: true);
        Assert.Empty(plan.Findings);
        Assert.Single(plan.Warnings);
    }

    private StackPlan Start(ObservedState state, bool takeOver = false) =>
        StackPlanner.PlanStart(_project, state, new StartOptions { TakeOver = takeOver }, new SimulatedEngine().Info);

    private ObservedState OfElsewhere(string? folder = null, string? file = null)
    {
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(_project).Start(_project);
        engine.Change("lab-a-1", container => container with
        {
            Labels = new Dictionary<string, string>(container.Labels) { [StackLabels.WorkingDirectory] = Elsewhere, [StackLabels.ConfigFiles] = Elsewhere + "/compose.yaml" },
        });
        return folder is null || file is null
            ? engine.State
            : engine.State with { RealPaths = new Dictionary<string, string> { [Elsewhere] = folder, [Elsewhere + "/compose.yaml"] = file } };
    }
}

public sealed class RealPathsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("composelab-paths-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_release_folder_behind_a_link_is_the_target_of_the_link()
    {
        string release = Directory.CreateDirectory(Path.Combine(_folder, "r1")).FullName;
        string current = Path.Combine(_folder, "current");
        Directory.CreateSymbolicLink(current, "r1");

        IReadOnlyDictionary<string, string> real = RealPaths.Of([release, current]);

        Assert.Equal(real[release], real[current]);
    }

    [Fact]
    public void A_missing_folder_is_distinguished_from_an_existing_one()
    {
        string gone = Path.Combine(_folder, "gone", "deeper");

        Assert.Equal("", RealPaths.Of([gone, _folder])[gone]);
        Assert.NotEqual("", RealPaths.Of([gone, _folder])[_folder]);
    }
}
