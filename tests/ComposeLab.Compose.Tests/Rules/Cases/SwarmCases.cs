namespace ComposeLab.Compose.Tests.Rules.Cases;

internal static class SwarmCases
{
    private const string Project = """
        services:
          db: # UpdateConfigMissing # TaskHealthcheckMissing
            image: postgres:16.4 # ImageWithoutDigest
            volumes:
              - data:/var/lib/postgresql/data # VolumeMoves
              - /srv/conf:/conf
          web: # TaskHealthcheckMissing
            image: web:1 # ImageWithoutDigest
            ports:
              - "80:80" # PortOnAllNodes
            deploy: # UpdateConfigMissing # SingleReplica
              restart_policy: { condition: any }
          edge:
            image: edge:1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
            healthcheck: { test: "true" }
            volumes:
              - data:/data
            deploy:
              mode: global
              update_config: { order: stop-first }
          job:
            image: job@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
            deploy:
              mode: replicated-job
          off:
            image: off:1
            deploy:
              replicas: 0
        volumes:
          data: {}

        """;

    // The same services, with the settings that a compose user has.
    private const string ForCompose = """
        services:
          web:
            image: web:1
            ports: ["80:80"]
            volumes: ["data:/d"]
            deploy:
              replicas: 1
              restart_policy: { condition: any }
              resources: { limits: { memory: 64M } }
        volumes:
          data: {}

        """;

    private static readonly string[] Rules = ["VolumeMoves", "PortOnAllNodes", "UpdateConfigMissing", "SingleReplica", "TaskHealthcheckMissing", "ImageWithoutDigest"];

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        .. Rules.SelectMany(rule => new RuleCase[]
        {
            new(rule, "a project with settings of a swarm", Marked(rule, Project)),
            new(rule, "a project for one engine", ForCompose),
            new(rule, "a service for one engine with an overlay for a swarm", "-- compose.yaml --\n" + ForCompose.Replace("volumes: [\"data:/d\"]", "healthcheck: { test: \"true\" }\n    volumes: [\"data:/d\"]", StringComparison.Ordinal) + """
                -- compose.swarm.yaml --
                services:
                  web:
                    image: web:1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                    ports: !reset null
                    deploy:
                      replicas: 3
                      update_config: { order: start-first }
                      placement: { constraints: [node.labels.web == true] }

                """),
        }),
    ];

    private static string Marked(string rule, string text) => string.Join('\n', text.Split('\n').Select(line =>
    {
        string[] parts = line.Split(" # ");
        return parts[0] + (parts.Skip(1).Contains(rule) ? " # !" : "");
    }));
}
