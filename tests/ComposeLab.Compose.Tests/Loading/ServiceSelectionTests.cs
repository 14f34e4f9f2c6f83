using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;

namespace ComposeLab.Compose.Tests.Loading;

public sealed class ServiceSelectionTests : IDisposable
{
    private const string Project = """
        services:
          web: {image: web, depends_on: {api: {condition: service_started}, cache: {condition: service_started, required: false}}}
          api: {image: api, depends_on: [db]}
          db: {image: db, container_name: one}
          cache: {image: cache, profiles: [extra]}
          tool: {image: tool, profiles: [tools], depends_on: [db], env_file: tool.env}
          helper: {image: helper, profiles: [tools]}
          broken: {image: broken, env_file: missing.env, networks: [nowhere]}
          twin: {image: twin, container_name: one}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("composelab-selection-").FullName;

    public ServiceSelectionTests()
    {
        File.WriteAllText(Path.Combine(_folder, "compose.yaml"), Project);
        File.WriteAllText(Path.Combine(_folder, "tool.env"), "T=1");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_selected_service_is_loaded_with_its_dependencies_and_nothing_else_is_checked()
    {
        ComposeProject project = Load("web");

        Assert.Equal(["api", "db", "web"], project.Services.Keys);
        Assert.Equal(["broken", "cache", "helper", "tool", "twin"], project.DisabledServices.Keys);
        Assert.Equal(["api"], project.Services["web"].DependsOn.Keys);
    }

    [Fact]
    public void The_Compose_profiles_of_a_selected_service_are_enabled()
    {
        ComposeProject project = Load("tool");

        Assert.Equal(["db", "tool"], project.Services.Keys);
        Assert.Equal("1", project.Services["tool"].Environment["T"]);
    }

    [Fact]
    public void Selected_services_are_checked()
    {
        Assert.Equal(ComposeErrorId.EnvFileNotFound, Assert.Throws<ComposeException>(() => Load("broken")).Id);
        Assert.Equal(ComposeErrorId.ComposeFileInvalid, Assert.Throws<ComposeException>(() => Load("db", "twin")).Id);
    }

    [Fact]
    public void The_error_for_a_missing_selected_service_suggests_the_nearest_one()
    {
        var fault = Assert.Throws<ComposeException>(() => Load("webb"));

        Assert.Equal(ComposeErrorId.ServiceNotFound, fault.Id);
        Assert.Contains("'web'", fault.Message, StringComparison.Ordinal);
    }

    private ComposeProject Load(params string[] services) =>
        ComposeLoader.Load(new ComposeRequest { WorkingDirectory = _folder, Services = services }, CancellationToken.None);
}
