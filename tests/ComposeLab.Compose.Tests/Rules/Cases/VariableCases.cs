namespace ComposeLab.Compose.Tests.Rules.Cases;

internal static class VariableCases
{
    private const string Compose = "-- compose.yaml --\nservices:\n  a:\n    image: team/a:${A:-1}\n-- .env --\n";

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        new("VariableUnset", "a variable that nobody set", """
            services:
              a:
                image: team/a:${TAG} # !
                command: ["run", "$MODE", "${TAG}"] # !
            """),
        new("VariableUnset", "variables that are set, have a default, may be empty or are asked for", """
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
        new("EnvValueMisread", "what looks like it is read", Compose + """
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
        new("VariableShadowed", "the environment wins over .env, a later line over an earlier one", """
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
        new("VariableShadowed", "the same value twice", Compose + "A=2\nA=2\n") { Environment = new() { ["A"] = "2" } },
    ];
}
