using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Images;
using ComposeLab.Engine.Images.Buildx;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Images.Buildx;

public sealed class BuildxCommandTests
{
    [Fact]
    public void A_build_section_becomes_arguments()
    {
        BuildxCommand command = Command("""
            services:
              api:
                image: reg/api:1
                build:
                  context: .
                  dockerfile: docker/Dockerfile
                  target: prod
                  tags: [reg/api:latest]
                  labels: { own: label }
                  ssh: [default, "deploy=/keys/deploy"]
                  additional_contexts: { other: ./other, site: "https://example.test/site.git" }
                  cache_from: ["type=gha"]
                  cache_to: ["type=local,dest=/cache"]
                  entitlements: [network.host]
                  privileged: true
                  platforms: [linux/amd64, linux/arm64]
                  provenance: mode=max
                  sbom: true
                  ulimits: { nproc: 7, nofile: { soft: 1, hard: 2 } }
                  no_cache: true
                  no_cache_filter: [one]
                  pull: true
                  network: host
                  extra_hosts: ["db=10.0.0.1"]
                  shm_size: 64m
            """, out ComposeProject project);

        Assert.Equal("build", command.Arguments[0]);
        Assert.Equal(["--", project.WorkingDirectory], command.Arguments.TakeLast(2));
        foreach ((string option, string[] values) in new (string, string[])[]
        {
            ("--iidfile", ["/t/id"]),
            ("--file", [Path.Combine(project.WorkingDirectory, "docker/Dockerfile")]),
            ("--tag", ["reg/api:1", "reg/api:latest"]),
            ("--target", ["prod"]),
            ("--platform", ["linux/amd64,linux/arm64"]),
            ("--ssh", ["default", "deploy=/keys/deploy"]),
            ("--build-context", [$"other={Path.Combine(project.WorkingDirectory, "other")}", "site=https://example.test/site.git"]),
            ("--cache-from", ["type=gha"]),
            ("--cache-to", ["type=local,dest=/cache"]),
            ("--allow", ["network.host", "security.insecure"]),
            ("--ulimit", ["nofile=1:2", "nproc=7"]),
            ("--no-cache-filter", ["one"]),
            ("--network", ["host"]),
            ("--add-host", ["db:10.0.0.1"]),
            ("--shm-size", ["67108864"]),
            ("--output", ["type=image,push=false"]),
        })
        {
            Assert.Equal(values, Values(command, option).Order(StringComparer.Ordinal));
        }

        Assert.Superset(new HashSet<string> { "--progress=rawjson", "--no-cache", "--pull", "--provenance=mode=max", "--sbom=true" }, command.Arguments.ToHashSet());
        Assert.Contains("own=label", Values(command, "--label"));
        Assert.Contains("com.docker.compose.service=api", Values(command, "--label"));
    }

    [Fact]
    public void Secrets_and_build_arguments_are_never_arguments_of_the_program()
    {
        BuildxCommand command = Command("""
            services:
              api:
                build:
                  context: .
                  args: { API_KEY: "hunter2-key", PATH: /odd, SystemRoot: /odd, HTTP_PROXY: "http://me:hunter2-proxy@proxy.test", EMPTY: , BUILDKIT_INLINE_CACHE: "1" }
                  secrets: [token, { source: cert, target: "my,cert" }, outside]
            secrets:
              token: { environment: TOKEN }
              cert: { file: "/c,d" }
              outside: { external: true }
            """, out _);

        Assert.DoesNotContain(command.Arguments, argument => argument.Contains("hunter2", StringComparison.Ordinal));
        Assert.Equal(["API_KEY", "BUILDKIT_INLINE_CACHE=1", "HTTP_PROXY", "PATH=/odd", "SystemRoot=/odd"], Values(command, "--build-arg"));
        Assert.Equal(("hunter2-key", "http://me:hunter2-proxy@proxy.test"), (command.Environment["API_KEY"], command.Environment["HTTP_PROXY"]));
        Assert.False(command.Environment.ContainsKey("PATH"));
        Assert.Equal(["id=token,type=env,env=COMPOSELAB_BUILD_SECRET_0", "\"id=my,cert\",type=file,\"src=/c,d\""], Values(command, "--secret"));
        Assert.Equal("hunter2-token", command.Environment["COMPOSELAB_BUILD_SECRET_0"]);
    }

