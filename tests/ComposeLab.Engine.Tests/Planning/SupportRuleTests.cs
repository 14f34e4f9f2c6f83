using System.Runtime.CompilerServices;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Specification;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Planning;

public sealed class SupportRuleTests
{
    private const string Heading = "## What depends on the engine";

    private const string Opening = """
        ## What depends on the engine

        Only some engines, or none, support these. An **error** with the line stops a start or a build before anything is changed. A **warning** shows the line
        and the start continues.

        | Attribute | Otherwise | Why |
        |---|---|---|
        """;

    // A use of each attribute for which its limit holds on an old Linux engine that is reached over the network.
    private static readonly Dictionary<string, string> Samples = new(StringComparer.Ordinal)
    {
        ["services.*.annotations"] = "annotations: { a: b }",
        ["services.*.build.additional_contexts"] = "build: { context: ., additional_contexts: { other: ./other } }",
        ["services.*.build.cache_from"] = "build: { context: ., cache_from: ['type=local,src=/x'] }",
        ["services.*.build.cache_to"] = "build: { context: ., cache_to: ['type=local,dest=/x'] }",
        ["services.*.build.context"] = "build: { context: 'https://example.test/x.git' }",
        ["services.*.build.entitlements"] = "build: { context: ., entitlements: [network.host] }",
        ["services.*.build.isolation"] = "build: { context: ., isolation: hyperv }",
        ["services.*.build.privileged"] = "build: { context: ., privileged: true }",
        ["services.*.build.provenance"] = "build: { context: ., provenance: mode=max }",
        ["services.*.build.sbom"] = "build: { context: ., sbom: true }",
        ["services.*.build.secrets"] = "build: { context: ., secrets: [s] }",
        ["services.*.build.ssh"] = "build: { context: ., ssh: [default] }",
        ["services.*.build.ulimits"] = "build: { context: ., ulimits: { nofile: 10 } }",
        ["services.*.configs[].gid"] = "configs: [{ source: f, gid: '1' }]",
        ["services.*.configs[].mode"] = "configs: [{ source: f, mode: 0440 }]",
        ["services.*.configs[].uid"] = "configs: [{ source: f, uid: '1' }]",
        ["services.*.cpu_count"] = "cpu_count: 1",
        ["services.*.cpu_percent"] = "cpu_percent: 50",
        ["services.*.credential_spec"] = "credential_spec: { file: x.json }",
        ["services.*.deploy.endpoint_mode"] = "deploy: { endpoint_mode: vip }",
        ["services.*.deploy.labels"] = "deploy: { labels: { a: b } }",
        ["services.*.deploy.mode"] = "deploy: { mode: global }",
        ["services.*.deploy.placement"] = "deploy: { placement: { constraints: [node.role==worker] } }",
        ["services.*.deploy.resources.reservations.cpus"] = "deploy: { resources: { reservations: { cpus: '0.1' } } }",
        ["services.*.deploy.resources.reservations.generic_resources"] = "deploy: { resources: { reservations: { generic_resources: [{ discrete_resource_spec: { kind: k, value: 1 } }] } } }",
        ["services.*.deploy.restart_policy.delay"] = "deploy: { restart_policy: { delay: 1s } }",
        ["services.*.deploy.restart_policy.window"] = "deploy: { restart_policy: { window: 1s } }",
        ["services.*.deploy.rollback_config"] = "deploy: { rollback_config: { parallelism: 1 } }",
        ["services.*.deploy.update_config"] = "deploy: { update_config: { parallelism: 1 } }",
        ["services.*.healthcheck.start_interval"] = "healthcheck: { test: 'true', start_interval: 1s, start_period: 9s }",
        ["services.*.healthcheck.start_interval: without a start_period it has no effect"] = "healthcheck: { test: 'true', start_interval: 1s }",
        ["services.*.mac_address"] = "mac_address: 02:42:ac:11:00:02\n    network_mode: none",
        ["services.*.models"] = "models: [m]",
        ["services.*.networks.*.gw_priority"] = "networks: { n: { gw_priority: 1 } }",
        ["services.*.networks.*.interface_name"] = "networks: { n: { interface_name: eth7 } }",
        ["services.*.networks.*.mac_address"] = "networks: { m: , n: { mac_address: '02:42:ac:11:00:02' } }",
        ["services.*.secrets[].gid"] = "secrets: [{ source: f, gid: '1' }]",
        ["services.*.secrets[].mode"] = "secrets: [{ source: f, mode: 0440 }]",
        ["services.*.secrets[].uid"] = "secrets: [{ source: f, uid: '1' }]",
        ["services.*.use_api_socket"] = "use_api_socket: true",
        ["services.*.volumes[].bind.recursive"] = "volumes: [{ type: bind, source: /tmp, target: /t, bind: { recursive: writable } }]",
        ["services.*.volumes[].type"] = "volumes: [{ type: image, source: b, target: /b }]",
        ["services.*.volumes[].type: only engines with Windows containers support it"] = "volumes: [{ type: npipe, source: /b, target: /b }]",
        ["services.*.volumes[].volume.subpath"] = "volumes: [{ type: volume, source: v, target: /b, volume: { subpath: c } }]",
        ["networks.*.enable_ipv4"] = "networks: [four]",
        ["secrets.*.driver"] = "secrets: [driven]",
        ["secrets.*.environment"] = "secrets: [s]\n    read_only: true",
        ["secrets.*.external"] = "secrets: [outside]",
        ["secrets.*.template_driver"] = "secrets: [template]",
        ["configs.*.content"] = "configs: [inline]\n    read_only: true",
        ["configs.*.environment"] = "configs: [variable]\n    read_only: true",
        ["configs.*.external"] = "configs: [outside]",
        ["configs.*.template_driver"] = "configs: [template]",
    };

