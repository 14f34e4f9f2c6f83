namespace ComposeLab.Compose.Tests.Rules.Cases;

internal static class ResourceCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        new("DatabaseVolumeMissing", "no volume, an anonymous one, and one in the wrong place", """
            services:
              none: # !
                image: postgres:16
              anonymous: # !
                image: mysql:8
                volumes: [/var/lib/mysql]
              above:
                image: postgres:16
                volumes:
                  - data:/var/lib/postgresql # !
              below:
                image: postgres:18
                volumes:
                  - data:/var/lib/postgresql/data # !
            volumes:
              data:
            """),
        new("DatabaseVolumeMissing", "named volumes in the correct place, and databases without data", """
            services:
              pg:
                image: postgres:16
                volumes: [data:/var/lib/postgresql/data]
              new:
                image: postgres:18
                volumes: [data:/var/lib/postgresql]
              moved:
                image: postgres:16
                environment:
                  PGDATA: /data/pg
                volumes: [data:/data]
              test:
                image: postgres:16
                tmpfs: /var/lib/postgresql/data
              bind:
                image: mariadb:11
                volumes: [./data:/var/lib/mysql]
              cache:
                image: redis:7
              latest:
                image: postgres:alpine
                volumes: [data:/var/lib/postgresql]
              other:
                image: team/postgres:1
                volumes: [data:/var/lib/postgresql/18/data]
              exporter:
                image: prometheuscommunity/postgres-exporter:v0.15.0
            volumes:
              data:
            """),
        new("ContainerNameScaled", "a name for several containers", """
            services:
              a:
                image: team/a:1
                container_name: one # !
                deploy:
                  replicas: 1
            """),
        new("ContainerNameScaled", "a name for one container", "services:\n  a:\n    image: team/a:1\n    container_name: one\n  b:\n    image: team/b:1\n    scale: 2\n"),
        new("UnusedResource", "resources that no service uses", """
            services:
              a:
                image: team/a:1
            volumes:
              data: # !
            networks:
              back: # !
            secrets:
              key: # !
                file: ./key
            """),
        new("UnusedResource", "resources that a service uses, active or not", """
            services:
              a:
                image: team/a:1
                volumes: [data:/data]
                networks: [back]
              b:
                image: team/b:1
                profiles: [extra]
                networks: [front]
                build:
                  context: .
                  secrets: [key]
            volumes:
              data:
            networks:
              back:
              front:
            secrets:
              key:
                file: ./key
            """),
    ];
}
