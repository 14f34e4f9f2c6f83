using ComposeLab.Compose.Rules;

namespace ComposeLab.Compose.Tests.Rules.Cases;

internal static class SecretCases
{
    private const string Plain = "-- compose.yaml --\nservices:\n  a:\n    image: team/a:1\n-- .env --\nA=1\n";
    private const string File = "-- compose.yaml --\nservices:\n  a:\n    image: team/a:1\n    secrets: [key]\nsecrets:\n  key:\n    file: ./key.txt";

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        new("SecretWritten", "as a literal, in a URL, and as the default in use", """
            x-shared: &shared
              REDIS_PASSWORD: hunter2 # !
            services:
              one:
                image: team/a:1
                environment: *shared
              two:
                image: team/a:1
                environment: *shared
              map:
                image: team/a:1
                environment:
                  POSTGRES_PASSWORD: hunter2 # !
                  DATABASE_URL: postgres://app:hunter2@db/app # !
                  API_KEY: ${API_KEY:-hunter2} # !
                  OTHER_URL: postgres://${USER_NAME:-app}:hunter2@db/app # !
              list:
                image: team/a:1
                environment:
                  - MYSQL_ROOT_PASSWORD=hunter2 # !
            """),
        new("SecretWritten", "variables, files, flags, and names that only look secret", """
            -- compose.yaml --
            services:
              a:
                image: team/a:1
                environment:
                  POSTGRES_PASSWORD: ${DB_PASSWORD:?}
                  DB_URL: postgres://app:${DB_PASSWORD}@db/app
                  OTHER_TOKEN: ${DB_PASSWORD:-hunter2}
                  POSTGRES_PASSWORD_FILE: /run/secrets/pg
                  JWT_SECRET: /run/secrets/jwt
                  MYSQL_RANDOM_ROOT_PASSWORD: "yes"
                  TOKEN_EXPIRY: 3600
                  MONKEY: banana
                  KAFKA_KEYSTORE_CREDENTIALS: creds
                  MINIO_ACCESS_KEY: loki
                  SITE_URL: http://db:8080/path
                  EMPTY_PASSWORD: ""
              list:
                image: team/a:1
                environment:
                  - DB_PASSWORD
            -- .env --
            DB_PASSWORD=hunter2
            """),
        new("SecretInEnvironment", "a secret from a variable or an environment file", """
            -- compose.yaml --
            services:
              a:
                image: team/a:1
                env_file: a.env
                environment:
                  POSTGRES_PASSWORD: ${DB_PASSWORD:?} # !
            -- .env --
            DB_PASSWORD=hunter2
            -- a.env --
            API_TOKEN=hunter2 # !
            """) { Production = true },
        new("SecretInEnvironment", "a secret as a file", """
            -- compose.yaml --
            services:
              a:
                image: team/a:1
                environment:
                  POSTGRES_PASSWORD_FILE: /run/secrets/key
                  LOG_LEVEL: debug
                secrets: [key]
            secrets:
              key:
                file: ./key.txt
            """) { Production = true },
        new("SecretInEnvironment", "development", """
            services:
              a:
                image: team/a:1
                environment:
                  POSTGRES_PASSWORD: ${DB_PASSWORD:?}
            """) { Environment = new() { ["DB_PASSWORD"] = "hunter2" } },
        new("SecretInCommand", "an option with a password", """
            services:
              cache:
                image: redis:7
                command:
                  - redis-server
                  - --requirepass # !
                  - hunter2
              app:
                image: team/a:1
                command: app --db-password=hunter2 serve # !
            """),
        new("SecretInCommand", "options with a file or a variable of the container", """
            services:
              a:
                image: team/a:1
                command: app --password-file /run/secrets/a --token=$$TOKEN --secret /run/secrets/b --api-key --verbose
            """),
        new("SecretInBuildArgument", "a token as a build argument", """
            services:
              a:
                build:
                  context: .
                  args:
                    NPM_TOKEN: ${NPM_TOKEN} # !
            """) { Environment = new() { ["NPM_TOKEN"] = "hunter2" } },
        new("SecretInBuildArgument", "a build's secret and ordinary arguments", """
            services:
              a:
                build:
                  context: .
                  args:
                    VERSION: "1"
                    NPM_TOKEN:
                  secrets: [npm]
            secrets:
              npm:
                environment: NPM
            """),
        new("SecretUnset", "a password that is not set", """
            services:
              db:
                image: postgres:16
                environment:
                  POSTGRES_PASSWORD: ${DB_PASSWORD} # !
            """),
        new("SecretUnset", "a password that is set or allowed to be empty", """
            -- compose.yaml --
            services:
              db:
                image: postgres:16
                environment:
                  POSTGRES_PASSWORD: ${DB_PASSWORD}
                  SMTP_PASSWORD: ${SMTP_PASSWORD:-}
                  LEVEL: ${LEVEL}
            -- .env --
            DB_PASSWORD=hunter2
            """),
        new("SecretFileTracked", "the file of a secret in git", File + " # !\n") { Git = new() { ["key.txt"] = GitState.Tracked } },
        new("SecretFileTracked", "the file of a secret that git does not ignore", File + " # !\n") { Git = new() { ["key.txt"] = GitState.Untracked } },
        new("SecretFileTracked", "the file of a secret that git ignores", File) { Git = new() { ["key.txt"] = GitState.Ignored } },
        new("DatabaseWithoutPassword", "databases without a password", """
            services:
              pg:
                image: postgres:16
                environment:
                  POSTGRES_HOST_AUTH_METHOD: trust # !
              my:
                image: mysql:8
                environment:
                  - MYSQL_ALLOW_EMPTY_PASSWORD=yes # !
            """),
        new("DatabaseWithoutPassword", "databases with a password", """
            services:
              pg:
                image: postgres:16
                environment:
                  POSTGRES_HOST_AUTH_METHOD: scram-sha-256
                  MYSQL_ALLOW_EMPTY_PASSWORD: "no"
            """),
        new("EnvFileTracked", "a committed file", Plain.Replace("A=1", "A=1 # !", StringComparison.Ordinal)) { Git = new() { [".env"] = GitState.Tracked } },
        new("EnvFileTracked", "an ignored file", Plain) { Git = new() { [".env"] = GitState.Ignored } },
        new("EnvFileNotIgnored", "a file that git does not ignore", Plain.Replace("A=1", "A=1 # !", StringComparison.Ordinal)) { Git = new() { [".env"] = GitState.Untracked } },
        new("EnvFileNotIgnored", "no repository", Plain),
    ];
}
