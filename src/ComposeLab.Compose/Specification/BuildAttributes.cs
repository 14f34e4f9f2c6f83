using ComposeLab.Compose.Canonical;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Merging;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Specification.AttributeUse;
using static ComposeLab.Compose.Specification.Types;

namespace ComposeLab.Compose.Specification;

/// <summary>The attributes of <c>build</c>, in the order they are printed.</summary>
internal static class BuildAttributes
{
    private static readonly AttributeUse NeedsBuildx = Builds.But(EngineLimit.NeedsBuildx("it"));

    /// <summary>A build, or the directory of its context as text.</summary>
    public static AttributeType Type { get; } = Structure(
        new("context", Text with { Path = PathRules.BuildContext })
        {
            Engine = Builds.But(EngineLimit.NeedsBuildx("a URL") with
            {
                Condition = LimitCondition.RemoteContext,
                Alternative = "fetch the context into a directory first, as with git clone, and name that",
            }),
        },
        new("dockerfile", Text),
        new("dockerfile_inline", Text),
        new("entitlements", Texts) { Engine = NeedsBuildx },
        new("args", Variables with { TakesVariables = true }),
        new("provenance", LateFlag with { Canonical = ScalarValues.Text, LongForm = LongForms.Text }) { Engine = NeedsBuildx },
        new("sbom", LateFlag with { Canonical = ScalarValues.Text, LongForm = LongForms.Text }) { Engine = NeedsBuildx },
        new("ssh", Ssh) { Engine = NeedsBuildx },
        new("labels", Labels),
        new("cache_from", Texts with { Canonical = ListValues.TextOrTexts })
        {
            Engine = Builds.But(EngineLimit.NeedsBuildx("a cache that is not an image (NAME, or type=registry,ref=NAME)") with { Condition = LimitCondition.CacheIsNoImage }),
        },
        new("cache_to", Texts with { Canonical = ListValues.TextOrTexts })
        {
            Engine = Builds.But(EngineLimit.NeedsBuildx("a cache other than type=inline") with { Condition = LimitCondition.CacheIsNotInline }),
        },
        new("no_cache", LateFlag),
        new("no_cache_filter", TextOrTexts) { Since = "5.0.0" },
        new("additional_contexts", AdditionalContexts)
        {
            Engine = Builds.But(EngineLimit.NeedsBuildx("a directory or a URL, other than service:NAME and docker-image://NAME,") with { Condition = LimitCondition.ContextIsNoImage }),
        },
        new("pull", LateFlag),
        new("extra_hosts", ExtraHosts.Type),
        new("isolation", Text) { Engine = Builds.But(EngineLimit.Refused("a Linux engine knows only 'default'") with { OtherValues = ["default"] }) },
        new("network", Text),
        new("target", Text),
        new("secrets", FileAttributes.BuildReferences) { Engine = NeedsBuildx },
        new("shm_size", Size with { Scalars = ScalarSorts.Integer | ScalarSorts.Text }),
        new("tags", Texts with { Canonical = ListValues.TextOrTexts, Identity = ItemIdentities.Key }),
        new("ulimits", UlimitAttributes.OfBuild) { Engine = NeedsBuildx },
        new("platforms", Texts with { Canonical = ListValues.TextOrTexts })
        {
            Engine = Builds.But(
                EngineLimit.NeedsBuildx("a build of several platforms") with
                {
                    Condition = LimitCondition.SeveralPlatforms,
                    Alternative = "name one platform, or choose one with the platform of the service",
                }),
        },
        new("privileged", LateFlag) { Engine = NeedsBuildx }) with
    {
        Scalars = ScalarSorts.Text,
        ScalarsWhenExtended = ScalarSorts.Text,
        Merge = MergeRules.Build,
        LongForm = LongForms.Key("context"),
        Defaults = build => build.WithDefault("context", "."),
    };

    private static AttributeType AdditionalContexts => KeyValues with
    {
        Values = KeyValues.Values! with { ScalarsWhenExtended = ScalarSorts.Text, Path = PathRules.BuildContext },
        ScalarsWhenExtended = ScalarSorts.None,
        Merge = MergeRules.Append,
        Identity = ItemIdentities.Key,
        LongForm = LongForms.KeyValues,
    };

    private static AttributeType Ssh => KeyValues with
    {
        Values = KeyValues.Values! with { Path = PathRules.OfAnySystem },
        ScalarsWhenExtended = ScalarSorts.None,
        LongForm = SshKeys,
        Canonical = SshTexts,
    };

    /// <summary>SSH keys as a mapping from ids to paths.</summary>
    private static Node SshKeys(Node node, bool lenient)
    {
        if (node is not SequenceNode list)
        {
            return node;
        }

        var keys = new Dictionary<string, MappingEntry>(StringComparer.Ordinal);
        foreach (Node item in list.Items)
        {
            MappingEntry key = SshKey(item);
            keys[key.Key] = key;
        }

        return new MappingNode(keys.Values, list.Origin);
    }

    private static MappingEntry SshKey(Node item) => item is ScalarNode { Kind: ScalarKind.String } key && key.Text.Split('=', 2) is var pair
        ? pair switch
        {
            [var id, var path] => new MappingEntry(id, ScalarNode.String(path, item.Origin), item.Origin),
            ["default"] => new MappingEntry("default", ScalarNode.Null(item.Origin), item.Origin),
            _ => throw InvalidSshKey(item),
        }
        : throw InvalidSshKey(item);

    private static ComposeException InvalidSshKey(Node item) => ComposeException.At(
        ComposeErrorId.ComposeFileInvalid,
        "Expected an SSH key as 'default' or 'id=path'.",
        "For example, write 'ssh: [default]' or 'ssh: [deploy=~/.ssh/id_ed25519]'.",
        item.Origin);

    /// <summary>SSH keys as they are printed: <c>id</c>, or <c>id: path</c>.</summary>
    private static SequenceNode SshTexts(Node value) => value is MappingNode keys
        ? new SequenceNode(
            keys.Entries.Select(entry => ScalarNode.String(
                entry.Value is ScalarNode { Text.Length: > 0 } path ? $"{entry.Key}: {path.Text}" : entry.Key, entry.Value.Origin)),
            value.Origin)
        : throw new InvalidValueException("SSH keys by id", value);
}
