namespace ComposeLab.Compose.Tests.Rules.Cases;

internal static class HealthCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        new("HealthcheckMissing", "services that others wait for", """
            services:
              api:
                image: team/api:1
                depends_on: [db, cache]
              worker:
                image: team/api:1
                depends_on:
                  queue:
                    condition: service_healthy
              db: # !
                image: postgres:16
              cache:
                image: redis:7
                healthcheck: # !
                  disable: true
              queue: # !
                image: team/queue:1
            """),
        new("HealthcheckMissing", "health checks here, in the Dockerfile, or not needed", """
            -- compose.yaml --
            services:
              api:
                build: ./api
                depends_on:
                  db:
                    condition: service_healthy
                  migrate:
                    condition: service_completed_successfully
                links: [mail]
              web:
                image: nginx:1.27
                depends_on: [api]
              db:
                image: postgres:16
                healthcheck:
                  test: [CMD, pg_isready]
              migrate:
                image: team/migrate:1
              mail:
                image: team/mail:1
            -- api/Dockerfile --
            FROM alpine:3.20
            HEALTHCHECK CMD ["true"]
            """),
        new("HealthConditionMissing", "a service that only waits for the start", """
            services:
              api:
                image: team/api:1
                depends_on:
                  - db # !
              web:
                image: team/web:1
                depends_on:
                  db: # !
                    condition: service_started
              db:
                image: postgres:16
                healthcheck:
                  test: [CMD, pg_isready]
            """),
        new("HealthConditionMissing", "a service that waits for health, or cannot", """
            services:
              api:
                image: team/api:1
                depends_on:
                  db:
                    condition: service_healthy
                  cache:
                    condition: service_started
              db:
                image: postgres:16
                healthcheck:
                  test: [CMD, pg_isready]
              cache:
                image: redis:7
            """),
    ];
}
