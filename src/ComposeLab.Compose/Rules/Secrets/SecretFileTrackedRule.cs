using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Secrets;

/// <summary>A secret that comes as a file is no secret when the file is committed.</summary>
internal sealed class SecretFileTrackedRule() : ConfigRule(new RuleInfo(
    "SecretFileTracked",
    Error,
    Error,
    "the file of a secret (`secrets: file:`) that git has committed, or does not ignore",
    "`git rm --cached` it, ignore its folder, and change the secret."))
{
    /// <inheritdoc/>
    public override IEnumerable<Spot> Find(RuleContext context)
    {
        foreach (SecretDefinition secret in context.Project.Secrets.Values.Where(secret => secret.File is not null))
        {
            GitState state = context.World.GitStateOf(secret.File!);
            if (state is GitState.Tracked or GitState.Untracked)
            {
                Origin origin = secret.Node["file"]!.Origin;
                string name = Path.GetFileName(secret.File!);
                yield return state == GitState.Tracked
                    ? new Spot(
                        $"secrets.{secret.Key}.file", origin, $"{name}, the content of the secret {secret.Key}, is tracked by git: it is in every clone, for good.",
                        $"git rm --cached {CommandWord.Quote(secret.File!)}, ignore it, and change the secret")
                    : new Spot(
                        $"secrets.{secret.Key}.file", origin, $"{name}, the content of the secret {secret.Key}, is not ignored by git: the next 'git add .' commits it.",
                        $"Add-Content -LiteralPath {CommandWord.Quote(Path.Combine(Path.GetDirectoryName(secret.File!)!, ".gitignore"))} -Value {CommandWord.Quote(name)}");
            }
        }
    }
}
