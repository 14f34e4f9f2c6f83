using System.Text.Json;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Engine;

/// <summary>Attributes that not every machine can run: their containers are created, not started, and inspected.</summary>
[Trait("Needs", "Engine")]
[Collection(EngineCollection.Name)]
public sealed class UnstartedAttributeTests(EngineFixture fixture)
{
    [Theory]
    [InlineData("privileged: true", "HostConfig Privileged", "true")]
    [InlineData("userns_mode: host", "HostConfig UsernsMode", "host")]
    [InlineData("cgroup: private", "HostConfig CgroupnsMode", "private")]
    [InlineData("cgroup_parent: /composelab", "HostConfig CgroupParent", "/composelab")]
    [InlineData("pid: host", "HostConfig PidMode", "host")]
    [InlineData("ipc: host", "HostConfig IpcMode", "host")]
    [InlineData("network_mode: host", "HostConfig NetworkMode", "host")]
    [InlineData("runtime: runc", "HostConfig Runtime", "runc")]
    [InlineData("isolation: default", "HostConfig Isolation", "default")]
    [InlineData("blkio_config: { device_read_bps: [{ path: /dev/null, rate: 1k }] }", "HostConfig BlkioDeviceReadBps", "[{'Path':'/dev/null','Rate':1024}]")]
    [InlineData("blkio_config: { device_write_bps: [{ path: /dev/null, rate: 2k }] }", "HostConfig BlkioDeviceWriteBps", "[{'Path':'/dev/null','Rate':2048}]")]
    [InlineData("blkio_config: { device_read_iops: [{ path: /dev/null, rate: 30 }] }", "HostConfig BlkioDeviceReadIOps", "[{'Path':'/dev/null','Rate':30}]")]
    [InlineData("blkio_config: { device_write_iops: [{ path: /dev/null, rate: 40 }] }", "HostConfig BlkioDeviceWriteIOps", "[{'Path':'/dev/null','Rate':40}]")]
    [InlineData("gpus: all", "HostConfig DeviceRequests 0 Count", "-1")]
    [InlineData("gpus: all", "HostConfig DeviceRequests 0 Capabilities", "[['gpu']]")]
    [InlineData("gpus: [{ driver: maker, device_ids: [one], options: { a: b } }]", "HostConfig DeviceRequests", "[{'Driver':'maker','Count':0,'DeviceIDs':['one'],'Capabilities':[['gpu']],'Options':{'a':'b'}}]")]
    [InlineData("devices: [maker.example/class=first]", "HostConfig DeviceRequests 0 Driver", "cdi")]
    [InlineData("devices: [maker.example/class=first]", "HostConfig DeviceRequests 0 DeviceIDs", "['maker.example/class=first']")]
    [InlineData("devices: [maker.example/class=first]", "HostConfig Devices", "[]")]
    [InlineData("deploy: { resources: { reservations: { devices: [{ capabilities: [tpu, compute], driver: maker, count: 2 }] } } }", "HostConfig DeviceRequests 0 Capabilities", "[['tpu','compute']]")]
    [InlineData("deploy: { resources: { reservations: { devices: [{ capabilities: [tpu], driver: maker, count: 2 }] } } }", "HostConfig DeviceRequests 0 Count", "2")]
    [InlineData("cpus: 0.25", "HostConfig NanoCpus", "250000000")]
    [InlineData("cpu_period: 50000", "HostConfig CpuPeriod", "50000")]
    [InlineData("cpu_quota: 25000", "HostConfig CpuQuota", "25000")]
    [InlineData("mem_limit: 64m", "HostConfig Memory", "67108864")]
    [InlineData("mem_reservation: 32m", "HostConfig MemoryReservation", "33554432")]
    [InlineData("{ mem_limit: 64m, memswap_limit: 128m }", "HostConfig MemorySwap", "134217728")]
    [InlineData("mem_swappiness: 10", "HostConfig MemorySwappiness", "10")]
    [InlineData("oom_kill_disable: true", "HostConfig OomKillDisable", "true")]
    [InlineData("pids_limit: 70", "HostConfig PidsLimit", "70")]
    [InlineData("restart: unless-stopped", "HostConfig RestartPolicy Name", "unless-stopped")]
    [InlineData("security_opt: [apparmor=unconfined]", "HostConfig SecurityOpt", "['apparmor=unconfined']")]
    [InlineData("mac_address: 02:42:ac:11:00:02", "Config MacAddress", "02:42:ac:11:00:02")]
    [InlineData("external_links: [elsewhere:near]", "NetworkSettings Networks {name}_default Links", "['elsewhere:near']")]
    [InlineData("networks: { default: { link_local_ips: [169.254.8.8] } }", "NetworkSettings Networks {name}_default IPAMConfig LinkLocalIPs", "['169.254.8.8']")]
    [InlineData("networks: { default: { ipv6_address: '2001:db8::9' } }", "NetworkSettings Networks {name}_default IPAMConfig IPv6Address", "2001:db8::9")]
    [InlineData("networks: { default: { driver_opts: { a.option: b } } }", "NetworkSettings Networks {name}_default DriverOpts", "{'a.option':'b'}")]
    public async Task The_engine_has_the_settings_of_the_service(string attribute, string path, string expected)
    {
        await using var stack = new TestStack(fixture.Engine);
        ContainerCreated made = await CreateAsync(stack, attribute);

        JsonElement container = await EngineJson.GetAsync(fixture.Engine, $"/containers/{made.Id}/json");

        Assert.Equal(expected, EngineJson.At(container, path.Replace("{name}", stack.Name, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("blkio_config: { weight: 300 }", "HostConfig BlkioWeight", "300", "Weight discarded")]
    [InlineData("blkio_config: { weight_device: [{ path: /dev/null, weight: 400 }] }", "HostConfig BlkioWeightDevice", "[{'Path':'/dev/null','Weight':400}]", "Weight-device discarded")]
    public async Task Missing_kernel_features_are_reported_by_the_engine(string attribute, string path, string expected, string warning)
    {
        await using var stack = new TestStack(fixture.Engine);
        ContainerCreated made = await CreateAsync(stack, attribute);

        JsonElement container = await EngineJson.GetAsync(fixture.Engine, $"/containers/{made.Id}/json");

        Assert.True(
            EngineJson.At(container, path) == expected || made.Warnings.Any(said => said.Contains(warning, StringComparison.Ordinal)),
            $"Neither is {path} {expected} nor did the engine say why not.");
    }

    // The engine, not this module, says whether its storage can limit a container: that it answers so or keeps it proves that it was asked.
    [Fact]
    public async Task Storage_options_reach_the_engine()
    {
        await using var stack = new TestStack(fixture.Engine);
        try
        {
            ContainerCreated made = await CreateAsync(stack, "storage_opt: { size: 1G }");

            Assert.Equal("1G", EngineJson.At(await EngineJson.GetAsync(fixture.Engine, $"/containers/{made.Id}/json"), "HostConfig StorageOpt size"));
        }
        catch (EngineException fault)
        {
            Assert.Contains("storage-opt", fault.Message, StringComparison.Ordinal);
        }
    }

    private async Task<ContainerCreated> CreateAsync(TestStack stack, string attribute)
    {
        string braced = attribute.StartsWith('{') ? attribute[1..^1].Trim() : attribute;
        string[] networked = ["network", "mac_address", "external_links"];
        if (!networked.Any(word => braced.Contains(word, StringComparison.Ordinal)))
        {
            // A network of its own takes the engine longer than the container.
            braced += ", network_mode: none";
        }

        // Newer engines accept an address only in a subnet that was chosen.
        string networks = braced.Contains("ipv6_address", StringComparison.Ordinal)
            ? "\nnetworks: { default: { enable_ipv6: true, ipam: { config: [{ subnet: '2001:db8::/64' }] } } }"
            : "";
        StackPlan plan = await stack.Stacks.PlanStartAsync(
            stack.Load($"services: {{ a: {{ image: IMAGE, {braced} }} }}{networks}"), new StartOptions(), stack.Token);
        foreach (CreateNetworkOperation network in plan.Operations.OfType<CreateNetworkOperation>())
        {
            await fixture.Engine.CreateNetworkAsync(network.Spec, stack.Token);
        }

        return await fixture.Engine.CreateContainerAsync(plan.Operations.OfType<CreateContainerOperation>().Single().Spec, stack.Token);
    }
}
