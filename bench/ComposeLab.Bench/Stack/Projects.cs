using System.Text;

namespace ComposeLab.Bench.Stack;

/// <summary>The projects that are started.</summary>
internal static class Projects
{
    private const string Body = """
            image: IMAGE
            entrypoint: ["sh", "-c", "trap 'exit 0' TERM INT; while :; do sleep 1 & wait $$!; done"]

        """;

    /// <summary>Two services, one of which waits for the other's health.</summary>
    public static string Pair { get; } = Services(1, 1);

    /// <summary>Thirty services: fifteen that know nothing of each other, fifteen each of which waits for the one before to be healthy.</summary>
    public static string Thirty { get; } = Services(15, 15);

    /// <summary>Services that know nothing of each other: single1, single2 and so on.</summary>
    /// <param name="count">How many.</param>
    public static string Alone(int count) => Services(count, 0);

    private static string Services(int independent, int chained)
    {
        var text = new StringBuilder("services:\n");
        for (int number = 1; number <= independent; number++)
        {
            text.Append("  single").Append(number).Append(":\n").Append(Body);
        }

        for (int number = 1; number <= chained; number++)
        {
            text.Append("  chain").Append(number).Append(":\n").Append(Body)
                .Append("    healthcheck: { test: [\"CMD\", \"true\"], interval: 1s, start_period: 5s }\n");
            if (number > 1)
            {
                text.Append("    depends_on: { chain").Append(number - 1).Append(": { condition: service_healthy } }\n");
            }
        }

        return text.ToString();
    }
}
