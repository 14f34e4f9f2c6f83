using System.Security.Cryptography;
using System.Text;
using ComposeLab.Cmdlets.Tests.Hosting;

namespace ComposeLab.Cmdlets.Tests.Swarm;

/// <summary>Commands for containers of a swarm stack whose tasks run on three nodes: the selected one, one with a docker context, and one without.</summary>
[Collection(ProcessEnvironmentCollection.Name)]
public sealed class RemoteTaskTests : IDisposable
{
    private const string Shop = """
        name: shop
        services:
          db: { image: "postgres:16", environment: { POSTGRES_PASSWORD: secret-of-db } }
          api: { image: api, environment: { DATABASE_URL: "postgresql://postgres:secret-of-db@db/postgres" } }
          worker: { image: worker, environment: { DATABASE_URL: "postgresql://postgres:secret-of-db@db/postgres" } }
        """;

    private static readonly string[] Names = ["db", "api", "worker"];
    private static readonly string[] Changed = ["DOCKER_CONFIG", "DOCKER_HOST", "DOCKER_CONTEXT"];

    private readonly Dictionary<string, string?> _before = Changed.ToDictionary(name => name, Environment.GetEnvironmentVariable);
    private readonly TestSession _session = new();
    private readonly TemporaryFolder _folder = new();
    private readonly SwarmServer _manager = new("m1", "active") { Nodes = { "m1", "n2", "n3" } };
    private readonly SwarmServer _second = new("n2", "active");

