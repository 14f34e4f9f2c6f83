using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Secrets;

/// <summary>The file of this machine's values is not committed.</summary>
internal sealed class EnvFileTrackedRule() : ConfigRule(new RuleInfo(
    "EnvFileTracked",
    Error,
    Error,
    "a `.env` that git has committed: its secrets are in the history of every clone",
    "`git rm --cached .env`, ignore it, and change the secrets that were in it."))
{
    /// <inheritdoc/>
    public override IEnumerable<Spot> Find(RuleContext context) => EnvFiles.Of(context)
        .Where(file => context.World.GitStateOf(file) == GitState.Tracked)
        .Select(file => new Spot(
            Path.GetFileName(file),
            new Origin(file, 1, 1),
            $"{Path.GetFileName(file)} is tracked by git: what is secret in it is in every clone, for good.",
            $"git rm --cached {CommandWord.Quote(file)}; Add-Content .gitignore {CommandWord.Quote(Path.GetFileName(file))}, then change the secrets that were in it"));
}
