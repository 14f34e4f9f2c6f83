using ComposeLab.Compose.Rules.Allowing;
using ComposeLab.Compose.Rules.Builds;
using ComposeLab.Compose.Rules.Databases;
using ComposeLab.Compose.Rules.Files;
using ComposeLab.Compose.Rules.Health;
using ComposeLab.Compose.Rules.Images;
using ComposeLab.Compose.Rules.Ports;
using ComposeLab.Compose.Rules.Privileges;
using ComposeLab.Compose.Rules.Production;
using ComposeLab.Compose.Rules.Resources;
using ComposeLab.Compose.Rules.Secrets;
using ComposeLab.Compose.Rules.Swarm;
using ComposeLab.Compose.Rules.Variables;

namespace ComposeLab.Compose.Rules;

/// <summary>All rules, in the order of docs/rules.md.</summary>
public static class RuleCatalog
{
    /// <summary>The rules themselves.</summary>
    internal static IReadOnlyList<ConfigRule> Rules { get; } =
    [
        new DatabasePortPublishedRule(),
        new AdminPortPublishedRule(),
        new PortPublishedTwiceRule(),
        new PortTakenTwiceRule(),
        new ImageNotPinnedRule(),
        new BaseImageNotPinnedRule(),
        new PackagesNotPinnedRule(),
        new HealthcheckMissingRule(),
        new HealthConditionMissingRule(),
        new SecretWrittenRule(),
        new SecretInEnvironmentRule(),
        new SecretInCommandRule(),
        new SecretInBuildArgumentRule(),
        new SecretUnsetRule(),
        new SecretFileTrackedRule(),
        new DatabaseWithoutPasswordRule(),
        new EnvFileTrackedRule(),
        new EnvFileNotIgnoredRule(),
        new EnvValueMisreadRule(),
        new VariableUnsetRule(),
        new VariableShadowedRule(),
        new VariableUnusedRule(),
        new PrivilegedRule(),
        new DangerousCapabilityRule(),
        new DockerSocketMountedRule(),
        new SensitivePathMountedRule(),
        new SensitivePathWritableRule(),
        new HostNetworkRule(),
        new HostNamespaceRule(),
        new SecurityProfileOffRule(),
        new RootUserRule(),
        new ImageRunsAsRootRule(),
        new DatabaseVolumeMissingRule(),
        new CodeMountedRule(),
        new BindMountRule(),
        new ReloadRule(),
        new DevelopmentModeRule(),
        new RestartPolicyMissingRule(),
        new MemoryLimitMissingRule(),
        new LogUnlimitedRule(),
        new NoNewPrivilegesMissingRule(),
        new CapabilitiesNotDroppedRule(),
        new RootFileSystemWritableRule(),
        new DatabaseHostUnreachableRule(),
        new DatabaseLoginDiffersRule(),
        new DatabaseTlsNotOfferedRule(),
        new DatabaseUrlNotEncodedRule(),
        new DatabasePoolTooLargeRule(),
        new DatabasePasswordMissingRule(),
        new DatabasePasswordNumberRule(),
        new DatabaseDataReadOnlyRule(),
        new DatabaseStopTooShortRule(),
        new DatabaseProbeIncompleteRule(),
        new DatabaseVolumeSharedRule(),
        new VolumeMovesRule(),
        new PortOnAllNodesRule(),
        new UpdateConfigMissingRule(),
        new SingleReplicaRule(),
        new TaskHealthcheckMissingRule(),
        new ImageWithoutDigestRule(),
        new ContainerNameScaledRule(),
        new UnusedResourceRule(),
        new ExtensionMisspeltRule(),
        new VersionKeyRule(),
        new TruthValueRule(),
        new AllowIncompleteRule(),
    ];

    /// <summary>The descriptions of the rules.</summary>
    public static IReadOnlyList<RuleInfo> All { get; } = Rules.Select(rule => rule.Info).ToArray();

    /// <summary>Finds a rule.</summary>
    /// <param name="id">Its id; not case-sensitive.</param>
    /// <returns>Its description; null if it does not exist.</returns>
    public static RuleInfo? Find(string id) => All.FirstOrDefault(rule => rule.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
}
