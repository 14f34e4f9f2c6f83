using ComposeLab.Compose.Normalizing;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Stacks;

namespace ComposeLab.Cmdlets.Tests.Stacks;

public sealed class ContainerObjectTests
{
    private static readonly ObservedContainer Container = new(new ContainerSummary
    {
        Id = "id",
        Name = "lab-db-1",
        Image = "i",
        ImageId = "",
        Created = DateTimeOffset.UnixEpoch,
        State = ContainerState.Running,
        Health = HealthStatus.None,
        ExitCode = null,
        Status = "",
        Labels = new Dictionary<string, string> { [StackLabels.Project] = "lab", [StackLabels.Service] = "db" },
        Ports = [],
        Networks = new Dictionary<string, ContainerNetwork>(),
        Mounts = [],
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

    [Fact]
    public void Volumes_of_the_project_and_external_ones_are_listed_with_everybody_who_uses_them()
    {
        ContainerSummary own = Container.Summary with { Mounts = [Mount("lab_data"), Mount("shared")], Networks = Joined("lab_default", "proxy") };
        ContainerSummary other = own with { Name = "shop-web-1", Labels = new Dictionary<string, string> { [StackLabels.Project] = "shop" }, Mounts = [Mount("shared"), Mount("shop_x")], Networks = Joined("proxy") };
        VolumeSummary[] volumes = [Volume("shop_x", "shop"), Volume("shared", null), Volume("lab_old", "lab"), Volume("lab_data", "lab")];
        NetworkSummary[] networks = [Network("proxy", null), Network("lab_default", "lab"), Network("bridge", null)];

        Assert.Equal(
            ["lab_data False lab-db-1", "lab_old False ", "shared True lab-db-1,shop-web-1"],
            StackResources.Volumes("lab", volumes, [own, other]).Select(volume => $"{volume.Name} {volume.IsExternal} {string.Join(',', volume.UsedBy)}"));
        Assert.Equal(
            ["lab_default False lab-db-1", "proxy True lab-db-1,shop-web-1"],
            StackResources.Networks("lab", networks, [own, other]).Select(network => $"{network.Name} {network.IsExternal} {string.Join(',', network.UsedBy)}"));
    }

    [Theory]
    [InlineData("db:/var/log", "db", "/var/log")]
    [InlineData("./a:b", null, "./a:b")]
    [InlineData("/a:b", null, "/a:b")]
    [InlineData("plain", null, "plain")]
    [InlineData(":x", null, ":x")]
    [InlineData("~/a:b", null, "~/a:b")]
    public void An_end_of_a_copy_is_a_path_of_this_machine_or_of_a_service(string text, string? service, string path) =>
        Assert.Equal(new CopyAddress(service, path), CopyAddress.Parse(text, new HostPaths(IsWindows: false)));

    [Theory]
    [InlineData(@"C:\logs", null, @"C:\logs")]
    [InlineData("c:/logs", null, "c:/logs")]
    [InlineData(@"\\server\share\x", null, @"\\server\share\x")]
    [InlineData(@".\a:b", null, @".\a:b")]
    [InlineData("c:logs", "c", "logs")]
    [InlineData("db:/var/log", "db", "/var/log")]
    public void On_Windows_a_drive_is_a_path_of_this_machine(string text, string? service, string path) =>
        Assert.Equal(new CopyAddress(service, path), CopyAddress.Parse(text, new HostPaths(IsWindows: true)));

    private static ContainerMount Mount(string name) => new() { Type = "volume", Name = name, Source = "", Target = "/" + name, Writable = true };

    private static Dictionary<string, ContainerNetwork> Joined(params string[] names) =>
        names.ToDictionary(name => name, name => new ContainerNetwork { NetworkId = name, IpAddress = "" });

    private static VolumeSummary Volume(string name, string? project) => new() { Name = name, Driver = "local", Labels = Labels(project) };

    private static NetworkSummary Network(string name, string? project) => new() { Id = name, Name = name, Driver = "bridge", Labels = Labels(project) };

    private static Dictionary<string, string> Labels(string? project) => project is null ? [] : new Dictionary<string, string> { [StackLabels.Project] = project };

    private static ContainerEvent Happened(string action, params (string Name, string Value)[] attributes) =>
        new(DateTimeOffset.UnixEpoch, "id", action, attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value));
}
