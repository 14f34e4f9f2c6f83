using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Builds;

/// <summary>A build fetches the packages that were tested.</summary>
internal sealed class PackagesNotPinnedRule() : ServiceRule(new RuleInfo(
    "PackagesNotPinned",
    Information,
    Warning,
    "a package manifest in a build context that names no exact versions and has no lock file: the same code gives another image tomorrow",
    "Commit the lock file of the package manager, or pin each version."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        if (service.Build?.Context is not { } folder || !Path.IsPathRooted(folder))
        {
            return [];
        }

        return PackageManifest.In(folder, context.Environment).Select(manifest => new RuleMatch(
            $"services.{service.Name}.build",
            new Origin(manifest.File, manifest.Line, 1),
            $"{Path.GetFileName(manifest.File)} {manifest.Fault}: the same code gives another image tomorrow.",
            manifest.Remedy,
            service.Name));
    }
}
