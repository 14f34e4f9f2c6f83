using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Planning;

public sealed class ServiceOverridesTests
{
    private const string Shop = """
        services:
          api:
            image: api
            entrypoint: [tini]
            command: [serve]
            user: app
            environment: { LEVEL: info, TOKEN: old }
            cap_add: [NET_ADMIN]
            cap_drop: [SYS_TIME]
            ports: ["8080:80"]
            volumes: ["data:/data", "./conf:/conf"]
        volumes: { data: }
        """;

    private static readonly ServiceOverrides Same = new() { ContainerName = "run", Directory = "/here" };

    [Fact]
    public void Without_overrides_only_the_name_and_the_ports_change()
    {
        ServiceDefinition api = Api(Same);

        Assert.Equal("run", api.ContainerName);
        Assert.Empty(api.Ports);
        Assert.Equal("tini serve app", $"{api.Entrypoint!.Single()} {api.Command!.Single()} {api.User}");
        Assert.Equal(["/data", "/conf"], api.Volumes.Select(mount => mount.Target));
    }

    [Theory]
    [InlineData("sh -c", "sh|-c")]
    [InlineData("'/opt/my program' -x", "/opt/my program|-x")]
    [InlineData("un'closed", "un'closed")]
    public void An_entrypoint_of_one_text_is_split_into_words(string text, string words) =>
        Assert.Equal(words.Split('|'), Api(Same with { Entrypoint = [text] }).Entrypoint);

    [Fact]
    public void An_entrypoint_of_several_words_is_used_as_it_is() => Assert.Equal(["sh", "-c", "a b"], Api(Same with { Entrypoint = ["sh", "-c", "a b"] }).Entrypoint);

    [Fact]
    public void The_definition_in_the_project_does_not_change()
    {
        ComposeProject project = Projects.Load(Shop);

        (Same with { User = "root" }).Apply(project, "api", CancellationToken.None);

        Assert.Equal("app", project.Services["api"].User);
    }

    [Fact]
    public void An_entrypoint_drops_the_command_of_the_service()
    {
        ServiceDefinition alone = Api(Same with { Entrypoint = ["sh"] });
        ServiceDefinition both = Api(Same with { Entrypoint = ["sh"], Command = ["-c", "ls"] });

        Assert.Equal(["sh"], alone.Entrypoint);
        Assert.Equal([], alone.Command);
        Assert.Equal(["-c", "ls"], both.Command);
    }

    [Fact]
    public void Ports_replace_those_of_the_service_or_are_kept_on_request()
    {
        Assert.Equal(["127.0.0.1 9000 80"], Api(Same with { Ports = ["127.0.0.1:9000:80"] }).Ports.Select(port => $"{port.HostIp} {port.Published} {port.Target}"));
        Assert.Equal(["8080"], Api(Same with { ServicePorts = true }).Ports.Select(port => port.Published));
    }

    [Fact]
    public void A_volume_is_relative_to_the_current_location_and_replaces_one_with_its_target()
    {
        ServiceDefinition api = Api(Same with { Volumes = ["./x:/new", "/y:/conf:ro"] });

        Assert.Equal(["data /data", "/here/x /new", "/y /conf"], api.Volumes.Select(mount => $"{mount.Source} {mount.Target}"));
        Assert.True(api.Volumes[^1].ReadOnly);
    }

    [Fact]
    public void A_named_volume_is_one_of_the_project_or_an_existing_one()
    {
        ComposeProject project = (Same with { Volumes = ["data:/a", "other:/b"] }).Apply(Projects.Load(Shop), "api", CancellationToken.None);

        Assert.False(project.Volumes["data"].External);
        Assert.True(project.Volumes["other"].External);
        Assert.Equal("other", project.Volumes["other"].Name);
    }

    [Fact]
    public void Variables_override_those_of_files_which_override_those_of_the_service()
    {
        string directory = Directory.CreateTempSubdirectory("composelab-run-").FullName;
        try
        {
            string first = Path.Combine(directory, "a.env");
            string second = Path.Combine(directory, "b.env");
            File.WriteAllText(first, "LEVEL=a\nONE=1\nBOTH=a\n");
            File.WriteAllText(second, "TOKEN=b\nBOTH=b\nUSES=${WORD}\n");
            ServiceDefinition api = Api(Same with
            {
                EnvironmentFiles = [first, second],
                Environment = new Dictionary<string, string?> { ["TOKEN"] = "typed", ["WORD"] = "w", ["HOST"] = null, ["UNKNOWN"] = null },
            });

            Assert.Equal(
                new Dictionary<string, string?> { ["LEVEL"] = "a", ["ONE"] = "1", ["BOTH"] = "b", ["TOKEN"] = "typed", ["USES"] = "w", ["WORD"] = "w", ["HOST"] = "known" },
                api.Environment.ToDictionary());
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void Capabilities_move_from_one_list_to_the_other()
    {
        ServiceDefinition api = Api(Same with { CapAdd = ["SYS_TIME"], CapDrop = ["NET_ADMIN"] });

        Assert.Equal(["SYS_TIME"], api.CapAdd);
        Assert.Equal(["NET_ADMIN"], api.CapDrop);
    }

    [Theory]
    [InlineData("x:80", "", ComposeErrorId.ComposeFileInvalid)]
    [InlineData("", "vol:/b:/c:/d", ComposeErrorId.ComposeFileInvalid)]
    public void A_port_or_volume_that_is_not_valid_is_an_error(string port, string volume, ComposeErrorId id)
    {
        ComposeException fault = Assert.Throws<ComposeException>(() => Api(Same with { Ports = port.Length > 0 ? [port] : [], Volumes = volume.Length > 0 ? [volume] : [] }));

        Assert.Equal(id, fault.Id);
    }

    [Fact]
    public void A_missing_env_file_is_an_error() => Assert.Equal(
        ComposeErrorId.EnvFileNotFound, Assert.Throws<ComposeException>(() => Api(Same with { EnvironmentFiles = ["/no/such.env"] })).Id);

    private static ServiceDefinition Api(ServiceOverrides overrides) =>
        overrides.Apply(Projects.Load(Shop, new Dictionary<string, string> { ["HOST"] = "known" }), "api", CancellationToken.None).Services["api"];
}
