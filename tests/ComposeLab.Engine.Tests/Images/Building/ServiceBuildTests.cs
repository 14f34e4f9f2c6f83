using ComposeLab.Compose.Model;
using ComposeLab.Engine.Images;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Images.Building;

public sealed class ServiceBuildTests
{
    [Fact]
    public void A_build_section_is_converted_to_a_build()
    {
        ComposeProject project = Projects.Load("""
            services:
              api:
                image: reg/api:1
                platform: linux/amd64
                build:
                  context: .
                  dockerfile: docker/Dockerfile
                  args: { GIVEN: "1", FROM_ENVIRONMENT: , NOWHERE: }
                  target: prod
                  labels: { own: label }
                  tags: ["reg/api:latest", "reg/api:1"]
                  cache_from: ["reg/api:cache", "type=registry,ref=reg/api:other"]
                  cache_to: ["type=inline"]
                  no_cache: true
                  pull: true
                  network: host
                  extra_hosts: ["db=10.0.0.1"]
                  shm_size: 64m
                  isolation: default
            """, new Dictionary<string, string> { ["FROM_ENVIRONMENT"] = "2" });

        BuildSpec build = Assert.Single(ServiceBuilds.Of(project, []));

        Assert.Equal("api", build.Service);
        Assert.Equal(project.WorkingDirectory, build.Context);
        Assert.Equal("docker/Dockerfile", build.Dockerfile);
        Assert.Equal(["reg/api:1", "reg/api:latest"], build.Names);
        Assert.Equal("1", build.Arguments["GIVEN"]);
        Assert.Equal("2", build.Arguments["FROM_ENVIRONMENT"]);
        Assert.Null(build.Arguments.GetValueOrDefault("NOWHERE"));
        Assert.Equal("1", build.Arguments["BUILDKIT_INLINE_CACHE"]);
        Assert.Equal("prod", build.Target);
        Assert.Equal("linux/amd64", build.Platform);
        Assert.Equal(["reg/api:cache", "reg/api:other"], build.CacheFrom);
        Assert.True(build.NoCache);
        Assert.True(build.Pull);
        Assert.Equal("host", build.Network);
        Assert.Equal(["db:10.0.0.1"], build.ExtraHosts);
        Assert.Equal(64 << 20, build.ShmBytes);
        Assert.Equal(
            [("com.docker.compose.project", project.Name), ("com.docker.compose.service", "api"), ("com.docker.compose.version", "2.40.3"), ("own", "label")],
            build.Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => (label.Key, label.Value)));
    }

    [Theory]
    [InlineData("context", "target: x", "https://example.test/app.git#main")]
    [InlineData("secrets", "secrets: [token]")]
    [InlineData("ssh", "ssh: [default]")]
    [InlineData("additional_contexts", "additional_contexts: { other: ./other }")]
    [InlineData("entitlements", "entitlements: [network.host]")]
    [InlineData("privileged", "privileged: true")]
    [InlineData("provenance", "provenance: true")]
    [InlineData("sbom", "sbom: true")]
    [InlineData("ulimits", "ulimits: { nofile: 10 }")]
    [InlineData("isolation", "isolation: hyperv")]
    [InlineData("cache_from", "cache_from: [\"type=local,src=/x\"]")]
    [InlineData("cache_to", "cache_to: [\"type=local,dest=/x\"]")]
    [InlineData("platforms", "platforms: [linux/amd64, linux/arm64]")]
    public void Unsupported_attributes_are_rejected_with_their_line(string attribute, string line, string context = ".")
    {
        ComposeProject project = Projects.Load($"""
            services:
              api:
                build:
                  context: "{context}"
                  {line}
            secrets:
              token: {"{"} environment: TOKEN {"}"}
            """);

        var fault = Assert.Throws<EngineException>(() => ServiceBuilds.Of(project, []));

        PreflightFinding finding = Assert.Single(fault.Findings);
        Assert.Equal(EngineErrorId.UnsupportedAttribute, finding.Id);
        Assert.StartsWith($"services.api.build.{attribute} is not supported", finding.Message, StringComparison.Ordinal);
        Assert.Equal(attribute == "context" ? 4 : 5, finding.Line);
        Assert.NotNull(finding.File);
    }

    [Theory]
    [InlineData("ssh: [default]", true)]
    [InlineData("cache_to: [\"type=local,dest=/x\"]", true)]
    [InlineData("platforms: [linux/amd64, linux/arm64]", true)]
    [InlineData("platforms: [linux/amd64]", false)]
    [InlineData("provenance: false", false)]
    [InlineData("additional_contexts: { other: \"docker-image://other\" }", false)]
    public void Only_what_the_engine_cannot_build_is_handed_to_buildx(string line, bool needsBuildx)
    {
        ComposeProject project = Projects.Load($"services:\n  api:\n    build:\n      context: .\n      {line}\n");

        Assert.Equal(needsBuildx, Assert.Single(ServiceBuilds.Of(project, [], "/plugins/docker-buildx")).NeedsBuildx);
    }

    [Fact]
    public void What_no_builder_supports_is_an_error_with_buildx_too()
    {
        ComposeProject project = Projects.Load("services: { api: { build: { context: ., isolation: hyperv, ssh: [default] } } }");

        Assert.Contains("build.isolation", Assert.Single(Assert.Throws<EngineException>(() => ServiceBuilds.Of(project, [], "/plugins/docker-buildx")).Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_with_buildx_is_not_refused()
    {
        ComposeProject project = Projects.Load("services: { api: { build: { context: ., ssh: [default] } } }");

        Assert.Empty(StackPlanner.PlanStart(project, new SimulatedEngine().State with { HasBuildx = true }, new StartOptions(), new SimulatedEngine().Info).Findings);
    }

    [Fact]
    public void A_start_builds_only_its_own_platform()
    {
        ComposeProject project = Projects.Load("services: { api: { build: { context: ., platforms: [linux/amd64, linux/arm64] } } }");
        var means = new BuildMeans(HasBuildx: false, IsForStart: true);

        BuildSpec build = ServiceBuild.Of(project, project.Services["api"], "api", means);

        Assert.Empty(new SimulatedEngine().Plan(project).Findings);
        Assert.Equal((false, null, 0), (build.NeedsBuildx, build.Platform, build.Buildx.Platforms.Count));
    }

    [Fact]
    public void The_images_of_services_that_are_contexts_are_built_first()
    {
        ComposeProject project = Projects.Load("""
            services:
              web: { build: { context: ., dockerfile_inline: "FROM base", additional_contexts: { base: "service:lib", tools: "docker-image://tools:1" } } }
              lib: { build: { context: ., dockerfile_inline: "FROM scratch" } }
            """);

        IReadOnlyList<BuildSpec> builds = ServiceBuilds.Of(project, ["web"]);

        Assert.Equal(["lib", "web"], builds.Select(build => build.Service));
        Assert.Equal(("lab-lib", "tools:1"), (builds[1].ContextImages["base"], builds[1].ContextImages["tools"]));
        Assert.Equal([[], [0]], BuildOrder.Of(builds).Select(needs => needs.ToArray()));
        StackPlan plan = new SimulatedEngine().Plan(project, new StartOptions { Services = ["web"] });
        Assert.Equal(["lab-lib", "lab-web"], plan.Operations.OfType<ImageOperation>().Select(operation => operation.Image));
    }

    [Fact]
    public void Stages_without_a_cache_are_sent_to_the_builder() => Assert.Equal(
        ["one", "two"],
        Assert.Single(ServiceBuilds.Of(Projects.Load("services: { api: { build: { context: ., no_cache_filter: [one, two] } } }"), [])).NoCacheStages);

    [Theory]
    [InlineData("", "linux/arm64")]
    [InlineData(", platform: linux/amd64", "linux/amd64")]
    public void The_default_platform_applies_to_services_without_a_platform(string platform, string built)
    {
        var environment = new Dictionary<string, string> { ["DOCKER_DEFAULT_PLATFORM"] = "linux/arm64" };

        Assert.Equal(built, Assert.Single(ServiceBuilds.Of(Projects.Load($"services: {{ api: {{ build: .{platform} }} }}", environment), [])).Platform);
    }

    [Theory]
    [InlineData("linux/amd64")]
    [InlineData("linux/amd64, linux/s390x")]
    public void A_default_platform_that_the_build_excludes_is_an_error(string platforms)
    {
        ComposeProject project = Projects.Load(
            $"services: {{ api: {{ build: {{ context: ., platforms: [{platforms}] }} }} }}", new Dictionary<string, string> { ["DOCKER_DEFAULT_PLATFORM"] = "linux/arm64" });

        var fault = Assert.Throws<EngineException>(() => ServiceBuilds.Of(project, []));

        Assert.Equal(EngineErrorId.UnsupportedAttribute, fault.Id);
        Assert.Contains("DOCKER_DEFAULT_PLATFORM", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_rejects_it_before_anything_changes()
    {
        ComposeProject project = Projects.Load("services: { api: { build: { context: ., ssh: [default] } } }");

        StackPlan plan = new SimulatedEngine().Plan(project);

        Assert.Contains(plan.Findings, finding => finding.Id == EngineErrorId.UnsupportedAttribute);
    }

    [Fact]
    public void Disabled_attestations_are_not_an_error() =>
        Assert.Single(ServiceBuilds.Of(Projects.Load("services: { api: { build: { context: ., provenance: false, sbom: false } } }"), []));

    [Fact]
    public void Services_that_share_an_image_are_built_once()
    {
        ComposeProject project = Projects.Load("""
            services:
              api: { image: app, build: . }
              worker: { image: app, build: . }
              db: { image: postgres }
              web: { build: . }
            """);

        Assert.Equal(["app", $"{project.Name}-web"], ServiceBuilds.Of(project, []).Select(build => build.Names[0]));
        Assert.Equal(EngineErrorId.BuildSectionMissing, Assert.Throws<EngineException>(() => ServiceBuilds.Of(project, ["db"])).Id);
        Assert.Equal(EngineErrorId.ServiceNotFound, Assert.Throws<EngineException>(() => ServiceBuilds.Of(project, ["nobody"])).Id);
    }

    [Fact]
    public void Services_are_built_with_those_they_depend_on_if_these_have_a_build_section()
    {
        ComposeProject project = Projects.Load("services: { a: { build: ., depends_on: [b, db] }, b: { build: ., depends_on: [c] }, c: { build: . }, db: { image: db }, other: { build: . } }");

        Assert.Equal(["a", "b", "c"], ServiceBuilds.WithDependencies(project, ["a"]).Order());
        Assert.Equal(["db"], ServiceBuilds.WithDependencies(project, ["db"]));
        Assert.Empty(ServiceBuilds.WithDependencies(project, []));
    }
}
