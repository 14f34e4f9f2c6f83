using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Planning;

public sealed class FindingTests
{
    [Theory]
    [InlineData("services: { a: { image: a, networks: [n] } }\nnetworks: { n: { external: true } }", EngineErrorId.ExternalResourceMissing)]
    [InlineData("services: { a: { image: a, volumes: [\"vol:/v\"] } }\nvolumes: { vol: { external: true } }", EngineErrorId.ExternalResourceMissing)]
    [InlineData("services: { a: { image: a, secrets: [s] } }\nsecrets: { s: { external: true } }", EngineErrorId.UnsupportedByEngine)]
    [InlineData("services: { a: { image: a, secrets: [s] } }\nsecrets: { s: { environment: NOT_SET } }", EngineErrorId.ExternalResourceMissing)]
    [InlineData("services: { a: { image: a, read_only: true, configs: [c] } }\nconfigs: { c: { content: x } }", EngineErrorId.UnsupportedByEngine)]
    [InlineData("services: { a: { image: a, networks: { m: , n: { mac_address: \"02:42:ac:11:00:02\" } } } }\nnetworks: { m: , n: }", EngineErrorId.UnsupportedByEngine)]
    [InlineData("services: { a: { image: a, volumes: [{ type: image, source: b, target: /b }] } }", EngineErrorId.UnsupportedByEngine)]
    [InlineData("services: { a: { image: a, volumes: [{ type: volume, source: v, target: /b, volume: { subpath: c } }] } }\nvolumes: { v: }", EngineErrorId.UnsupportedByEngine)]
    [InlineData("services: { a: { image: a, networks: { n: { interface_name: eth7 } } } }\nnetworks: { n: }", EngineErrorId.UnsupportedByEngine)]
    public void A_missing_engine_feature_is_a_finding_with_its_place(string yaml, EngineErrorId expected)
    {
        ComposeProject project = Projects.Load(yaml);

        PreflightFinding finding = Assert.Single(new SimulatedEngine { Api = new Version(1, 41) }.WithImagesOf(project).Plan(project).Findings);

        Assert.Equal(expected, finding.Id);
        Assert.True(finding.Line > 0);
    }

    [Theory]
    [InlineData("lab", false, true)]
    [InlineData(null, false, true)]
    [InlineData("lab", true, false)]
    public void A_network_that_only_tasks_of_a_swarm_can_use_prevents_the_start(string? stack, bool isAttachable, bool isFound)
    {
        ComposeProject project = Projects.Load("services: { a: { image: a } }");

        StackPlan plan = new SimulatedEngine().WithImagesOf(project).WithSwarmNetwork("lab_default", stack, isAttachable).Plan(project);

        Assert.Equal(isFound ? [EngineErrorId.ResourceInUse] : [], plan.Findings.Select(finding => finding.Id));
        Assert.Equal(
            isFound && stack is not null ? [(RemedyKind.RemoveStack, "lab", Orchestrator.Swarm)] : Array.Empty<(RemedyKind, string?, Orchestrator?)>(),
            plan.Findings.SelectMany(finding => finding.Remedies).Where(remedy => remedy.Kind == RemedyKind.RemoveStack).Select(remedy => (remedy.Kind, remedy.ProjectName, remedy.Orchestrator)));
    }

    [Theory]
    [InlineData("services: { a: { image: a, volumes: [./conf:/etc/conf] } }", "ssh://edge1", true)]
    [InlineData("services: { a: { image: a, volumes: [./conf:/etc/conf] } }", "tcp://edge1:2376", true)]
    [InlineData("services: { a: { image: a, secrets: [s] } }\nsecrets: { s: { file: ./s.txt } }", "ssh://edge1", true)]
    [InlineData("services: { a: { image: a, volumes: [./conf:/etc/conf] } }", "tcp://127.0.0.1:2375", false)]
    [InlineData("services: { a: { image: a, volumes: [./conf:/etc/conf] } }", "unix:///paper.sock", false)]
    [InlineData("services: { a: { image: a, volumes: ['/etc/localtime:/etc/localtime:ro', 'data:/data'] } }\nvolumes: { data: }", "ssh://edge1", false)]
    [InlineData("services: { a: { image: a, volumes: [{ type: bind, source: ./conf, target: /etc/conf, bind: { create_host_path: false } }] } }", "ssh://edge1", false)]
    public void A_path_of_the_project_is_not_mounted_on_another_machine(string yaml, string address, bool isFound)
    {
        ComposeProject project = Projects.Load(yaml);
        var engine = new SimulatedEngine().WithImagesOf(project);

        StackPlan plan = StackPlanner.PlanStart(
            project, engine.State, new StartOptions(), engine.Info with { Endpoint = EngineEndpoint.Resolve(new Dictionary<string, string>(), address) });

        Assert.Equal(isFound ? [EngineErrorId.BindSourceRemote] : [], plan.Findings.Select(finding => finding.Id));
    }

    [Theory]
    [InlineData(@"./conf", true)]
    [InlineData(@"c:\SHOP\conf", true)]
    [InlineData(@"C:\shops", false)]
    [InlineData("/etc/localtime", false)]
    public void On_Windows_a_path_of_the_project_is_not_mounted_on_another_machine_either(string source, bool isFound)
    {
        ComposeProject project = Projects.LoadForWindows($"services: {{ a: {{ image: a, volumes: ['{source}:/x'] }} }}");
        var engine = new SimulatedEngine().WithImagesOf(project);

        StackPlan plan = StackPlanner.PlanStart(
            project, engine.State, new StartOptions(), engine.Info with { Endpoint = EngineEndpoint.Resolve(new Dictionary<string, string>(), "ssh://edge1") });

        Assert.Equal(isFound ? [EngineErrorId.BindSourceRemote] : [], plan.Findings.Select(finding => finding.Id));
    }

