using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Secrets;

/// <summary>A secret must not be in a committed file.</summary>
internal sealed class SecretWrittenRule() : ServiceRule(new RuleInfo(
    "SecretWritten",
    Warning,
    Error,
    "a password, key or token written into a Compose file, or the default of a variable that is in use",
    "Use a variable, `${DB_PASSWORD:?}`, and set it in `.env`, which git ignores."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        foreach (ServiceSecret secret in ServiceSecret.Of(context, service).Where(secret => secret.Value.IsWritten))
        {
            string what = secret.Value.IsInUrl ? $"The password in {secret.Name}" : $"The value of {secret.Name}";
            yield return context.At(
                service,
                secret.Path,
                secret.Node,
                secret.Value.IsDefault
                    ? $"{what} is the default in the file: everyone who reads the file knows it."
                    : $"{what} is written into the file: everyone who reads the file knows it.",
                secret.Value.IsInUrl
                    ? "Use a variable instead: ${DB_PASSWORD:?set it in .env}"
                    : $"{secret.Name}: ${{{Variable(secret.Name)}:?set it in .env}}");
        }
    }

    private static string Variable(string name) => string.Concat(name.ToUpperInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
}

/// <summary>In production a secret must be a file: the environment is shown by docker inspect, inherited by child processes and printed in crash reports.</summary>
internal sealed class SecretInEnvironmentRule() : ServiceRule(new RuleInfo(
    "SecretInEnvironment",
    null,
    Warning,
    "in production, a password, key or token in the environment of a service",
    "Mount it as a secret and pass its path to the service (`POSTGRES_PASSWORD_FILE: /run/secrets/...`)."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        foreach (ServiceSecret secret in ServiceSecret.Of(context, service).Where(secret => !secret.Value.IsWritten))
        {
            string key = secret.Name.ToLowerInvariant();
            yield return context.At(
                service,
                secret.Path,
                secret.Node,
                $"{secret.Name} contains a secret as plain text in the environment: docker inspect shows it, and every child process inherits it.",
                secret.Value.IsInUrl
                    ? "Remove the password from the URL and pass it as a secret file, if the service supports it."
                    : $"secrets: [{key}] and {secret.Name}_FILE: /run/secrets/{key}, if the image supports it.");
        }
    }
}

/// <summary>The history of an image contains its build arguments.</summary>
internal sealed class SecretInBuildArgumentRule() : ServiceRule(new RuleInfo(
    "SecretInBuildArgument",
    Warning,
    Warning,
    "a password, key or token as an argument of a build",
    "Use `build.secrets` and `RUN --mount=type=secret`, which leave nothing in the image."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        foreach (MappingEntry entry in (service.Build?.Node["args"] as MappingNode)?.Entries ?? [])
        {
            if (entry.Value is ScalarNode { IsNull: false } value && SecretValue.In(entry.Key, value, context.Raw) is not null)
            {
                yield return context.At(
                    service,
                    $"build.args.{entry.Key}",
                    value,
                    $"The build argument {entry.Key} contains a secret: docker history shows it to everyone who has the image.",
                    $"build: {{ secrets: [{entry.Key.ToLowerInvariant()}] }} and in the Dockerfile RUN --mount=type=secret,id={entry.Key.ToLowerInvariant()} ...");
            }
        }
    }
}

/// <summary>The values as written, by their place.</summary>
/// <param name="sources">The files.</param>
internal sealed class RawValues(IReadOnlyList<SourceFile> sources)
{
    private readonly Dictionary<(string File, int Line, int Column), string> _texts = Index(sources);

    /// <summary>The text at a place.</summary>
    /// <param name="origin">The place.</param>
    /// <returns>The text with its expressions; null if the place is in no Compose file.</returns>
    public string? At(Origin origin) => _texts.GetValueOrDefault((origin.File, origin.Line, origin.Column));

    private static Dictionary<(string, int, int), string> Index(IReadOnlyList<SourceFile> sources)
    {
        var texts = new Dictionary<(string, int, int), string>();
        foreach (MappingNode document in sources.SelectMany(source => source.Documents))
        {
            Add(document, texts);
        }

        return texts;
    }

    private static void Add(Node node, Dictionary<(string, int, int), string> texts)
    {
        switch (node)
        {
            case MappingNode mapping:
                foreach (MappingEntry entry in mapping.Entries)
                {
                    Add(entry.Value, texts);
                }

                break;
            case SequenceNode list:
                foreach (Node item in list.Items)
                {
                    Add(item, texts);
                }

                break;
            case ScalarNode scalar:
                texts[(scalar.Origin.File, scalar.Origin.Line, scalar.Origin.Column)] = scalar.Text;
                break;
        }
    }
}
