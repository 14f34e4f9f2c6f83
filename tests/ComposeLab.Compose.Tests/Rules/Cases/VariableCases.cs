namespace ComposeLab.Compose.Tests.Rules.Cases;

internal static class VariableCases
{
    private const string Compose = "-- compose.yaml --\nservices:\n  a:\n    image: team/a:${A:-1}\n-- .env --\n";

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        new("VariableUnset", "a variable that is not set", """
            services:
              a:
                image: team/a:${TAG} # !
                command: ["run", "$MODE", "${TAG}"] # !
            """),
        new("VariableUnset", "variables that are set, have a default, are allowed to be empty or are only checked", """
            services:
              a:
                image: team/a:${TAG}
                environment:
                  A: ${A:-}
                  B: ${B-x}
                  C: ${C:+set}
                  D: $$D
                  E:
              off:
                image: team/a:${NEVER}
                profiles: [never]
            """) { Environment = new() { ["TAG"] = "1" } },
        new("EnvValueMisread", "dollar signs, comments, escapes, quotes", Compose + """
            DB_PASSWORD=hunter2$abc # !
            OTHER="x${nope}" # !
            COLOUR=green #ff0000 # !
            API_TOKEN="a\nb" # !
            FOLDER="C:\new" # !
            NAME="one" two # !
            CURLY=“one” # !
            """),
        new("EnvValueMisread", "values that are read as they look", Compose + """
            # a comment with $dollar
            DB_PASSWORD='hunter2$abc #1'
            HASH=$$2y$$10$$abc
            PORT=8080 # the port
            URL=http://${HOST}:$PORT/#top
            HOST=localhost
            TEXT="line\nline"
            export QUOTED="one" # words
            DEFAULT=${NOPE:-x}
            """),
        new("VariableShadowed", "the environment overrides .env, a later line overrides an earlier one", """
            -- compose.yaml --
            services:
              a:
                image: team/a:${TAG}-${KIND}
            -- .env --
            TAG=1 # !
            KIND=a # !
            KIND=b
            UNUSED=1
            """) { Environment = new() { ["TAG"] = "2", ["UNUSED"] = "2" } },
        new("VariableUnused", "outdated, and misspelled", """
            -- compose.yaml --
            services:
              a:
                image: team/a:${TAG:-1}
                environment: [LEVEL]
            -- .env --
            TAGG=2 # !
            LEVEL=debug
            export OLD=1 # !
            # OLDER=1
            -- .env.example --
            OLD=
            -- README.md --
            OLD was used once.
            """),
        new("VariableUnused", "variables that other overlays, scripts, tools and lines use", """
            -- compose.yaml --
            services:
              a:
                image: team/a:1
            -- ports.dev.yaml --
            services:
              a:
                ports: ["${PORT}:80"]
            -- deploy.sh --
            ssh "$TARGET" true
            -- .env --
            PORT=8080
            TARGET=here
            URL=http://$HOST
            COMPOSE_PROJECT_NAME=shop
            HOST=here
            # composelab: allow VariableUnused the next release needs it
            NEXT=1
            -- Makefile --
            all: ; curl $(URL)
            """),
        new("VariableUnused", "many in one file are one finding", Compose + """
            A=1
            B=1 # !
            C=1
            D=1
            E=1
            F=1
            G=1
            """),
        new("VariableUnused", "a service that uses the whole file", """
            -- compose.yaml --
            services:
              a:
                image: team/a:1
                env_file:
                  - path: ./.env
            -- .env --
            ANYTHING=1
            """),
        new("VariableShadowed", "the same value twice", Compose + "A=2\nA=2\n") { Environment = new() { ["A"] = "2" } },
    ];
}
