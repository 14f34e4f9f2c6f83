using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Stacks;

namespace ComposeLab.Cmdlets.Tests.Stacks;

public sealed class ContainerObjectTests
{
    private static readonly ObservedContainer Container = new(new ContainerSummary
    {
        Id = "id", Name = "lab-db-1", Image = "i", ImageId = "", Created = DateTimeOffset.UnixEpoch, State = ContainerState.Running, Health = HealthStatus.None, ExitCode = null, Status = "",
        Labels = new Dictionary<string, string> { [StackLabels.Project] = "lab", [StackLabels.Service] = "db" },
        Ports = [], Networks = new Dictionary<string, ContainerNetwork>(), Mounts = [],
    });

    [Theory]
    [InlineData("UID PID PPID C STIME TTY TIME CMD", "999 20 1 0 09:26 ? 00:01:23 postgres", 83)]
    [InlineData("USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND", "999 20 0.0 0.1 1 1 ? Ss 09:26 1:23 postgres", 83)]
    [InlineData("UID PID PPID C STIME TTY TIME CMD", "999 20 1 0 09:26 ? 2-00:01:23 postgres", 172883)]
    public void Processes_are_read_from_the_columns_of_any_ps(string titles, string row, int seconds)
    {
        LabProcess process = Assert.Single(ProcessObjects.Of(Container, new ContainerProcesses(titles.Split(' '), [row.Split(' ')])));

        Assert.Equal(("db", 20, "999", "postgres", seconds), (process.Service, process.Id, process.User, process.Command, (int)process.CpuTime.TotalSeconds));
    }

    [Fact]
    public void A_table_without_known_columns_is_not_an_error() =>
        Assert.Equal("", Assert.Single(ProcessObjects.Of(Container, new ContainerProcesses(["X"], [["1"]]))).Command);

    [Fact]
    public void An_event_shows_its_exit_code_or_details()
    {
        LabEvent died = EventObjects.Of(Happened("die", ("exitCode", "137"), ("name", "lab-db-1")));
        LabEvent health = EventObjects.Of(Happened("health_status: healthy"));
        LabEvent killed = EventObjects.Of(Happened("kill", ("signal", "15")));

        Assert.Equal(("die", 137, "lab-db-1 die 137"), (died.Action, died.ExitCode, died.ToString()));
        Assert.Equal(("health_status", "healthy"), (health.Action, health.Detail));
        Assert.Equal(("kill", "signal 15"), (killed.Action, killed.Detail));
    }

    [Fact]
    public void A_password_in_the_command_of_an_exec_event_is_masked() =>
        Assert.DoesNotContain("hunter2", EventObjects.Of(Happened("exec_start: redis-cli -a hunter2hunter2 ping")).Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData("db:/var/log", "db", "/var/log")]
    [InlineData("./a:b", null, "./a:b")]
    [InlineData("/a:b", null, "/a:b")]
    [InlineData("plain", null, "plain")]
    [InlineData(":x", null, ":x")]
    [InlineData("~/a:b", null, "~/a:b")]
    public void An_end_of_a_copy_is_a_path_of_this_machine_or_of_a_service(string text, string? service, string path) =>
        Assert.Equal(new CopyAddress(service, path), CopyAddress.Parse(text));

    private static ContainerEvent Happened(string action, params (string Name, string Value)[] attributes) =>
        new(DateTimeOffset.UnixEpoch, "id", action, attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value));
}
