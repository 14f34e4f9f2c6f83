using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Production;

/// <summary>Production is told that it is production.</summary>
internal sealed class DevelopmentModeRule() : ServiceRule(new RuleInfo(
    "DevelopmentMode",
    null,
    Warning,
    "in production, a switch that means development: `NODE_ENV=development`, `FLASK_DEBUG=1`, `DEBUG=true`, a build for the target `dev`",
    "Set the switch for production in the overlay."))
{
    private static readonly string[] Modes =
        ["NODE_ENV", "RAILS_ENV", "RACK_ENV", "APP_ENV", "FLASK_ENV", "MIX_ENV", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "GO_ENV", "ENVIRONMENT", "SYMFONY_ENV"];

    private static readonly string[] Switches = ["DEBUG", "FLASK_DEBUG", "APP_DEBUG", "DJANGO_DEBUG", "WP_DEBUG", "WORDPRESS_DEBUG"];
    private static readonly string[] Words = ["dev", "development", "local", "debug"];

    /// <inheritdoc/>
    protected override IEnumerable<Spot> Find(RuleContext context, ServiceDefinition service)
    {
        foreach (MappingEntry entry in (service.Node["environment"] as MappingNode)?.Entries ?? [])
        {
            string value = entry.Value is ScalarNode scalar ? scalar.Text : "";
            if ((Modes.Contains(entry.Key, StringComparer.Ordinal) && IsDevelopment(value))
                || (Switches.Contains(entry.Key, StringComparer.Ordinal) && value.ToLowerInvariant() is "1" or "true" or "yes" or "on"))
            {
                yield return Spot(context, service, $"environment.{entry.Key}", entry.Value, $"{entry.Key}={value}");
            }
        }

        foreach (MappingEntry entry in (service.Build?.Node["args"] as MappingNode)?.Entries ?? [])
        {
            if (entry.Value is ScalarNode scalar && (entry.Key is "TARGET" or "STAGE" || Modes.Contains(entry.Key, StringComparer.Ordinal)) && IsDevelopment(scalar.Text))
            {
                yield return Spot(context, service, $"build.args.{entry.Key}", entry.Value, $"build.args.{entry.Key}={scalar.Text}");
            }
        }

        if (service.Build?.Target is { } target && IsDevelopment(target))
        {
            yield return Spot(context, service, "build.target", service.Build.Node["target"]!, $"build.target={target}");
        }
    }

    private static bool IsDevelopment(string value) => Words.Contains(value, StringComparer.OrdinalIgnoreCase);

    private static Spot Spot(RuleContext context, ServiceDefinition service, string path, Node value, string what) => context.At(
        service, path, value, $"{what} makes {service.Name} a development build: debugging aids are on, optimisation is off.", "Set it for production in the overlay.");
}
