using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Secrets;

/// <summary>The file with the values of this machine must not be committed.</summary>
internal sealed class EnvFileTrackedRule() : ConfigRule(new RuleInfo(
    "EnvFileTracked",
    Error,
    Error,
    "a `.env` that is committed to git: its secrets are in the history of every clone",
    "`git rm --cached .env`, ignore it, and change the secrets that were in it."))
{
    /// <inheritdoc/>
    public override IEnumerable<RuleMatch> Find(RuleContext context) => EnvFiles.Of(context)
        .Where(file => context.Environment.GitStateOf(file) == GitState.Tracked)
        .Select(file => new RuleMatch(
            Path.GetFileName(file),
            new Origin(file, 1, 1),
            $"{Path.GetFileName(file)} is tracked by git: its secrets are permanently in every clone.",
            $"git rm --cached {CommandWord.Quote(file)}; Add-Content .gitignore {CommandWord.Quote(Path.GetFileName(file))}, then change the secrets that were in it"));
}

/// <summary>The file with the values of this machine must not be committed by mistake.</summary>
internal sealed class EnvFileNotIgnoredRule() : ConfigRule(new RuleInfo(
    "EnvFileNotIgnored",
    Warning,
    Warning,
    "a `.env` in a repository that does not ignore it: the next `git add .` adds it",
    "Add `.env` to `.gitignore`; commit a `.env.example` instead."))
{
    /// <inheritdoc/>
    public override IEnumerable<RuleMatch> Find(RuleContext context) => EnvFiles.Of(context)
        .Where(file => context.Environment.GitStateOf(file) == GitState.Untracked)
        .Select(file => new RuleMatch(
            Path.GetFileName(file),
            new Origin(file, 1, 1),
            $"{Path.GetFileName(file)} is not ignored by git: the next 'git add .' adds it.",
            $"Add-Content -LiteralPath {CommandWord.Quote(Path.Combine(Path.GetDirectoryName(file)!, ".gitignore"))} -Value {CommandWord.Quote(Path.GetFileName(file))}"));
}

/// <summary>The files with the values of this machine: the project's <c>.env</c>, or the files that replace it.</summary>
internal static class EnvFiles
{
    /// <summary>Lists those that exist.</summary>
    /// <param name="context">The project.</param>
    /// <returns>Absolute paths.</returns>
    public static IEnumerable<string> Of(RuleContext context)
    {
        string directory = context.Project.WorkingDirectory;
        IEnumerable<string> named = context.Project.EnvFiles.Count > 0 ? context.Project.EnvFiles : [".env"];
        return named.Select(file => context.Paths.Clean(context.Paths.Full(directory, file))).Distinct(StringComparer.Ordinal).Where(file => context.Environment.ReadText(file) is not null);
    }
}

/// <summary>The file of a secret must not be committed.</summary>
internal sealed class SecretFileTrackedRule() : ConfigRule(new RuleInfo(
    "SecretFileTracked",
    Error,
    Error,
    "the file of a secret (`secrets: file:`) that is committed to git, or that git does not ignore",
    "`git rm --cached` it, ignore its folder, and change the secret."))
{
    /// <inheritdoc/>
    public override IEnumerable<RuleMatch> Find(RuleContext context)
    {
        foreach (SecretDefinition secret in context.Project.Secrets.Values.Where(secret => secret.File is not null))
        {
            GitState state = context.Environment.GitStateOf(secret.File!);
            if (state is GitState.Tracked or GitState.Untracked)
            {
                Origin origin = secret.Node["file"]!.Origin;
                string name = Path.GetFileName(secret.File!);
                yield return state == GitState.Tracked
                    ? new RuleMatch(
                        $"secrets.{secret.Key}.file", origin, $"{name}, the content of the secret {secret.Key}, is tracked by git: it is permanently in every clone.",
                        $"git rm --cached {CommandWord.Quote(secret.File!)}, ignore it, and change the secret")
                    : new RuleMatch(
                        $"secrets.{secret.Key}.file", origin, $"{name}, the content of the secret {secret.Key}, is not ignored by git: the next 'git add .' adds it.",
                        $"Add-Content -LiteralPath {CommandWord.Quote(Path.Combine(Path.GetDirectoryName(secret.File!)!, ".gitignore"))} -Value {CommandWord.Quote(name)}");
            }
        }
    }
}
