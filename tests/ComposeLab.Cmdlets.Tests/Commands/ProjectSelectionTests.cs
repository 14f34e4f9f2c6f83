using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Compose.Loading;
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
    public void A_folder_without_a_profile_is_left_to_the_rules_of_discovery()
    {
        ComposeRequest request = ProjectSelector.ToRequest(InFolder() with { Path = _folder.Path });

        Assert.Empty(request.Files);
        Assert.Equal(_folder.Path, request.WorkingDirectory);
    }

    [Fact]
    public void A_lab_profile_is_found_from_a_folder_below()
    {
        Write("compose.yaml", "compose.prod.yml");
        Directory.CreateDirectory(_folder.At("a/b"));

        ComposeRequest request = ProjectSelector.ToRequest(InFolder() with { Profile = "prod", Path = _folder.At("a/b") });

        Assert.Equal([_folder.At("compose.yaml"), _folder.At("compose.prod.yml")], request.Files);
    }

    [Fact]
    public void Files_stay_as_they_were_typed_and_start_from_the_current_location()
    {
        ComposeRequest request = ProjectSelector.ToRequest(InFolder() with { Files = ["a.yaml", "../b.yaml"] });

        Assert.Equal(["a.yaml", "../b.yaml"], request.Files);
        Assert.Equal(_folder.Path, request.WorkingDirectory);
    }

    [Fact]
    public void Files_of_variables_start_from_the_current_location_wherever_the_project_is()
    {
        Directory.CreateDirectory(_folder.At("shop"));

        ComposeRequest request = ProjectSelector.ToRequest(InFolder() with { Path = _folder.At("shop"), EnvFiles = ["my.env"] });

        Assert.Equal([_folder.At("my.env")], request.EnvFiles);
    }

    [Fact]
    public void A_lab_profile_lies_over_the_files_that_were_given()
    {
        Write("shop.yaml", "shop.dev.yaml");

        ComposeRequest request = ProjectSelector.ToRequest(InFolder() with { Files = ["shop.yaml"], Profile = "Dev" });

        Assert.Equal(["shop.yaml", _folder.At("shop.dev.yaml")], request.Files);
    }

    [Fact]
    public void Nothing_given_means_the_bundled_lab()
    {
        ComposeRequest request = ProjectSelector.ToRequest(InFolder() with { Profile = "Dev" });

        Assert.Equal(["compose.yaml", "compose.dev.yaml"], request.Files.Select(Path.GetFileName));
        Assert.Equal(Path.Combine(Repository.Root, "compose"), request.WorkingDirectory);
    }

    [Fact]
    public void An_unknown_lab_profile_lists_those_there_are()
    {
        Write("compose.yaml", "compose.dev.yaml", "compose.prod.yaml", "compose.override.yaml");

        var fault = Assert.Throws<LabException>(() => ProjectSelector.ToRequest(InFolder() with { Profile = "Test", Path = _folder.Path }));

        Assert.Equal(LabErrorId.ProfileNotFound, fault.Id);
        Assert.Contains("There are: Dev, Prod.", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no/such/place", null)]
    [InlineData(".", "Dev")]
    public void A_place_without_a_compose_file_is_named(string path, string? profile)
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
