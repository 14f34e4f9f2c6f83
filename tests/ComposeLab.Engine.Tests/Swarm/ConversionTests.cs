using System.Text.Json;
using System.Text.Json.Nodes;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Swarm;

/// <summary>The conversion of services, beside what <c>docker stack deploy</c> 20.10 and 28.2 sent for the same files.</summary>
public class ConversionTests
{
    [Fact]
    public void A_service_with_everything_is_sent_as_docker_sends_it() => Same(
        """
        services:
          web:
            image: busybox:1
            command: ["sleep", "600"]
            environment: { B: "2", A: "1" }
            labels: { team: blue }
            networks: { front: { aliases: [www] } }
            volumes: ["data:/data", "/etc/hostname:/h:ro", {type: tmpfs, target: /t, tmpfs: {size: 1000000}}]
            healthcheck: { test: ["CMD", "true"], interval: 1s, retries: 3 }
            ports: [{ target: 80, published: 8080, mode: host }]
            stop_grace_period: 3s
            extra_hosts: ["a:1.2.3.4"]
            deploy:
              replicas: 2
              endpoint_mode: dnsrr
              labels: { x: "yes" }
              update_config: { parallelism: 2, delay: 1s, order: start-first, max_failure_ratio: 0.3 }
              restart_policy: { condition: on-failure, max_attempts: 3, delay: 2s }
              resources: { limits: { cpus: "0.5", memory: 50M }, reservations: { memory: 10M } }
              placement: { constraints: ["node.role == manager"], preferences: [{ spread: node.id }] }
        networks: { front: { driver: overlay } }
        volumes: { data: {} }
        """,
        """
        {"Name":"s1_web","Labels":{"com.docker.stack.image":"busybox:1","com.docker.stack.namespace":"s1","x":"yes"},"TaskTemplate":{"ContainerSpec":{"Image":"busybox:1","Labels":{"com.docker.stack.namespace":"s1","team":"blue"},"Args":["sleep","600"],"Env":["A=1","B=2"],"Privileges":{},"Mounts":[{"Type":"volume","Source":"s1_data","Target":"/data","VolumeOptions":{"Labels":{"com.docker.stack.namespace":"s1"}}},{"Type":"bind","Source":"/etc/hostname","Target":"/h","ReadOnly":true},{"Type":"tmpfs","Target":"/t","TmpfsOptions":{"SizeBytes":1000000}}],"StopGracePeriod":3000000000,"Healthcheck":{"Test":["CMD","true"],"Interval":1000000000,"Retries":3},"Hosts":["1.2.3.4 a"]},"Resources":{"Limits":{"NanoCPUs":500000000,"MemoryBytes":52428800},"Reservations":{"MemoryBytes":10485760}},"RestartPolicy":{"Condition":"on-failure","Delay":2000000000,"MaxAttempts":3},"Placement":{"Constraints":["node.role == manager"],"Preferences":[{"Spread":{"SpreadDescriptor":"node.id"}}]},"Networks":[{"Target":"s1_front","Aliases":["www","web"]}]},"Mode":{"Replicated":{"Replicas":2}},"UpdateConfig":{"Parallelism":2,"Delay":1000000000,"MaxFailureRatio":0.3,"Order":"start-first"},"EndpointSpec":{"Mode":"dnsrr","Ports":[{"Protocol":"tcp","TargetPort":80,"PublishedPort":8080,"PublishMode":"host"}]}}
        """);

    [Fact]
    public void A_service_with_an_image_alone_has_the_empty_parts_that_docker_sends() => Same(
        "services: { web: { image: busybox } }",
        """
        {"Name":"s1_web","Labels":{"com.docker.stack.image":"busybox","com.docker.stack.namespace":"s1"},"TaskTemplate":{"ContainerSpec":{"Image":"busybox:latest","Labels":{"com.docker.stack.namespace":"s1"},"Privileges":{}},"Resources":{},"Placement":{},"Networks":[{"Target":"s1_default","Aliases":["web"]}]},"Mode":{"Replicated":{}},"EndpointSpec":{}}
        """);

    [Theory]
    [InlineData("{ mode: replicated-job, replicas: 2 }", """{"ReplicatedJob":{"MaxConcurrent":2,"TotalCompletions":2}}""")]
    [InlineData("{ mode: global }", """{"Global":{}}""")]
    [InlineData("{ mode: global-job }", """{"GlobalJob":{}}""")]
    [InlineData("{ replicas: 0 }", """{"Replicated":{"Replicas":0}}""")]
    public void A_mode_is_sent_with_its_numbers(string deploy, string mode) =>
        Assert.Equal(mode, Sent($"services: {{ web: {{ image: x, deploy: {deploy} }} }}")["Mode"]!.ToJsonString());

    [Fact]
    public void Ports_are_sorted_by_the_published_port_and_otherwise_as_in_the_file() => Assert.Equal(
        [81, 82, 443, 80],
        Sent("services: { web: { image: x, ports: ['8080:80', { target: 81, protocol: udp }, { target: 82 }, '443:443'] } }")["EndpointSpec"]!["Ports"]!.AsArray().Select(port => (int)port!["TargetPort"]!));

