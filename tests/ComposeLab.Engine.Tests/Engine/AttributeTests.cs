using System.Text.Json;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Engine;

[Trait("Needs", "Engine")]
[Collection(EngineCollection.Name)]
public sealed class AttributeTests(AttributeStack attributes) : IClassFixture<AttributeStack>
{
    private TestStack Stack => attributes.Stack;

    [Theory]
    [InlineData("process", "Config Entrypoint", "['/bin/sh','-c']")]
    [InlineData("process", "Config Cmd", "['sleep 600']")]
    [InlineData("process", "Config WorkingDir", "/tmp")]
    [InlineData("process", "Config User", "1000:1001")]
    [InlineData("process", "Config Hostname", "inside")]
    [InlineData("process", "Config Domainname", "example.test")]
    [InlineData("process", "Config Tty", "true")]
    [InlineData("process", "Config OpenStdin", "true")]
    [InlineData("process", "Config StdinOnce", "false")]
    [InlineData("process", "Config StopSignal", "SIGINT")]
    [InlineData("process", "Config StopTimeout", "90")]
    [InlineData("process", "Config Labels own.label", "value, with comma")]
    [InlineData("process", "HostConfig Init", "true")]
    [InlineData("process", "HostConfig LogConfig", "{'Type':'json-file','Config':{'max-size':'1m'}}")]
    [InlineData("health", "Config Healthcheck", "{'Test':['CMD-SHELL','test -e /tmp'],'Interval':7000000000,'Timeout':3000000000,'StartPeriod':2000000000,'Retries':4}")]
    [InlineData("quiet", "Config Healthcheck Test", "['NONE']")]
    [InlineData("ports", "Config ExposedPorts", "{'53/udp':{},'7000/tcp':{},'7001/tcp':{},'7002/tcp':{},'80/tcp':{},'81/udp':{},'82/tcp':{}}")]
    [InlineData("ports", "HostConfig PortBindings 80/tcp", "[{'HostIp':'127.0.0.1','HostPort':''}]")]
    [InlineData("ports", "HostConfig PortBindings 81/udp 0 HostPort", "")]
    [InlineData("mounts", "HostConfig Tmpfs /scratch", "size=2m")]
    [InlineData("networks", "HostConfig NetworkMode", "{name}_front")]
    [InlineData("networks", "NetworkSettings Networks {name}_back IPAMConfig IPv4Address", "10.213.77.5")]
    [InlineData("links", "NetworkSettings Networks {name}_back Links 0", "{name}-networks-1:other")]
    [InlineData("resources", "HostConfig NanoCpus", "500000000")]
    [InlineData("resources", "HostConfig Memory", "67108864")]
    [InlineData("resources", "HostConfig MemoryReservation", "33554432")]
    [InlineData("resources", "HostConfig PidsLimit", "50")]
    [InlineData("resources", "HostConfig CpuShares", "512")]
    [InlineData("resources", "HostConfig CpusetCpus", "0")]
    [InlineData("resources", "HostConfig ShmSize", "8388608")]
    [InlineData("resources", "HostConfig OomScoreAdj", "100")]
    [InlineData("resources", "HostConfig Ulimits", "[{'Name':'nofile','Hard':3000,'Soft':2000},{'Name':'nproc','Hard':1000,'Soft':1000}]")]
    [InlineData("resources", "HostConfig Devices", "[{'PathOnHost':'/dev/null','PathInContainer':'/dev/xnull','CgroupPermissions':'r'}]")]
    [InlineData("resources", "HostConfig DeviceCgroupRules", "['c 1:3 mr']")]
    [InlineData("security", "HostConfig CapAdd", "['NET_ADMIN']")]
    [InlineData("security", "HostConfig CapDrop", "['ALL']")]
    [InlineData("security", "HostConfig SecurityOpt", "['no-new-privileges:true','seccomp={\\u0022defaultAction\\u0022:\\u0022SCMP_ACT_ALLOW\\u0022}']")]
    [InlineData("security", "HostConfig ReadonlyRootfs", "true")]
    [InlineData("security", "HostConfig GroupAdd", "['2000']")]
    [InlineData("security", "HostConfig Sysctls", "{'net.ipv4.ip_unprivileged_port_start':'0'}")]
    [InlineData("security", "HostConfig UTSMode", "host")]
    [InlineData("security", "HostConfig CgroupnsMode", "host")]
    [InlineData("open", "HostConfig MaskedPaths", "[]")]
    [InlineData("open", "HostConfig RestartPolicy", "{'Name':'on-failure','MaximumRetryCount':3}")]
    [InlineData("names", "HostConfig RestartPolicy", "{'Name':'on-failure','MaximumRetryCount':2}")]
    [InlineData("names", "HostConfig ExtraHosts", "['db:10.0.0.9','six:::1']")]
    [InlineData("names", "HostConfig Dns", "['10.9.9.9']")]
    [InlineData("names", "HostConfig DnsOptions", "['use-vc']")]
    [InlineData("names", "HostConfig DnsSearch", "['example.test']")]
    [InlineData("parent", "HostConfig IpcMode", "shareable")]
    [InlineData("nowhere", "HostConfig NetworkMode", "none")]
    public async Task The_container_matches_the_service(string service, string path, string expected)
    {
        JsonElement container = await ContainerAsync(service);

        Assert.Equal(
            expected.Replace("{name}", Stack.Name, StringComparison.Ordinal),
            EngineJson.At(container, path.Replace("{name}", Stack.Name, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("process", "env | grep -E '^(PLAIN|EMPTY)='", "EMPTY=\nPLAIN=a b")]
    [InlineData("files", "cat /run/secrets/from_file", "of a file")]
    [InlineData("files", "cat /run/secrets/renamed; stat -c ' %a %u %g' /run/secrets/renamed", "of a variable 400 1000 1001")]
    [InlineData("files", "cat /etc/app.conf; stat -c ' %a' /etc/app.conf", "port = 80 444")]
    [InlineData("files", "cat /etc/variable.conf", "mode = fast")]
    [InlineData("hooks", "cat /hooks/started", "me")]
    [InlineData("child", "touch /shared/x 2>/dev/null || echo read-only", "read-only")]
    [InlineData("mounts", "touch /here/x 2>/dev/null || echo read-only", "read-only")]
    [InlineData("mounts", "touch /there/x && touch /data/x && touch /unnamed/x && touch /fast/x && echo all", "all")]
    [InlineData("mounts", "touch /labeled/x 2>/dev/null || echo read-only", "read-only")]
    public async Task The_container_looks_correct_from_inside(string service, string command, string expected) =>
        Assert.Equal(expected, string.Join('\n', (await Stack.RunAsync(service, command)).Split('\n').Order(StringComparer.Ordinal)));

    [Fact]
    public async Task Shared_namespaces_are_those_of_the_container()
    {
        JsonElement child = await ContainerAsync("child");
        string parent = (await Stack.InspectAsync("parent")).Id;

        Assert.Equal($"container:{parent}", EngineJson.At(child, "HostConfig NetworkMode"));
        Assert.Equal($"container:{parent}", EngineJson.At(child, "HostConfig IpcMode"));
        Assert.Equal($"container:{parent}", EngineJson.At(child, "HostConfig PidMode"));
        Assert.Equal($"['{parent}:ro']", EngineJson.At(child, "HostConfig VolumesFrom"));
    }

    [Fact]
    public async Task A_network_has_its_options_addresses_and_labels()
    {
        JsonElement network = await EngineJson.GetAsync(attributes.Fixture.Engine, $"/networks/{Stack.Name}_back");

        Assert.Equal("true", EngineJson.At(network, "Internal"));
        Assert.Equal("true", EngineJson.At(network, "Attachable"));
        Assert.Equal("m", EngineJson.At(network, "Labels n"));
        Assert.Equal("true", EngineJson.At(network, "Options com.docker.network.bridge.enable_icc"));
        Assert.Equal(
            "[{'Subnet':'10.213.77.0/24','IPRange':'10.213.77.128/25','Gateway':'10.213.77.1','AuxiliaryAddresses':{'router':'10.213.77.9'}}]",
            EngineJson.At(network, "IPAM Config"));
    }

    [Fact]
    public async Task Aliases_are_known_in_each_network()
    {
        JsonElement container = await ContainerAsync("networks");

        Assert.Contains("'store'", EngineJson.At(container, $"NetworkSettings Networks {Stack.Name}_back Aliases"), StringComparison.Ordinal);
        Assert.Contains("'shop'", EngineJson.At(container, $"NetworkSettings Networks {Stack.Name}_front Aliases"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mounts_of_every_kind_exist()
    {
        JsonElement container = await ContainerAsync("mounts");
        string[] mounts =
        [
            .. container.GetProperty("Mounts").EnumerateArray()
                .Select(mount => $"{EngineJson.At(mount, "Type")} {EngineJson.At(mount, "Destination")} {EngineJson.At(mount, "RW")} {EngineJson.At(mount, "Propagation")}".TrimEnd())
                .Order(StringComparer.Ordinal),
        ];

        Assert.Equal(
            ["bind /here false rprivate", "bind /there true private", "tmpfs /fast true", "volume /data true", "volume /labeled false", "volume /unnamed true"],
            mounts);
        Assert.Equal("{'SizeBytes':1048576,'Mode':1016}", EngineJson.At(container.GetProperty("HostConfig").GetProperty("Mounts").EnumerateArray()
            .Single(mount => EngineJson.At(mount, "Type") == "tmpfs"), "TmpfsOptions"));
    }

    [Fact]
    public void A_missing_bind_source_is_created_with_a_warning()
    {
        Assert.True(Directory.Exists(Path.Combine(Stack.Directory, "here")));
        Assert.Contains(Stack.Events.Warnings, warning => warning.Contains("/here", StringComparison.Ordinal) && warning.Contains("compose.yaml:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_volume_has_its_driver_options_and_labels()
    {
        JsonElement volume = await EngineJson.GetAsync(attributes.Fixture.Engine, $"/volumes/{Stack.Name}_data");

        Assert.Equal("test", EngineJson.At(volume, "Labels kind"));
        Assert.Equal("tmpfs", EngineJson.At(volume, "Options type"));
    }

    [Fact]
    public async Task Names_and_replicas_are_as_requested()
    {
        IReadOnlyList<ObservedContainer> containers = await Stack.Stacks.ListServicesAsync(Stack.Name, Stack.Token);

        Assert.Equal([1, 2], containers.Where(container => container.Service == "twice").Select(container => container.Number));
        Assert.Equal(Stack.Name + "-own", containers.Single(container => container.Service == "named").Name);
    }

    private Task<JsonElement> ContainerAsync(string service) =>
        EngineJson.GetAsync(attributes.Fixture.Engine, $"/containers/{Stack.Name}-{service}-1/json");
}
