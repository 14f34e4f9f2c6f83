namespace ComposeLab.Compose.Tests.Rules.Cases;

internal static class DatabaseCases
{
    private const string Good = """
            services:
              db:
                image: postgres:16
                environment:
                  POSTGRES_USER: shop
                  POSTGRES_PASSWORD: hunter2
                volumes: ["data:/var/lib/postgresql/data"]
                stop_grace_period: 30s
                healthcheck:
                  test: [CMD-SHELL, "pg_isready -h 127.0.0.1 -U shop"]
              api:
                image: team/api:1
                environment:
                  DATABASE_URL: postgresql://shop:hunter2@db:5432/shop
                  DB_POOL_SIZE: "10"
              tool:
                image: team/tool:1
                network_mode: host
                environment:
                  DATABASE_URL: postgresql://shop:hunter2@localhost:5432/shop
              far:
                image: team/far:1
                environment:
                  DATABASE_URL: postgresql://shop:hunter2@db.example.com:5432/other?sslmode=require
            volumes: { data: {} }
            """;

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        new("DatabaseHostUnreachable", "localhost, an unknown name, the published port, another network", """
            services:
              db:
                image: postgres:16
                ports: ["127.0.0.1:15432:5432"]
                networks: [back]
              one:
                image: team/api:1
                networks: [back]
                environment:
                  DATABASE_URL: postgresql://shop@localhost/shop # !
              two:
                image: team/api:1
                networks: [back]
                environment:
                  DB_HOST: postgres # !
                  DB_USER: shop
              three:
                image: team/api:1
                networks: [back]
                environment:
                  DATABASE_URL: postgresql://shop@db:15432/shop # !
              four:
                image: team/api:1
                networks: [front]
                environment:
                  PGHOST: db # !
                  PGUSER: shop
              five:
                image: team/api:1
                network_mode: host
                environment:
                  DATABASE_URL: postgresql://shop@db:5432/shop # !
            networks: { front: {}, back: {} }
            """),
        new("DatabaseHostUnreachable", "the service's name, the host's network, another server", Good),
        new("DatabaseLoginDiffers", "a different user, database or password", """
            services:
              db:
                image: postgres:16
                environment:
                  POSTGRES_USER: shop
                  POSTGRES_PASSWORD: hunter2
                  POSTGRES_DB: goods
              one:
                image: team/api:1
                environment:
                  DATABASE_URL: postgresql://shopp:hunter2@db/goods # !
              two:
                image: team/api:1
                environment:
                  DATABASE_URL: postgresql://shop:hunter2@db/good # !
              three:
                image: team/api:1
                environment:
                  DB_HOST: db
                  DB_USER: shop
                  DB_PASSWORD: hunter3 # !
                  DB_NAME: goods
            """),
        new("DatabaseLoginDiffers", "the same login, or an init script that can create another one", """
            services:
              db:
                image: postgres:16
                environment: { POSTGRES_PASSWORD: hunter2 }
                volumes: ["./init:/docker-entrypoint-initdb.d"]
              api:
                image: team/api:1
                environment: { DATABASE_URL: "postgresql://shop:other@db/shop" }
            """),
        new("DatabaseTlsNotOffered", "TLS required for a server without TLS", """
            services:
              db:
                image: postgres:16
                environment: { POSTGRES_PASSWORD: hunter2 }
              api:
                image: team/api:1
                environment:
                  DATABASE_URL: postgresql://postgres:hunter2@db/postgres?sslmode=require # !
            """),
        new("DatabaseTlsNotOffered", "a server with ssl, and a server elsewhere", """
            services:
              db:
                image: postgres:16
                command: ["-c", "ssl=on"]
                environment: { POSTGRES_PASSWORD: hunter2 }
              api:
                image: team/api:1
                environment: { DATABASE_URL: "postgresql://postgres:hunter2@db/postgres?sslmode=require" }
            """),
        new("DatabaseUrlNotEncoded", "passwords with special URL characters", """
            services:
              db:
                image: postgres:16
                environment: { POSTGRES_PASSWORD: "hunter2/x" }
              one:
                image: team/api:1
                environment:
                  DATABASE_URL: postgresql://postgres:hunter2/x@db/postgres # !
              two:
                image: team/api:1
                environment:
                  DATABASE_URL: "postgresql://postgres:hunter2#x@db/postgres" # !
            """),
        new("DatabaseUrlNotEncoded", "an encoded password", """
            services:
              db:
                image: postgres:16
                environment: { POSTGRES_PASSWORD: "hunter2/x" }
              api:
                image: team/api:1
                environment: { DATABASE_URL: "postgresql://postgres:hunter2%2Fx@db/postgres" }
            """),
        new("DatabasePoolTooLarge", "replicas times pools", """
            services:
              db:
                image: postgres:16
                command: ["-c", "max_connections=50"]
                environment: { POSTGRES_PASSWORD: hunter2 }
              api:
                image: team/api:1
                deploy: { replicas: 4 }
                environment:
                  DATABASE_URL: postgresql://postgres:hunter2@db/postgres
                  DB_POOL_SIZE: "20" # !
            """),
        new("DatabasePoolTooLarge", "pools that fit", Good),
        new("DatabasePasswordMissing", "no password, and two", """
            services:
              db: # !
                image: postgres:16
              other:
                image: postgres:16
                environment:
                  POSTGRES_PASSWORD: hunter2
                  POSTGRES_PASSWORD_FILE: /run/secrets/pw # !
            """),
        new("DatabasePasswordMissing", "a password, or trust", """
            services:
              db:
                image: postgres:16
                environment: { POSTGRES_PASSWORD_FILE: /run/secrets/pw }
              open:
                image: postgres:16
                environment: { POSTGRES_HOST_AUTH_METHOD: trust }
            """),
        new("DatabasePasswordNumber", "a password that YAML reads as another number", """
            services:
              db:
                image: postgres:16
                environment:
                  POSTGRES_PASSWORD: 0123 # !
            """),
        new("DatabasePasswordNumber", "a password in quotes", """
            services:
              db:
                image: postgres:16
                environment:
                  POSTGRES_PASSWORD: "0123"
            """),
        new("DatabaseDataReadOnly", "read-only data", """
            services:
              db:
                image: postgres:16
                environment: { POSTGRES_PASSWORD: hunter2 }
                volumes:
                  - data:/var/lib/postgresql/data:ro # !
                  - ./init:/docker-entrypoint-initdb.d:ro
            volumes: { data: {} }
            """),
        new("DatabaseDataReadOnly", "writable data", Good),
        new("DatabaseStopTooShort", "a second to stop", """
            services:
              db:
                image: postgres:16
                environment: { POSTGRES_PASSWORD: hunter2 }
                stop_grace_period: 1s # !
            """),
        new("DatabaseStopTooShort", "time to shut down", Good),
        new("DatabaseProbeIncomplete", "probes of the socket and of one word", """
            services:
              db:
                image: postgres:16
                environment: { POSTGRES_PASSWORD: hunter2 }
                healthcheck:
                  test: [CMD, "pg_isready -h 127.0.0.1 -U postgres"] # !
              other:
                image: postgres:16
                environment: { POSTGRES_PASSWORD: hunter2 }
                healthcheck:
                  test: [CMD-SHELL, "pg_isready -U postgres"] # !
            """),
        new("DatabaseProbeIncomplete", "a probe of the network", Good),
        new("DatabaseVolumeShared", "two servers on one volume", """
            services:
              db:
                image: postgres:16
                environment: { POSTGRES_PASSWORD: hunter2 }
                volumes:
                  - data:/var/lib/postgresql/data
              other:
                image: postgres:16-alpine
                environment: { POSTGRES_PASSWORD: hunter2 }
                volumes:
                  - data:/var/lib/postgresql/data # !
            volumes: { data: {} }
            """),
        new("DatabaseVolumeShared", "separate volumes", Good),
    ];
}
