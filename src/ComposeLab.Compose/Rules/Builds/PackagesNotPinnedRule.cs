using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Builds;

/// <summary>A build must install the packages that were tested.</summary>
internal sealed class PackagesNotPinnedRule() : ServiceRule(new RuleInfo(
    "PackagesNotPinned",
    Information,
    Warning,
    "a package manifest in a build context without exact versions and without a lock file: building the same code later can produce a different image",
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
            $"{Path.GetFileName(manifest.File)} {manifest.Fault}: building the same code later can produce a different image.",
            manifest.Remedy,
            service.Name));
    }
}
