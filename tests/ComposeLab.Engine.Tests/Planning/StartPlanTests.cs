using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Planning;

public sealed class StartPlanTests
{
    private const string Pair = """
        services:
          api:
            image: api
            environment: { LOG_LEVEL: info }
            depends_on: [db]
          db:
            image: db
            volumes: [data:/data]
        volumes: { data: }
        """;

    [Fact]
    public void A_fresh_start_creates_networks_and_volumes_before_containers() => PlanCase.Holds(
        before: null,
        after: Pair,
        plan: """
            create network lab_default: network does not exist
            create volume lab_data: volume does not exist
            create container lab-db-1: container does not exist
            create container lab-api-1: container does not exist
            """);

    [Fact]
    public void An_unchanged_project_has_nothing_to_do() => PlanCase.Holds(before: Pair, after: Pair, plan: "nothing to do");

    [Fact]
    public void A_changed_environment_recreates_only_that_service_and_shows_the_variable_and_its_line() => PlanCase.Holds(
        before: Pair,
        after: Pair.Replace("LOG_LEVEL: info", "LOG_LEVEL: debug", StringComparison.Ordinal),
        plan: "recreate container lab-api-1: environment.LOG_LEVEL: info -> debug (compose.yaml:4)");

    [Fact]
    public void A_changed_secret_is_reported_but_not_shown() => PlanCase.Holds(
        before: Pair.Replace("LOG_LEVEL: info", "DB_PASSWORD: first", StringComparison.Ordinal),
        after: Pair.Replace("LOG_LEVEL: info", "DB_PASSWORD: second", StringComparison.Ordinal),
        plan: "recreate container lab-api-1: environment.DB_PASSWORD: ******** -> ******** (compose.yaml:4)");

    [Fact]
    public void Of_many_changes_image_command_and_environment_come_first() => PlanCase.Holds(
        before: "services: { api: { image: 'api:1', environment: { LEVEL: info }, network_mode: none } }",
        after: """
            services:
              api:
                cap_drop: [ALL]
                environment: { LEVEL: debug }
                image: api:2
                network_mode: none
                read_only: true
            """,
        plan: """
            recreate container lab-api-1: image: api:1 -> api:2 (compose.yaml:5); environment.LEVEL: info -> debug (compose.yaml:4); cap_drop[0]: (none) -> ALL (compose.yaml:3); read_only: (none) -> true (compose.yaml:7)
            """);

    [Fact]
    public void Replicas_are_added_and_the_first_is_kept() => PlanCase.Holds(
        before: Pair,
        after: Pair,
        options: new StartOptions { Scale = new Dictionary<string, int> { ["api"] = 3 } },
        plan: """
            create container lab-api-2: scaling to 3
            create container lab-api-3: scaling to 3
            """);

    [Fact]
    public void Fewer_replicas_remove_the_highest_numbers() => PlanCase.Holds(
        before: Pair.Replace("image: api", "image: api\n    scale: 3", StringComparison.Ordinal),
        after: Pair,
        plan: """
            remove container lab-api-2: scaling to 1
            remove container lab-api-3: scaling to 1
            """);

    [Theory]
    [InlineData("80", "80/tcp")]
    [InlineData("80/udp", "80/udp")]
    [InlineData("8000-8002/udp", "8000/udp,8001/udp,8002/udp")]
    [InlineData("8000-8000", "8000/tcp")]
    public void Exposed_ports_are_listed_with_their_protocol(string expose, string ports)
    {
        ComposeProject project = Projects.Load($"services: {{ a: {{ image: a, expose: ['{expose}'] }} }}");

        ContainerSpec spec = new SimulatedEngine().WithImagesOf(project).Plan(project).Operations.OfType<CreateContainerOperation>().Single().Spec;

        Assert.Equal(ports.Split(','), spec.ExposedPorts);
    }

    [Fact]
    public void A_single_service_is_started_with_its_dependencies_and_nothing_else() => PlanCase.Holds(
        before: null,
        after: """
            services:
              api: { image: api, depends_on: [db], network_mode: none }
              db: { image: db, network_mode: none }
              web: { image: web, network_mode: none }
            """,
        options: new StartOptions { Services = ["api"] },
        plan: """
            create container lab-db-1: container does not exist
            create container lab-api-1: container does not exist
            """);