    [Theory]
    [InlineData("deploy: { mode: global }")]
    [InlineData("deploy: { placement: { constraints: [node.role == manager] } }")]
    [InlineData("deploy: { update_config: { parallelism: 2 } }")]
    [InlineData("deploy: { endpoint_mode: vip }")]
    [InlineData("deploy: { labels: { a: b } }")]
    [InlineData("deploy: { restart_policy: { condition: any, delay: 5s } }")]
    [InlineData("deploy: { resources: { reservations: { cpus: '0.5' } } }")]
    [InlineData("annotations: { a: b }")]
    [InlineData("healthcheck: { test: 'true', start_interval: 1s, start_period: 5s }")]
    [InlineData("cpu_count: 2")]
    [InlineData("credential_spec: { file: spec.json }")]
    [InlineData("mac_address: 02:42:ac:11:00:09\n    network_mode: bridge")]
    public void An_ignored_attribute_is_a_warning_with_its_place(string attribute)
    {
        ComposeProject project = Projects.Load($"services:\n  a:\n    image: a\n    {attribute}\n");

        StackPlan plan = new SimulatedEngine { Api = new Version(1, 41) }.WithImagesOf(project).Plan(project);

        PlanWarning warning = Assert.Single(plan.Warnings);
        Assert.Equal(4, warning.Origin?.Line);
        Assert.Empty(plan.Findings);
    }

    [Theory]
    [InlineData("uid: '70'")]
    [InlineData("gid: '70'")]
    [InlineData("mode: 0440")]
    public void A_host_file_keeps_its_owner_and_mode_with_a_warning(string attribute)
    {
        ComposeProject project = Projects.Load($$"""
            services:
              a:
                image: a
                secrets: [{ source: s, {{attribute}} }]
            secrets: { s: { file: ./x } }
            """);

        StackPlan plan = new SimulatedEngine().WithImagesOf(project).Plan(project);

        Assert.Equal(4, Assert.Single(plan.Warnings).Origin?.Line);
        Assert.Empty(plan.Findings);
    }

    [Fact]
    public void All_problems_are_reported_together()
    {
        ComposeProject project = Projects.Load("""
            services: { a: { image: a, networks: [n], secrets: [s], pull_policy: never } }
            networks: { n: { external: true } }
            secrets: { s: { external: true } }
            """);

        Assert.Equal(3, new SimulatedEngine().Plan(project).Findings.Count);
    }

    [Fact]
    public void The_stack_of_another_directory_is_not_taken_over()
    {
        ComposeProject one = Projects.Load("services: { a: { image: a } }");
        ComposeProject other = Projects.Load("services: { a: { image: a } }");
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(one).Start(one);
        engine.Change("lab-a-1", container => container with
        {
            Labels = new Dictionary<string, string>(container.Labels) { [StackLabels.WorkingDirectory] = "/elsewhere", [StackLabels.ConfigFiles] = "/elsewhere/compose.yaml" },
        });

        PreflightFinding finding = Assert.Single(engine.Plan(other).Findings);

        Assert.Equal(EngineErrorId.ProjectNameInUse, finding.Id);
        Assert.Contains("/elsewhere", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("./data:/data", null)]
    [InlineData("./conf.d:/etc/conf.d", null)]
    [InlineData("./nginx.conf:/etc/nginx/nginx.conf", EngineErrorId.BindSourceMissing)]
    [InlineData("./.env:/app/.env", EngineErrorId.BindSourceMissing)]
    [InlineData("./Caddyfile:/etc/caddy/Caddyfile", EngineErrorId.BindSourceMissing)]
    [InlineData("./my-passwd:/etc/passwd", EngineErrorId.BindSourceMissing)]
    [InlineData("./shop.example:/srv/shop.example", null)]
    [InlineData("./shop.com:/var/www/shop.com", null)]
    public void A_missing_bind_source_is_created_unless_it_looks_like_a_file(string volume, EngineErrorId? expected)
    {
        ComposeProject project = Projects.Load($"services:\n  a:\n    image: a\n    volumes: ['{volume}']\n");
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(project);
        string source = project.Services["a"].Volumes[0].Source!;

        StackPlan plan = StackPlanner.PlanStart(project, engine.State with { MissingPaths = new HashSet<string> { source } }, new StartOptions(), engine.Info);

        Assert.Equal(expected, plan.Findings.SingleOrDefault()?.Id);
        Assert.Equal(expected is null, plan.Operations.Any(operation => operation is CreateDirectoryOperation));
    }

    [Theory]
    [InlineData("services: { a: { image: a, volumes: [{ type: bind, source: ./x, target: /x, bind: { create_host_path: false } }] } }")]
    [InlineData("services: { a: { image: a, secrets: [s] } }\nsecrets: { s: { file: ./x } }")]
    [InlineData("services: { a: { image: a, configs: [c] } }\nconfigs: { c: { file: ./x } }")]
    public void A_missing_required_file_is_a_finding(string yaml)
    {
        ComposeProject project = Projects.Load(yaml);
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(project);
        var missing = new HashSet<string> { Path.Combine(project.WorkingDirectory, "x") };

        StackPlan plan = StackPlanner.PlanStart(project, engine.State with { MissingPaths = missing }, new StartOptions(), engine.Info);

        Assert.Equal(EngineErrorId.BindSourceMissing, Assert.Single(plan.Findings).Id);
    }
}
