using System.Text.RegularExpressions;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Publishing;

/// <summary>Collects what could be published by mistake.</summary>
/// <param name="withEnvironment">Whether the variables of services are published on purpose.</param>
internal sealed partial class PublishRisks(bool withEnvironment)
{
    private const int ShortestContent = 3;

    private readonly List<PublishRisk> _all = [];

    /// <summary>The risks, in the order in which they were found; one for each place.</summary>
    public IReadOnlyList<PublishRisk> All => [.. _all.DistinctBy(risk => (risk.File, risk.Line, risk.File is null ? risk.Message : ""))];

    /// <summary>Adds the risks of a Compose document.</summary>
    /// <param name="document">The document, before variables are replaced.</param>
    public void AddDocument(MappingNode document)
    {
        foreach (MappingEntry service in (document["services"] as MappingNode)?.Entries ?? [])
        {
            if (service.Value is MappingNode attributes && !withEnvironment)
            {
                AddEnvironment(service.Key, attributes);
            }
        }

        foreach (MappingEntry config in (document["configs"] as MappingNode)?.Entries ?? [])
        {
            if ((config.Value as MappingNode)?["content"] is ScalarNode content && IsLiteral(content.Text))
            {
                Add(PublishRiskKind.ConfigContent, $"The content of the config '{config.Key}' is written into the file.", content.Origin);
            }
        }
    }

    /// <summary>Adds the mounts of the services of a project.</summary>
    /// <param name="project">The project.</param>
    public void AddMounts(ComposeProject project)
    {
        foreach (ServiceDefinition service in project.Services.Values.Concat(project.DisabledServices.Values))
        {
            foreach (MountDefinition mount in service.Volumes.Where(mount => mount.Type == MountType.Bind))
            {
                Add(PublishRiskKind.BindMount, $"Service '{service.Name}' mounts the path {mount.Source} of this machine at {mount.Target}; the path is published, its content is not.", mount.Origin);
            }
        }
    }

    /// <summary>Adds the lines of a file that look like secrets.</summary>
    /// <param name="file">The file's path.</param>
    /// <param name="text">Its text.</param>
    public void AddFile(string file, string text)
    {
        string[] lines = text.Split('\n');
        for (int at = 0; at < lines.Length; at++)
        {
            // The value of a variable is not in the file.
            string written = Expression().Replace(lines[at], "");
            if (SecretForms.Hide(written) != written || IsSecretAssignment(written))
            {
                _all.Add(new PublishRisk(PublishRiskKind.SensitiveData, "The line contains something that looks like a key, a token or a password.") { File = file, Line = at + 1, Column = 1 });
            }
        }
    }

    private static bool IsSecretAssignment(string line) => CloudKey().IsMatch(line) || Assignment().Match(line) is { Success: true } match
        && SecretMask.Standard.IsSecretName(match.Groups["name"].Value) && Rules.Secrets.SecretNames.IsValue(match.Groups["value"].Value);

    private void AddEnvironment(string service, MappingNode attributes)
    {
        if (attributes["env_file"] is { } envFile and not ScalarNode { IsNull: true })
        {
            Add(PublishRiskKind.EnvFile, $"Service '{service}' has an environment file.", envFile.Origin);
        }

        foreach ((string name, string value, Origin origin) in Variables(attributes["environment"]))
        {
            if (SecretMask.Standard.IsSecretName(name) && Rules.Secrets.SecretNames.IsValue(value) && IsLiteral(value))
            {
                Add(PublishRiskKind.SecretValue, $"The value of {name} of service '{service}' is written into the file.", origin);
            }
        }
    }

    private static IEnumerable<(string Name, string Value, Origin Origin)> Variables(Node? environment) => environment switch
    {
        MappingNode map => map.Entries.Where(entry => entry.Value is ScalarNode { IsNull: false }).Select(entry => (entry.Key, ((ScalarNode)entry.Value).Text, entry.Value.Origin)),
        SequenceNode list => list.Items.OfType<ScalarNode>().Select(item => (Pair: item.Text.Split('=', 2), item.Origin)).Where(item => item.Pair.Length == 2)
            .Select(item => (item.Pair[0], item.Pair[1], item.Origin)),
        _ => [],
    };

    // Like docker compose: a text that begins or ends with a variable is a template.
    private static bool IsLiteral(string text)
    {
        string written = text.Replace("$$", "", StringComparison.Ordinal).Trim();
        return written.Length >= ShortestContent
            && (!written.Contains('$', StringComparison.Ordinal) || (written[0] != '$' && written[^1] != '}'));
    }

    private void Add(PublishRiskKind kind, string message, Origin origin) => _all.Add(new PublishRisk(kind, message)
    {
        File = origin.IsInFile ? origin.File : null,
        Line = origin.Line,
        Column = origin.Column,
    });

    [GeneratedRegex(@"\$\{[^}]*\}?|\$\w+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Expression();

    // These are published by mistake more often than others, and have no form of their own.
    [GeneratedRegex(@"\bAWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)\s*[:=]\s*\S{8,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CloudKey();

    // A line of an environment file.
    [GeneratedRegex("""^\s*(?:export\s+)?(?<name>[A-Za-z_][A-Za-z0-9_.]*)=["']?(?<value>[^"'\s#]{3,})""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Assignment();
}
