namespace ComposeLab.Compose.Tests.Rules.Cases;

internal static class ProductionCases
{
    private const string Bare = """
        services:
          a: # !
            image: team/a:1
          once:
            image: team/migrate:1
          b:
            image: team/b:1
            restart: always
            mem_limit: 64m
            security_opt: ["no-new-privileges=true"]
            cap_drop: [all]
            read_only: true
            logging:
              options:
                max-size: 10m
            depends_on:
              once:
                condition: service_completed_successfully
        """;

    private const string Hardened = """
        services:
          a:
            image: team/a:1
            restart: "no"
            security_opt: [no-new-privileges]
            cap_drop: [ALL]
            read_only: true
            logging:
              driver: journald
            deploy:
              resources:
                limits:
                  memory: 64M
          none:
            image: team/a:1
            scale: 0
        """;

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        .. new[] { "RestartPolicyMissing", "MemoryLimitMissing", "LogUnlimited", "NoNewPrivilegesMissing", "CapabilitiesNotDropped", "RootFileSystemWritable" }
            .SelectMany(rule => new RuleCase[]
            {
                new(rule, "a bare service in production", Bare) { Production = true },
                new(rule, "a hardened service in production", Hardened) { Production = true },
                new(rule, "a bare service while developing", Bare.Replace(" # !", "", StringComparison.Ordinal)),
            }),
        new("LogUnlimited", "json-file, explicit or default, without a size", """
            services:
              a: # !
                image: team/a:1
                logging:
                  driver: json-file
                  options:
                    max-file: "3"
              b: # !
                image: team/b:1
                logging:
                  options:
                    labels: tier
              c:
                image: team/c:1
                logging:
                  driver: local
            """) { Production = true },
        new("CodeMounted", "source code mounted over the image", """
            -- compose.yaml --
            services:
              a:
                build: ./a
                volumes:
                  - ./a:/app # !
                  - ./lib:/lib # !
            -- lib/tool.py --
            -- a/Dockerfile --
            FROM alpine:3.20
            """) { Production = true },
        new("CodeMounted", "settings, data and setup scripts", """
            -- compose.yaml --
            services:
              a:
                image: team/a:1
                volumes:
                  - ./nginx.conf:/etc/nginx/nginx.conf:ro
                  - ./data:/data
                  - ./init:/docker-entrypoint-initdb.d:ro
            -- init/one.js --
            -- data/one.csv --
            """) { Production = true },
        new("BindMount", "a folder next to the Compose files", """
            services:
              a:
                image: team/a:1
                volumes:
                  - ./data:/data # !
            """) { Production = true },
        new("BindMount", "a folder next to the Compose files on Windows", """
            services:
              a:
                image: team/a:1
                volumes:
                  - ./data:/data # !
                  - c:\Shop\more:/more # !
                  - C:\shops:/shops
            """) { OnWindows = true, Production = true },
        new("BindMount", "settings, volumes and other folders", """
            services:
              a:
                image: team/a:1
                volumes:
                  - ./conf:/conf:ro
                  - /srv/data:/data
                  - cache:/cache
            volumes:
              cache:
            """) { Production = true },
        new("Reload", "commands for development", """
            services:
              a:
                image: team/a:1
                command: uvicorn main:app --host 0.0.0.0 --reload # !
              b:
                image: team/b:1
                command: ["npm", "run", "dev"] # !
              c:
                image: team/c:1
                entrypoint: dotnet watch run # !
              d:
                image: team/d:1
                command: python manage.py runserver 0.0.0.0:8000 # !
            """) { Production = true },
        new("Reload", "commands that start the program", """
            services:
              a:
                image: team/a:1
                command: uvicorn main:app --reload-dir-exclude x
              b:
                image: team/b:1
                command: npm run device-server
              c:
                image: team/c:1
                command: nginx -g "daemon off;"
            """) { Production = true },
        new("DevelopmentMode", "development settings", """
            services:
              a:
                build:
                  context: .
                  target: dev # !
                  args:
                    TARGET: dev # !
                environment:
                  NODE_ENV: development # !
                  DEBUG: "true" # !
            """) { Production = true },
        new("DevelopmentMode", "production settings", """
            services:
              a:
                build:
                  context: .
                  target: prod
                environment:
                  NODE_ENV: production
                  DEBUG: "false"
                  DEBUGGER: "1"
            """) { Production = true },
    ];
}