    [Theory]
    [InlineData("always", """{"Condition":"any"}""")]
    [InlineData("unless-stopped", """{"Condition":"any"}""")]
    [InlineData("on-failure:4", """{"Condition":"on-failure","MaxAttempts":4}""")]
    [InlineData("\"no\"", null)]
    public void Restart_becomes_a_restart_policy(string restart, string? policy) =>
        Assert.Equal(policy, Sent($"services: {{ web: {{ image: x, restart: {restart} }} }}")["TaskTemplate"]!["RestartPolicy"]?.ToJsonString());

    [Theory]
    [InlineData("{ mem_limit: 64m, cpus: 0.25, pids_limit: 7 }", """{"Limits":{"NanoCPUs":250000000,"MemoryBytes":67108864,"Pids":7}}""")]
    [InlineData("{ mem_reservation: 32m }", """{"Reservations":{"MemoryBytes":33554432}}""")]
    [InlineData("{ deploy: { resources: { reservations: { generic_resources: [{ discrete_resource_spec: { kind: gpu, value: 2 } }] } } } }", """{"Reservations":{"GenericResources":[{"DiscreteResourceSpec":{"Kind":"gpu","Value":2}}]}}""")]
    public void Limits_of_the_service_become_limits_of_its_tasks(string service, string resources) =>
        Assert.Equal(resources, Sent($"services: {{ web: {{ image: x, {service[1..]} }}")["TaskTemplate"]!["Resources"]!.ToJsonString());

    [Theory]
    [InlineData("{ cap_add: [NET_ADMIN, cap_sys_time], cap_drop: [ALL] }", "CapabilityAdd", """["CAP_NET_ADMIN","CAP_SYS_TIME"]""")]
    [InlineData("{ cap_drop: [chown] }", "CapabilityDrop", """["CAP_CHOWN"]""")]
    [InlineData("{ ulimits: { nproc: 5, nofile: { soft: 1, hard: 2 } } }", "Ulimits", """[{"Name":"nofile","Hard":2,"Soft":1},{"Name":"nproc","Hard":5,"Soft":5}]""")]
    [InlineData("{ entrypoint: [a], init: false }", "Init", "false")]
    [InlineData("{ dns: 1.1.1.1, dns_search: [x.y] }", "DNSConfig", """{"Nameservers":["1.1.1.1"],"Search":["x.y"]}""")]
    [InlineData("{ healthcheck: { disable: true } }", "Healthcheck", """{"Test":["NONE"]}""")]
    [InlineData("{ tty: true }", "TTY", "true")]
    public void A_setting_of_the_container_is_sent_in_the_form_of_the_api(string service, string name, string value) =>
        Assert.Equal(value, Sent($"services: {{ web: {{ image: x, {service[1..]} }}")["TaskTemplate"]!["ContainerSpec"]![name]!.ToJsonString());

    [Fact]
    public void Secrets_and_configs_have_the_targets_and_modes_of_docker()
    {
        SwarmServiceSpec spec = Convert("""
            services:
              web:
                image: x
                secrets: [plain, { source: pw, target: dbpw, mode: 0400, uid: "7" }]
                configs: [site]
            secrets: { plain: { external: true }, pw: { external: true } }
            configs: { site: { external: true } }
            """).Services[0].Spec;
        Assert.Equal(
            [new SwarmFileTarget("plain", "0", "0", 292), new SwarmFileTarget("dbpw", "7", "0", 256)],
            spec.TaskTemplate.ContainerSpec!.Secrets!.Select(use => use.File));
        Assert.Equal(new SwarmFileTarget("site", "0", "0", 292), spec.TaskTemplate.ContainerSpec.Configs![0].File);
    }

    [Fact]
    public void Only_networks_that_services_use_are_created_and_as_overlays()
    {
        SwarmStack stack = Convert("""
            services: { web: { image: x, networks: [front, given] } }
            networks: { front: { attachable: true, ipam: { config: [{ subnet: 10.7.0.0/24 }] } }, unused: {}, given: { external: true, name: shared } }
            """);
        NetworkSpec network = Assert.Single(stack.Networks);
        Assert.Equal(("s1_front", "overlay", true, "10.7.0.0/24"), (network.Name, network.Driver, network.Attachable, network.Pools[0].Subnet));
        Assert.Equal(["shared"], stack.ExternalNetworks);
    }

    private static SwarmStack Convert(string yaml) => StackConversion.Convert(Projects.Load(yaml, name: "s1"), new Dictionary<string, byte[]>());

    private static JsonNode Sent(string yaml) =>
        JsonNode.Parse(JsonSerializer.Serialize(Assert.Single(Convert(yaml).Services).Spec, SwarmJson.Default.SwarmServiceSpec))!;

    private static void Same(string yaml, string docker)
    {
        JsonNode sent = Sent(yaml);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(docker), sent), sent.ToJsonString());
    }
}