    [Fact]
    public void The_error_for_an_unknown_service_lists_the_existing_ones()
    {
        var fault = Assert.Throws<EngineException>(() =>
            new SimulatedEngine().Plan(Projects.Load(Pair), new StartOptions { Services = ["ap"] }));

        Assert.Equal(EngineErrorId.ServiceNotFound, fault.Id);
        Assert.Contains("api, db", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Force_recreates_every_container() => PlanCase.Holds(
        before: Pair,
        after: Pair,
        options: new StartOptions { ForceRecreate = true },
        plan: """
            recreate container lab-db-1: requested
            recreate container lab-api-1: requested
            """);

    [Fact]
    public void A_forced_recreation_leaves_the_dependencies_of_the_named_services_alone() => PlanCase.Holds(
        before: Pair,
        after: Pair,
        plan: "recreate container lab-api-1: requested",
        new StartOptions { Services = ["api"], ForceRecreate = true });

    [Fact]
    public void A_number_of_containers_for_an_unknown_service_is_an_error()
    {
        ComposeProject project = Projects.Load(Pair);
        var options = new StartOptions { Scale = new Dictionary<string, int> { ["wep"] = 2 } };

        EngineException fault = Assert.Throws<EngineException>(() => new SimulatedEngine().WithImagesOf(project).Plan(project, options));

        Assert.Equal((EngineErrorId.ServiceNotFound, "wep"), (fault.Id, fault.Service));
    }

    [Theory]
    [InlineData("required: false", false)]
    [InlineData("required: true", true)]
    public void An_optional_dependency_does_not_prevent_others_from_starting(string required, bool isRequired)
    {
        ComposeProject project = Projects.Load($"services: {{ cache: {{ image: c }}, web: {{ image: w, depends_on: {{ cache: {{ condition: service_healthy, {required} }} }} }} }}");

        StackPlan plan = new SimulatedEngine().WithImagesOf(project).Plan(project);

        Assert.Equal(isRequired, plan.Operations.OfType<StartContainerOperation>().Single(start => start.Service == "cache").Required);
        Assert.All(plan.Operations.OfType<WaitOperation>().Where(wait => wait.Service == "cache"), wait => Assert.Equal(isRequired, wait.Required));
    }

    [Theory]
    [InlineData("links: [db], network_mode: bridge")]
    [InlineData("volumes_from: [db]")]
    [InlineData("network_mode: 'service:db'")]
    public void A_container_that_needs_another_one_to_exist_is_created_after_it(string need)
    {
        ComposeProject project = Projects.Load($"services: {{ app: {{ image: a, {need} }}, db: {{ image: d }} }}");

        StackPlan plan = new SimulatedEngine().WithImagesOf(project).Plan(project);

        Assert.Contains("create lab-db-1", plan.Operations.Single(operation => operation.Id == "create lab-app-1").DependsOn);
    }

    [Fact]
    public void A_service_that_shares_the_network_of_one_that_is_started_is_restarted()
    {
        ComposeProject project = Projects.Load("services: { vpn: { image: vpn }, app: { image: app, network_mode: 'service:vpn' } }");
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(project).Start(project);
        engine.Change("lab-vpn-1", container => container with { State = ContainerState.Exited, ExitCode = 137 });

        StackPlan plan = engine.Plan(project);

        Assert.Contains("start container lab-app-1: restart: vpn, whose network it shares, is started\n", plan.ToString(), StringComparison.Ordinal);
        Assert.Contains(plan.Operations, operation => operation is StopContainerOperation { Service: "app" });
    }

    [Fact]
    public void Changed_content_of_a_config_recreates_the_containers_that_use_it()
    {
        const string Config = "services: { a: { image: a, configs: [c] } }\nconfigs: { c: { content: one } }";

        PlanCase.Holds(
            before: Config,
            after: Config.Replace("content: one", "content: two", StringComparison.Ordinal),
            plan: "recreate container lab-a-1: the content of /c changed");
        PlanCase.Holds(before: Config, after: Config, plan: "nothing to do");
    }

    [Theory]
    [InlineData("tmpfs: [/run]")]
    [InlineData("volumes: [{ type: tmpfs, target: /run/secrets }]")]
    public void A_secret_hidden_by_a_tmpfs_is_a_finding(string tmpfs)
    {
        ComposeProject project = Projects.Load(
            $"services: {{ a: {{ image: a, secrets: [s], {tmpfs} }} }}\nsecrets: {{ s: {{ environment: TOKEN }} }}",
            new Dictionary<string, string> { ["TOKEN"] = "t" });

        Assert.Equal(EngineErrorId.UnsupportedByEngine, Assert.Single(new SimulatedEngine().WithImagesOf(project).Plan(project).Findings).Id);
    }

    [Theory]
    [InlineData("COMPOSE_REMOVE_ORPHANS", "true", true, 0)]
    [InlineData("COMPOSE_IGNORE_ORPHANS", "1", false, 0)]
    [InlineData("COMPOSE_REMOVE_ORPHANS", "false", false, 1)]
    public void Orphans_are_treated_according_to_the_variables_of_docker_compose(string variable, string value, bool isRemoved, int warnings)
    {
        var environment = new Dictionary<string, string> { [variable] = value };
        ComposeProject before = Projects.Load(Pair);
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(before).Start(before);
        engine.Change("lab-api-1", container => container with { Labels = new Dictionary<string, string>(container.Labels) { [StackLabels.Service] = "old" } });
        ComposeProject after = Projects.Load("services: { db: { image: db, volumes: [data:/data] } }\nvolumes: { data: }", environment);

        StackPlan plan = engine.Plan(after);

        Assert.Equal(isRemoved, plan.Operations.Any(operation => operation is RemoveContainerOperation { Service: "old" }));
        Assert.Equal(warnings, plan.Warnings.Count);
    }

    [Fact]
    public void A_start_interval_without_a_start_period_is_one_warning()
    {
        ComposeProject project = Projects.Load("services: { a: { image: a, healthcheck: { test: 'true', start_interval: 1s } } }");

        Assert.Single(new SimulatedEngine().WithImagesOf(project).Plan(project).Warnings);
        Assert.Single(new SimulatedEngine { Api = new Version(1, 41) }.WithImagesOf(project).Plan(project).Warnings);
    }
}
