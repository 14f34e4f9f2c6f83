using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Rules.Allowing;

/// <summary>The comments that allow findings, in all files with findings.</summary>
/// <param name="context">The project and the machine.</param>
internal sealed class AllowComments(RuleContext context)
{
    private readonly Dictionary<string, ILookup<int, AllowComment>> _files = new(StringComparer.Ordinal);

    /// <summary>Whether a comment allows a match: next to the value or one that it replaced, its attribute, or its service, in any file.</summary>
    /// <param name="rule">The rule's id.</param>
    /// <param name="match">The match of the rule.</param>
    /// <returns>True if it does.</returns>
    public bool Silence(string rule, RuleMatch match) => Places(match)
        .Where(place => place.IsInFile)
        .SelectMany(place => In(place.File)[place.Line])
        .Any(comment => comment.Rules.Contains(rule, StringComparer.OrdinalIgnoreCase));

    private IEnumerable<Origin> Places(RuleMatch match)
    {
        for (Origin? at = match.Origin; at is not null; at = at.Replaced)
        {
            yield return at;
        }

        if (match.Service is not { } name)
        {
            yield break;
        }

        if (context.Project.Services.TryGetValue(name, out ServiceDefinition? service) && match.Path.Length > $"services.{name}.".Length)
        {
            yield return context.AttributeOf(service, match.Path[$"services.{name}.".Length..].Split('.', '[')[0]);
        }

        foreach (MappingNode document in context.Project.Sources.SelectMany(source => source.Documents))
        {
            if (document["services"] is MappingNode services && services.TryGetEntry(name, out MappingEntry? entry))
            {
                yield return entry.KeyOrigin;
            }
        }
    }

    private ILookup<int, AllowComment> In(string file)
    {
        if (!_files.TryGetValue(file, out ILookup<int, AllowComment>? comments))
        {
            string? text = context.Project.Sources.FirstOrDefault(source => source.Display == file)?.Text
                ?? (Path.IsPathRooted(file) ? context.Environment.ReadText(file) : null);
            _files[file] = comments = AllowComment.Read(text ?? "").ToLookup(comment => comment.Covered);
        }

        return comments;
    }
}