    // Attributes with a warning at load, attributes that apply only if a service uses them, and one that a start never uses: it builds for its own platform.
    private static readonly string[] NotPlanned = ["version", "services.*.pull_refresh_after", "models", "services.*.build.platforms"];

    public static TheoryData<string, int> Limits
    {
        get
        {
            var limits = new TheoryData<string, int>();
            foreach (IGrouping<string, SupportRule> rules in SupportRules.All.Where(rule => !NotPlanned.Contains(rule.Path)).GroupBy(rule => rule.Path))
            {
                for (int index = 0; index < rules.Count(); index++)
                {
                    limits.Add(rules.Key, index);
                }
            }

            return limits;
        }
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public void Attributes_that_the_table_ignores_or_rejects_are_reported_with_its_text(string path, int index)
    {
        SupportRule rule = SupportRules.All.Where(known => known.Path == path).ElementAt(index);
        string key = index == 0 ? path : $"{path}: {rule.Limit.Words}";
        Assert.True(Samples.TryGetValue(key, out string? sample), $"Add a sample for '{key}'.");
        ComposeProject project = Projects.Load($$"""
            services:
              a:
                image: a
                {{sample}}
            networks: { m: , n: , four: { enable_ipv4: false } }
            volumes: { v: }
            secrets:
              f: { file: /etc/hostname }
              s: { environment: S }
              driven: { environment: S, driver: d }
              template: { file: /etc/hostname, template_driver: golang }
              outside: { external: true }
            configs:
              f: { file: /etc/hostname }
              inline: { content: x }
              variable: { environment: S }
              template: { file: /etc/hostname, template_driver: golang }
              outside: { external: true }
            models: { m: { model: ai/m } }
            """.Replace("    image: a\n    build", "    build", StringComparison.Ordinal), new Dictionary<string, string> { ["S"] = "x" });
        bool isNew = rule.Limit.Condition == LimitCondition.NoStartPeriod;

        StackPlan plan = StackPlanner.PlanStart(project, new SimulatedEngine().WithImage("a").State, new StartOptions { Build = true }, Engine(isNew ? 47 : 41));

        string[] told = [.. plan.Warnings.Select(warning => warning.Message), .. plan.Findings.Where(IsAboutSupport).Select(finding => finding.Message)];
        string message = Assert.Single(told);
        Assert.Contains(path.Split('.', '[', ']').Last(step => step.Length > 0), message, StringComparison.Ordinal);
        Assert.EndsWith($": {rule.Limit.Words}.", message, StringComparison.Ordinal);
        Assert.Equal(rule.Limit.IsError, plan.Warnings.Count == 0);
        Assert.All(plan.Findings.Where(IsAboutSupport), finding => Assert.True(finding.Line > 0));
        Assert.All(plan.Warnings, warning => Assert.True(warning.Origin!.IsInFile));
    }

    [Fact]
    public void Every_sample_belongs_to_a_line_of_the_table() =>
        Assert.Empty(Samples.Keys.Select(key => key.Split(": ")[0]).Except(SupportRules.All.Select(rule => rule.Path)));

    [Fact]
    public void A_recommendation_names_another_engine_only_if_one_supports_the_attribute()
    {
        Assert.All(SupportRules.All.Where(rule => rule.Limit.Since is not null), rule => Assert.StartsWith("use Docker ", rule.Alternative, StringComparison.Ordinal));
        Assert.All(SupportRules.All.Where(rule => rule.Path is "services.*.models"), rule => Assert.Empty(rule.Alternative));
    }

    // ./lab test --accept writes the document instead.
    [Fact]
    public void The_document_lists_what_an_engine_may_not_support()
    {
        string file = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "docs", "compose-support.md"));
        string document = File.ReadAllText(file).ReplaceLineEndings("\n");
        string part = Opening.ReplaceLineEndings("\n") + "\n" + string.Concat(SupportRules.All.Select(Row)) + Other;
        if (System.Environment.GetEnvironmentVariable("COMPOSELAB_ACCEPT") == "1")
        {
            document = document[..document.IndexOf(Heading, StringComparison.Ordinal)] + part;
            File.WriteAllText(file, document);
        }

        Assert.EndsWith(part, document, StringComparison.Ordinal);
    }

    private static string Other => """
        | `secrets`, `configs` from variables or inline content, with a tmpfs at their place | error | the tmpfs hides them |
        | `secrets`, `configs` from variables or inline content: `target`, `uid`, `gid`, `mode` | error | they must be a file's path and numbers |

        """.ReplaceLineEndings("\n");

    private static bool IsAboutSupport(PreflightFinding finding) => finding.Id is EngineErrorId.UnsupportedByEngine or EngineErrorId.UnsupportedAttribute;

    private static EngineInfo Engine(int minor) => new()
    {
        Version = "20.10",
        ApiVersion = new Version(1, minor),
        OperatingSystem = "linux",
        Architecture = "amd64",
        Endpoint = new EngineEndpoint(new Uri("tcp://engine.example.test:2376"), "remote"),
    };

    private static string Row(SupportRule rule)
    {
        string values = rule.Limit.Values.Count == 0 ? "" : ": " + string.Join(", ", rule.Limit.Values.Select(value => $"`{value}`"));
        return $"| `{rule.Path}`{values} | {(rule.Limit.IsError ? "error" : "warning")} | {rule.Limit.Words} |\n";
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
