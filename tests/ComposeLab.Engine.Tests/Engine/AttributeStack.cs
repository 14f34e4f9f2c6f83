using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Engine;

/// <summary>One stack whose services use every attribute that a container can show, started once for all tests that look at it.</summary>
public sealed class AttributeStack : IAsyncLifetime
{
    private const string Yaml = """
        x-base: &base { image: IMAGE, stop_grace_period: 0s }
        x-host: &host { <<: *base, network_mode: host }
        services:
          process:
            <<: *base
            entrypoint: ["/bin/sh", "-c"]
            command: ["sleep 600"]
            environment: { PLAIN: "a b", EMPTY: "", PATH: }
            working_dir: /tmp
            user: "1000:1001"
            hostname: inside
            domainname: example.test
            tty: true
            stdin_open: true
            init: true
            stop_signal: SIGINT
            stop_grace_period: 90s
            labels: { own.label: "value, with comma" }
            logging: { driver: json-file, options: { max-size: 1m } }
            platform: linux
          health:
            <<: *host
            healthcheck: { test: ["CMD-SHELL", "test -e /tmp"], interval: 7s, timeout: 3s, retries: 4, start_period: 2s }
          quiet:
            <<: *host
            healthcheck: { disable: true }
          ports:
            <<: *base
            expose: ["7000-7002", "53/udp"]
            ports: ["127.0.0.1::80", "81/udp", { target: 82, published: "0", protocol: tcp }]
          mounts:
            <<: *host
            volumes:
              - "./here:/here:ro"
              - { type: bind, source: ./there, target: /there, bind: { propagation: private, create_host_path: true } }
              - "data:/data:nocopy"
              - { type: volume, source: data, target: /labeled, read_only: true, volume: { labels: { a: b } } }
              - /unnamed
              - { type: tmpfs, target: /fast, tmpfs: { size: 1m, mode: 0o1770 } }
            tmpfs: ["/scratch:size=2m"]
          networks:
            <<: *base
            networks:
              back: { aliases: [store], ipv4_address: 10.213.77.5, priority: 1 }
              front: { aliases: [shop], priority: 5 }
          links:
            <<: *base
            links: ["networks:other"]
            networks: [back]
          resources:
            <<: *host
            deploy: { resources: { limits: { cpus: "0.5", memory: 64M, pids: 50 }, reservations: { memory: 32M } } }
            cpu_shares: 512
            cpuset: "0"
            shm_size: 8m
            oom_score_adj: 100
            ulimits: { nproc: 1000, nofile: { soft: 2000, hard: 3000 } }
            devices: ["/dev/null:/dev/xnull:r"]
            device_cgroup_rules: ["c 1:3 mr"]
          security:
            <<: *base
            cap_add: [NET_ADMIN]
            cap_drop: [ALL]
            security_opt: ["no-new-privileges:true", "seccomp:./profile.json"]
            read_only: true
            group_add: ["2000"]
            sysctls: { net.ipv4.ip_unprivileged_port_start: "0" }
            uts: host
            cgroup: host
          open:
            <<: *host
            security_opt: ["systempaths=unconfined"]
            restart: "on-failure:3"
          names:
            <<: *base
            extra_hosts: ["db=10.0.0.9", "six=::1"]
            dns: [10.9.9.9]
            dns_opt: [use-vc]
            dns_search: [example.test]
            deploy: { restart_policy: { condition: on-failure, max_attempts: 2 } }
          files:
            <<: *host
            secrets:
              - from_file
              - { source: from_variable, target: renamed, uid: "1000", gid: "1001", mode: 0400 }
            configs:
              - { source: inline, target: /etc/app.conf }
              - { source: config_variable, target: /etc/variable.conf }
          parent:
            <<: *base
            ipc: shareable
            volumes: ["shared:/shared"]
          child:
            <<: *base
            network_mode: "service:parent"
            ipc: "service:parent"
            pid: "service:parent"
            volumes_from: ["parent:ro"]
          hooks:
            <<: *host
            volumes: ["./hooks:/hooks"]
            post_start: [{ command: ["/bin/sh", "-c", "echo $$WHO > /hooks/started"], environment: { WHO: me }, user: "0:0" }]
            pre_stop: [{ command: ["touch", "/hooks/stopped"] }]
          twice:
            <<: *host
            deploy: { replicas: 2 }
          named: { <<: *host, container_name: NAME }
          nowhere: { <<: *base, network_mode: none }
        networks:
          back: { internal: true, attachable: true, labels: { n: m }, driver_opts: { com.docker.network.bridge.enable_icc: "true" }, ipam: { config: [{ subnet: 10.213.77.0/24, gateway: 10.213.77.1, ip_range: 10.213.77.128/25, aux_addresses: { router: 10.213.77.9 } }] } }
          front:
        volumes:
          data: { labels: { kind: test }, driver_opts: { type: tmpfs, device: tmpfs } }
          shared:
        secrets:
          from_file: { file: ./secret.txt }
          from_variable: { environment: THE_SECRET }
        configs:
          inline: { content: "port = 80" }
          config_variable: { environment: THE_CONFIG }
        """;

    private readonly EngineFixture _fixture = new();
    private TestStack? _stack;

    /// <summary>The stack.</summary>
    internal TestStack Stack => _stack ?? throw new InvalidOperationException("The stack is not started.");

    /// <summary>The engine.</summary>
    internal EngineFixture Fixture => _fixture;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await _fixture.InitializeAsync();
        _stack = new TestStack(_fixture.Engine);
        File.WriteAllText(Path.Combine(_stack.Directory, "secret.txt"), "of a file");
        File.WriteAllText(Path.Combine(_stack.Directory, "profile.json"), """{ "defaultAction": "SCMP_ACT_ALLOW" }""");
        try
        {
            await _stack.StartAsync(
                Yaml.Replace("NAME", _stack.Name + "-own", StringComparison.Ordinal),
                environment: new Dictionary<string, string> { ["THE_SECRET"] = "of a variable", ["THE_CONFIG"] = "mode = fast" });
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stack is not null)
        {
            await _stack.DisposeAsync();
        }

        await _fixture.DisposeAsync();
    }
}