    public RemoteTaskTests()
    {
        _folder.Write("compose.yaml", Shop);
        string meta = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes("second"))).ToLowerInvariant();
        _folder.Write($"config/contexts/meta/{meta}/meta.json", $$$"""{ "Name": "second", "Endpoints": { "docker": { "Host": "{{{_second.Host}}}" } } }""");
        Environment.SetEnvironmentVariable("DOCKER_CONFIG", _folder.At("config"));
        Environment.SetEnvironmentVariable("DOCKER_HOST", _manager.Host);
        Environment.SetEnvironmentVariable("DOCKER_CONTEXT", null);
        Place("m1", "n2", "n3");
    }

    public void Dispose()
    {
        foreach ((string variable, string? value) in _before)
        {
            Environment.SetEnvironmentVariable(variable, value);
        }

        _session.Dispose();
        _manager.Dispose();
        _second.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Processes_are_listed_on_every_node_that_can_be_reached_and_the_others_are_named()
    {
        SessionResult run = _session.Run("Get-LabProcess -ProjectName shop -ErrorVariable faults -ErrorAction SilentlyContinue; $faults.FullyQualifiedErrorId; $faults.ErrorDetails.RecommendedAction");

        Assert.Equal(["api", "db"], run.Output.Select(one => one.BaseObject).OfType<LabProcess>().Select(process => process.Service).Order());
        Assert.Equal("NodeUnreachable,ComposeLab.Commands.GetLabProcessCommand", run.Output[^2].ToString());
        Assert.Contains("docker context create n3 --docker host=ssh://10.0.0.1", run.Output[^1].ToString(), StringComparison.Ordinal);
        Assert.Contains("/containers/c-api/top", _second.Reads);
    }

    [Theory]
    [InlineData("Enter-LabService worker -ProjectName shop", "TerminalRequired")]
    [InlineData("Invoke-LabCommand worker -ProjectName shop -- true", "NodeUnreachable")]
    [InlineData("Export-LabContainer worker -AsByteStream -ProjectName shop", "NodeUnreachable")]
    [InlineData("Copy-LabItem worker:/etc/hosts FOLDER/hosts -ProjectName shop", "NodeUnreachable")]
    [InlineData("Copy-LabItem FOLDER/compose.yaml worker:/etc -ProjectName shop", "NodeUnreachable")]
    [InlineData("New-LabImage worker -Name x -ProjectName shop", "NodeUnreachable")]
    [InlineData("Invoke-LabQuery 'SELECT 1' -Path FOLDER -Service worker", "NodeUnreachable")]
    [InlineData("Backup-LabDb -Path FOLDER -Service worker -OutFile FOLDER/x.dump", "NodeUnreachable")]
    [InlineData("Reset-LabDbPassword worker -Path FOLDER", "NodeUnreachable")]
    public void A_command_for_a_task_on_a_node_without_a_context_names_the_node_and_changes_nothing(string command, string id)
    {
        _folder.Write("compose.yaml", Shop.Replace("image: worker", "image: postgres", StringComparison.Ordinal).Replace("DATABASE_URL", "POSTGRES_PASSWORD", StringComparison.Ordinal));
        SessionResult run = _session.Run(command.Replace("FOLDER", _folder.Path, StringComparison.Ordinal));

        Assert.Equal(id, run.ErrorId);
        Assert.Empty(_manager.Changes);
        Assert.Empty(_second.Changes);
    }

    [Fact]
    public void A_command_for_a_task_on_a_node_with_a_context_asks_that_engine()
    {
        _second.Answers["/containers/c-api/export"] = "archive";
        object[] bytes = [.. _session.Run("Export-LabContainer api -AsByteStream -ProjectName shop").Good()];

        Assert.Equal("archive", Encoding.ASCII.GetString([.. bytes.Cast<byte>()]));
        Assert.DoesNotContain("/containers/c-api/export", _manager.Reads);
    }

    [Fact]
    public void Of_several_tasks_one_that_can_be_reached_is_used()
    {
        Place("n3", "m1", "n2");
        _manager.Services = Services(2);
        _manager.Tasks = $"[{Task("api", "n3", "1")},{Task("api", "n2", "2")}]";
        _second.Answers["/containers/c-api-2/export"] = "archive";

        Assert.Equal(7, _session.Run("Export-LabContainer api -AsByteStream -ProjectName shop").Good().Count);
    }

    [Fact]
    public void A_test_of_the_database_names_the_clients_that_it_cannot_test()
    {
        var result = (LabDbTestResult)Assert.Single(_session.Run($"Test-LabDb -Path {_folder.Path} -TimeoutSec 3").Good());

        Assert.Contains("Not tested: worker (node n3)", result.Message, StringComparison.Ordinal);
        Assert.Contains("docker context create n3 ", result.Message, StringComparison.Ordinal);
        Assert.Contains("/containers/c-api/json", _second.Reads);
        Assert.DoesNotContain("/containers/c-api/json", _manager.Reads);
        Assert.DoesNotContain("Start-LabStack", result.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_without_a_running_task_is_fixed_by_the_swarm()
    {
        _manager.Tasks = "[]";
        var result = (LabDbTestResult)Assert.Single(_session.Run($"Test-LabDb -Path {_folder.Path} -TimeoutSec 3").Good());

        Assert.Equal(LabDbCause.NotStarted, result.Cause);
        Assert.StartsWith($"Deploy-LabStack -Path {_folder.Path}", result.Recommendation, StringComparison.Ordinal);
        Assert.Contains("Get-LabTask db -ProjectName shop -All", result.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_on_a_node_without_a_context_is_one_error()
    {
        Place("n3", "m1", "n2");
        Assert.Equal("NodeUnreachable", _session.Run($"Test-LabDb -Path {_folder.Path} -TimeoutSec 3").ErrorId);
    }

    // Each service has one task.
    private void Place(params string[] nodes)
    {
        _manager.Services = Services(1);
        _manager.Tasks = $"[{string.Join(',', Names.Zip(nodes, (name, node) => Task(name, node)))}]";
        foreach ((string name, string node) in Names.Zip(nodes))
        {
            SwarmServer server = node == "n2" ? _second : _manager;
            server.Containers = node == "n3" ? server.Containers : $"[{Container(name)}]";
            server.Answers[$"/containers/c-{name}/json"] = Filled(
                """{"Id":"c-NAME-0123456789","Name":"/shop_NAME.1","Image":"sha256:1","State":{"Status":"running"},"Config":{"Image":"NAME","Env":[]},"NetworkSettings":{"Networks":{}}}""", name);
            server.Answers[$"/containers/c-{name}/top"] = """{"Titles":["PID","CMD"],"Processes":[["1","sleep"]]}""";
            server.Answers[$"/containers/c-{name}-0123456789/logs"] = "";
        }
    }

    private static string Services(int replicas) => $"[{string.Join(',', Names.Select(name => Filled(
        """{"ID":"s-NAME","Version":{"Index":1},"Spec":{"Name":"shop_NAME","Labels":{"com.docker.stack.namespace":"shop"},"TaskTemplate":{"ContainerSpec":{"Image":"NAME"}},"Mode":{"Replicated":{"Replicas":COUNT}}}}""",
        name).Replace("COUNT", $"{replicas}", StringComparison.Ordinal)))}]";

    private static string Task(string service, string node, string slot = "1") => Filled(
        """{"ID":"t-NAME-SLOT","ServiceID":"s-NAME","NodeID":"NODE","Slot":SLOT,"DesiredState":"running","Spec":{"ContainerSpec":{"Image":"NAME"}},"Status":{"State":"running","ContainerStatus":{"ContainerID":"c-NAMEMORE"}}}""",
        service).Replace("NODE", node, StringComparison.Ordinal).Replace("SLOT", slot, StringComparison.Ordinal).Replace("MORE", slot == "1" ? "" : "-" + slot, StringComparison.Ordinal);

    private static string Container(string service) => Filled(
        """
        {"Id":"c-NAME","Names":["/shop_NAME.1.t-NAME-1"],"Image":"NAME","State":"running","Labels":{"com.docker.stack.namespace":"shop","com.docker.swarm.service.name":"shop_NAME",
        "com.docker.swarm.task.id":"t-NAME-1","com.docker.swarm.task.name":"shop_NAME.1.t-NAME-1"}}
        """,
        service);

    private static string Filled(string template, string service) => template.Replace("NAME", service, StringComparison.Ordinal);
}
