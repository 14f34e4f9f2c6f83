using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Secrets;

/// <summary>The file of this machine's values cannot be committed by mistake.</summary>
internal sealed class EnvFileNotIgnoredRule() : ConfigRule(new RuleInfo(
    "EnvFileNotIgnored",
    Warning,
    Warning,
    "a `.env` in a repository that does not ignore it: the next `git add .` commits it",
    "Add `.env` to `.gitignore`; commit a `.env.example` instead."))
{
    /// <inheritdoc/>
    public override IEnumerable<Spot> Find(RuleContext context) => EnvFiles.Of(context)
        .Where(file => context.World.GitStateOf(file) == GitState.Untracked)
        .Select(file => new Spot(
            Path.GetFileName(file),
            new Origin(file, 1, 1),
            $"{Path.GetFileName(file)} is not ignored by git: the next 'git add .' commits it.",
            $"Add-Content -LiteralPath {CommandWord.Quote(Path.Combine(Path.GetDirectoryName(file)!, ".gitignore"))} -Value {CommandWord.Quote(Path.GetFileName(file))}"));
}