    [Fact]
    public void A_Dockerfile_of_the_compose_file_is_standard_input()
    {
        BuildxCommand command = Command("services: { api: { build: { context: ., ssh: [default], dockerfile_inline: \"FROM a\" } } }", out _);

        Assert.Equal(["-"], Values(command, "--file"));
        Assert.Equal("FROM a", command.Input);
    }

    [Fact]
    public void Images_that_are_contexts_are_put_into_a_copy_of_the_Dockerfile()
    {
        using var folder = new BuildxFolder();
        BuildSpec spec = new() { Context = "/x", Names = ["a"], DockerfileInline = "FROM base\nCOPY --from=tools /x /y", ContextImages = new Dictionary<string, string> { ["base"] = "lab-lib", ["tools"] = "tools:1" } };

        string? file = folder.Dockerfile(spec);

        Assert.Equal("FROM lab-lib\nCOPY --from=tools:1 /x /y", File.ReadAllText(file!));
        Assert.Equal([file!], Values(BuildxCommand.Build(spec, file, "/t/id", "plain"), "--file"));
        Assert.Empty(Values(BuildxCommand.Build(spec, file, "/t/id", "plain"), "--build-context"));
        Assert.Equal(["base=docker-image://lab-lib", "tools=docker-image://tools:1"], Values(BuildxCommand.Build(spec with { Context = "https://x.test/x.git", DockerfileInline = null }, null, "/t/id", "plain"), "--build-context"));
    }

    [Theory]
    [InlineData("unix:///var/run/docker.sock", "default", "default", null, null)]
    [InlineData("unix:///run/other.sock", "DOCKER_HOST", null, "unix:///run/other.sock", null)]
    [InlineData("ssh://me@edge", "context edge", "edge", null, "edge")]
    [InlineData("npipe://./pipe/docker", "DOCKER_HOST", null, "npipe:////./pipe/docker", null)]
    public void The_engine_is_the_selected_one(string address, string source, string? context, string? host, string? selected)
    {
        IReadOnlyDictionary<string, string?> variables = EndpointVariables.Of(new EngineEndpoint(new Uri(address), source) { Context = context });

        Assert.Equal((host, selected), (variables["DOCKER_HOST"], variables["DOCKER_CONTEXT"]));
        Assert.Null(variables["DOCKER_TLS_VERIFY"]);
    }

    [Fact]
    public void The_certificates_of_an_address_are_used()
    {
        var endpoint = new EngineEndpoint(new Uri("tcp://engine.test:2376"), "DOCKER_HOST") { Tls = new EngineTls("/certs/ca.pem", null, null, Verify: true) };

        IReadOnlyDictionary<string, string?> variables = EndpointVariables.Of(endpoint);

        Assert.Equal(("1", "/certs", null), (variables["DOCKER_TLS_VERIFY"], variables["DOCKER_CERT_PATH"], variables["DOCKER_TLS"]));
    }

    private static BuildxCommand Command(string yaml, out ComposeProject project)
    {
        project = Projects.Load(yaml, new Dictionary<string, string> { ["TOKEN"] = "hunter2-token" });
        BuildSpec spec = Assert.Single(ServiceBuilds.Of(project, [], "/plugins/docker-buildx"));
        Assert.True(spec.NeedsBuildx);
        return BuildxCommand.Build(spec, null, "/t/id", "rawjson");
    }

    private static string[] Values(BuildxCommand command, string option) =>
        [.. command.Arguments.Index().Where(argument => argument.Item == option).Select(argument => command.Arguments[argument.Index + 1])];
}
