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
    public void A_changed_environment_recreates_only_that_service_and_names_the_variable_and_its_line() => PlanCase.Holds(
        before: Pair,
        after: Pair.Replace("LOG_LEVEL: info", "LOG_LEVEL: debug", StringComparison.Ordinal),
        plan: "recreate container lab-api-1: environment.LOG_LEVEL: info -> debug (compose.yaml:4)");

    [Fact]
    public void A_changed_secret_is_named_but_not_shown() => PlanCase.Holds(
        before: Pair.Replace("LOG_LEVEL: info", "DB_PASSWORD: first", StringComparison.Ordinal),
        after: Pair.Replace("LOG_LEVEL: info", "DB_PASSWORD: second", StringComparison.Ordinal),
        plan: "recreate container lab-api-1: environment.DB_PASSWORD: ******** -> ******** (compose.yaml:4)");

    [Fact]
    public void Of_many_changes_what_runs_and_what_it_is_given_come_first() => PlanCase.Holds(
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
    public void More_replicas_are_added_and_the_first_stays() => PlanCase.Holds(
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
    public void Exposed_ports_are_each_named_with_their_protocol(string expose, string ports)
    {
        ComposeProject project = Projects.Load($"services: {{ a: {{ image: a, expose: ['{expose}'] }} }}");

        ContainerSpec spec = new SimulatedEngine().WithImagesOf(project).Plan(project).Operations.OfType<CreateContainerOperation>().Single().Spec;

        Assert.Equal(ports.Split(','), spec.ExposedPorts);
    }

    [Fact]
    public void A_service_named_alone_is_started_with_what_it_depends_on_and_nothing_else() => PlanCase.Holds(
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
    public void An_unknown_service_is_an_error_that_lists_those_there_are()
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
}
