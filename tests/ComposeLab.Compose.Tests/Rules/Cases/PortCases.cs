namespace ComposeLab.Compose.Tests.Rules.Cases;

internal static class PortCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        new("DatabasePortPublished", "a database on all interfaces", """
            services:
              db:
                image: postgres:16
                ports:
                  - "5432:5432" # !
              cache:
                image: registry.local:5000/team/redis:7
                ports:
                  - target: 6379 # !
                    published: 16379
              own:
                image: team/warehouse:1
                ports:
                  - "0.0.0.0:15432:5432" # !
            """),
        new("DatabasePortPublished", "a database on loopback while developing", """
            services:
              db:
                image: postgres:16
                ports:
                  - "127.0.0.1:5432:5432"
                  - "[::1]:5432:5432"
              web:
                image: nginx:1.27
                ports: ["80:80"]
              api:
                image: team/api:1
                ports: ["9000:9000"]
            """),
        new("DatabasePortPublished", "a database on loopback in production", """
            services:
              db:
                image: postgres:16
                ports:
                  - "127.0.0.1:5432:5432" # !
            """) { Production = true },
        new("DatabasePortPublished", "a production overlay that removes the port", """
            -- compose.yaml --
            services:
              db:
                image: postgres:16
                ports: ["5432:5432"]
            -- compose.prod.yaml --
            services:
              db:
                ports: !reset []
            """) { Production = true },
        new("AdminPortPublished", "an administration page on all interfaces", """
            services:
              adminer:
                image: adminer:4
                ports: ["8080:8080"] # !
              proxy:
                image: traefik:v3
                ports:
                  - "80:80"
                  - "8080:8080" # !
            """),
        new("AdminPortPublished", "an administration page on loopback", """
            services:
              adminer:
                image: adminer:4
                ports: ["127.0.0.1:8080:8080"]
              web:
                image: team/web:1
                ports: ["8080:8080"]
            """),
        new("PortPublishedTwice", "an overlay that adds instead of replacing", """
            -- compose.yaml --
            services:
              api:
                image: team/api:1
                ports:
                  - "8080:8000"
            -- compose.dev.yaml --
            services:
              api:
                ports:
                  - "9090:8000" # !
            """),
        new("PortPublishedTwice", "an overlay that replaces, and two ports of one file", """
            -- compose.yaml --
            services:
              api:
                image: team/api:1
                ports: ["8080:8000"]
              web:
                image: nginx:1.27
                ports: ["80:80", "8081:80"]
            -- compose.dev.yaml --
            services:
              api:
                ports: !override
                  - "9090:8000"
                  - "53:53/udp"
              web:
                ports: ["443:443"]
            """),
        new("PortTakenTwice", "two services with the same port", """
            services:
              a:
                image: team/a:1
                ports: ["8000-8010:8000-8010"]
              b:
                image: team/b:1
                ports:
                  - "127.0.0.1:8005:80" # !
              c:
                image: team/c:1
                scale: 2
                ports:
                  - "9000:80" # !
            """),
        new("PortTakenTwice", "ports that differ in number, protocol or address", """
            services:
              a:
                image: team/a:1
                ports: ["127.0.0.1:53:53", "53:53/udp", "80"]
              b:
                image: team/b:1
                ports: ["127.0.0.2:53:53", "80", "54:53/udp"]
              c:
                image: team/c:1
                scale: 2
                ports: ["9000-9001:80"]
              idle:
                image: team/a:1
                scale: 0
                ports: ["54:53/udp"]
            """),
    ];
}
