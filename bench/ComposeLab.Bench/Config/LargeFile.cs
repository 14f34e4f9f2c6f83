using System.Globalization;
using System.Text;

namespace ComposeLab.Bench.Config;

/// <summary>Makes compose files of any length that use most of what people write.</summary>
internal static class LargeFile
{
    private const int LinesOfAService = 25;

    /// <summary>A file of about so many lines.</summary>
    /// <param name="lines">How many.</param>
    public static string Of(int lines)
    {
        var text = new StringBuilder("services:\n");
        for (var index = 0; index * LinesOfAService < lines; index++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                  service-{{index}}:
                    image: registry.example/team/service-{{index}}:${TAG:-latest}
                    environment:
                      NAME: service-{{index}}
                      LEVEL: ${LEVEL:-info}
                      PRICE: "5$$"
                    labels:
                      - com.example.team=team-{{index % 7}}
                      - com.example.tier=backend
                    ports:
                      - "{{10_000 + (index % 50_000)}}:80"
                    volumes:
                      - data-{{index}}:/var/lib/data
                      - ./conf/{{index}}:/etc/app:ro
                    networks: [front, back]
                    depends_on:
                      service-{{Math.Max(0, index - 1)}}{{(index == 0 ? "-base" : "")}}:
                        condition: service_started
                    healthcheck:
                      test: curl --fail localhost
                      interval: 10s
                    deploy:
                      resources:
                        limits:
                          memory: 256m

                """);
        }

        text.Append("  service-0-base: {image: busybox}\nnetworks: {front: {}, back: {}}\nvolumes:\n");
        for (var index = 0; index * LinesOfAService < lines; index++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  data-{index}:\n");
        }

        return text.ToString();
    }
}
