using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Errors;
using ComposeLab.Projects;

namespace ComposeLab.Cmdlets.Tests.Commands;

public sealed class ProjectSelectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_lab_profile_is_the_base_file_and_its_overlay_and_nothing_else()
    {
        Write("compose.yaml", "compose.override.yaml", "compose.dev.yaml");

        ComposeRequest request = ProjectSelector.ToRequest(InFolder() with { Profile = "Dev", Path = _folder.Path });

        Assert.Equal([_folder.At("compose.yaml"), _folder.At("compose.dev.yaml")], request.Files);
        Assert.Empty(request.ComposeProfiles);
    }

    [Fact]
    public void A_folder_without_a_profile_uses_the_discovery_rules()
    {
        ComposeRequest request = ProjectSelector.ToRequest(InFolder() with { Path = _folder.Path });

        Assert.Empty(request.Files);
        Assert.Equal(_folder.Path, request.WorkingDirectory);
    }

    [Fact]
    public void A_lab_profile_is_found_from_a_subfolder()
    {
        Write("compose.yaml", "compose.prod.yml");
        Directory.CreateDirectory(_folder.At("a/b"));

        ComposeRequest request = ProjectSelector.ToRequest(InFolder() with { Profile = "prod", Path = _folder.At("a/b") });

        Assert.Equal([_folder.At("compose.yaml"), _folder.At("compose.prod.yml")], request.Files);
    }

    [Fact]
    public void Files_are_kept_as_typed_and_are_relative_to_the_current_location()
    {
        ComposeRequest request = ProjectSelector.ToRequest(InFolder() with { Files = ["a.yaml", "../b.yaml"] });

        Assert.Equal(["a.yaml", "../b.yaml"], request.Files);
        Assert.Equal(_folder.Path, request.WorkingDirectory);
    }

    [Fact]
    public void Environment_files_are_relative_to_the_current_location()
    {
        Directory.CreateDirectory(_folder.At("shop"));

        ComposeRequest request = ProjectSelector.ToRequest(InFolder() with { Path = _folder.At("shop"), EnvFiles = ["my.env"] });

        Assert.Equal([_folder.At("my.env")], request.EnvFiles);
    }

    [Fact]
    public void A_lab_profile_is_merged_over_the_specified_files()
    {
        Write("shop.yaml", "shop.dev.yaml");

        ComposeRequest request = ProjectSelector.ToRequest(InFolder() with { Files = ["shop.yaml"], Profile = "Dev" });

        Assert.Equal(["shop.yaml", _folder.At("shop.dev.yaml")], request.Files);
    }

    [Fact]
    public void The_default_is_the_bundled_lab()
    {
        ComposeRequest request = ProjectSelector.ToRequest(InFolder() with { Profile = "Dev" });

        Assert.Equal(["compose.yaml", "compose.dev.yaml"], request.Files.Select(Path.GetFileName));
        Assert.Equal(Path.Combine(Repository.Root, "compose"), request.WorkingDirectory);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("a/b")]
    public void The_project_of_the_current_location_takes_precedence_over_the_bundled_lab(string below)
    {
        Write("compose.yaml", "compose.dev.yaml");
        string location = Directory.CreateDirectory(_folder.At(below)).FullName;

        ProjectSelection here = InFolder() with { Location = location };

        Assert.False(here.IsBundledLab);
        Assert.Equal(_folder.At("compose.yaml"), ProjectSelector.BaseFileOf(here));
        Assert.Equal(location, ProjectSelector.ToRequest(here).WorkingDirectory);
        Assert.Equal([_folder.At("compose.yaml"), _folder.At("compose.dev.yaml")], ProjectSelector.ToRequest(here with { Profile = "Dev" }).Files);
    }

    [Fact]
    public void The_bundled_lab_can_be_selected_from_anywhere()
    {
        Write("compose.yaml");

        ProjectSelection lab = InFolder() with { BundledLab = true };

        Assert.True(lab.IsBundledLab);
        Assert.Equal(Path.Combine(Repository.Root, "compose"), ProjectSelector.ToRequest(lab).WorkingDirectory);
    }

    [Fact]
    public void The_folder_of_the_bundled_lab_itself_is_the_bundled_lab() =>
        Assert.True((InFolder() with { Location = Path.Combine(Repository.Root, "compose") }).IsBundledLab);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void COMPOSE_FILE_makes_the_current_location_a_project(bool inEnvFile)
    {
        Write("stack.yaml");
        if (inEnvFile)
        {
            _folder.Write(".env", "COMPOSE_FILE=stack.yaml\n");
        }

        ProjectSelection here = InFolder() with
        {
            Environment = inEnvFile ? new Dictionary<string, string>() : new Dictionary<string, string> { ["COMPOSE_FILE"] = "stack.yaml" },
        };

        Assert.False(here.IsBundledLab);
        Assert.Equal(_folder.At("stack.yaml"), ProjectSelector.PlaceOf(here)?.ComposeFile);
    }

    [Fact]
    public void The_files_of_a_stack_are_its_base_file_and_its_lab_profile()
    {
        Write("compose.yaml", "compose.prod.yaml", "other.yaml");
        string[] files = [_folder.At("compose.yaml"), _folder.At("compose.prod.yaml")];

        ProjectSelection stack = InFolder().OfStack(files);

        Assert.Equal("Prod", stack.Profile);
        Assert.Equal(files, ProjectSelector.ToRequest(stack).Files);
        Assert.Null(ProjectSelector.PlaceOf(stack));
        Assert.False(stack.GivesFiles);
        Assert.Equal([files[0], _folder.At("other.yaml")], InFolder().OfStack([files[0], _folder.At("other.yaml")]).Files);
    }

    [Fact]
    public void A_name_alone_selects_no_files_and_a_file_defines_what_belongs_to_the_stack()
    {
        Write("compose.yaml");

        Assert.Null(ProjectSelector.PlaceOf(InFolder() with { ProjectName = "shop" }));
        Assert.NotNull(ProjectSelector.PlaceOf(InFolder() with { ProjectName = "shop", Path = _folder.Path }));
        Assert.True((InFolder() with { Path = _folder.At("compose.yaml") }).GivesFiles);
        Assert.False((InFolder() with { Path = _folder.Path }).GivesFiles);
    }

    [Fact]
    public void Services_are_selected_before_the_rest_is_checked()
    {
        _folder.Write("compose.yaml", "services: { tool: { image: t, profiles: [tools] }, broken: { image: b, env_file: ./missing.env } }\n");

        ComposeProject project = ComposeLoader.Load(ProjectSelector.ToRequest(InFolder() with { Path = _folder.Path, Services = ["tool"] }), CancellationToken.None);

        Assert.Equal(["tool"], project.Services.Keys);
    }

    [Fact]
    public void The_error_for_an_unknown_lab_profile_lists_the_existing_ones()
    {
        Write("compose.yaml", "compose.dev.yaml", "compose.prod.yaml", "compose.override.yaml");

        var fault = Assert.Throws<LabException>(() => ProjectSelector.ToRequest(InFolder() with { Profile = "Test", Path = _folder.Path }));

        Assert.Equal(LabErrorId.ProfileNotFound, fault.Id);
        Assert.Contains("Profiles: Dev, Prod.", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no/such/place", null)]
    [InlineData(".", "Dev")]
    public void A_folder_without_a_compose_file_is_reported(string path, string? profile)
    {
        var fault = Assert.Throws<LabException>(() => ProjectSelector.ToRequest(InFolder() with { Path = _folder.At(path), Profile = profile }));

        Assert.Equal(LabErrorId.ComposeFileNotFound, fault.Id);
    }

    private ProjectSelection InFolder() => new() { Location = _folder.Path, Environment = new Dictionary<string, string>() };

    private void Write(params string[] names)
    {
        foreach (string name in names)
        {
            _folder.Write(name, "services: {}\n");
        }
    }
}
