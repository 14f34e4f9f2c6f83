using ComposeLab.Compose.Model;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Hashing;

/// <summary>The parts of a service in the config hash of a version of the reference. They changed over time.</summary>
internal sealed class HashRecipe
{
    private static readonly Version WithoutDependencies = new(2, 29, 3);
    private static readonly Version WithoutProfiles = new(2, 31, 0);
    private static readonly Version WithModesInOctal = new(2, 34, 0);
    private static readonly Version WithAttachmentsInOrder = new(2, 36, 0);
    private static readonly Version WithOptOutHostPath = new(5, 0, 0);

    private static readonly string[] EarlierAttachment =
        ["priority", "gw_priority", "aliases", "ipv4_address", "ipv6_address", "link_local_ips", "mac_address", "driver_opts"];

    private static readonly AttributeType EarlierService = ServiceAttributes.Type.With("networks", networks => networks with
    {
        Values = networks.Values! with { Attributes = EarlierAttachment.Select(name => networks.Values.Row(name)!).ToArray() },
    });

    private const string CreateHostPath = "create_host_path";

    private static readonly string[] FileReferences = ["secrets", "configs"];

    private readonly Version _writer;

    private HashRecipe(Version writer) => _writer = writer;

    /// <summary>The recipe for the labels that ComposeLab writes.</summary>
    public static HashRecipe Written { get; } = new(new Version(5, 5, 0));

    /// <summary>All recipes, the current one first.</summary>
    public static IReadOnlyList<HashRecipe> All { get; } =
    [
        Written,
        .. new[] { WithAttachmentsInOrder, WithModesInOctal, WithoutProfiles, WithoutDependencies, new Version(2, 20, 0) }.Select(version => new HashRecipe(version)),
    ];

    /// <summary>The recipe of a version.</summary>
    /// <param name="writer">The version, such as <c>2.26.1</c> or <c>2.40.3-ds1</c>; anything else means the current version.</param>
    public static HashRecipe Of(string writer)
    {
        string number = writer.TrimStart('v').Split('-', '+')[0];
        return Version.TryParse(number, out Version? version) ? new HashRecipe(version) : Written;
    }

    /// <summary>The order of a service's fields.</summary>
    public AttributeType Type => _writer >= WithAttachmentsInOrder ? ServiceAttributes.Type : EarlierService;

    /// <summary>The input of the hash.</summary>
    /// <param name="service">The service's part of the model.</param>
    public MappingNode View(MappingNode service)
    {
        MappingNode view = Hashed(service, ServiceAttributes.Type);
        if (_writer < WithoutDependencies)
        {
            view = service["depends_on"] is { } dependencies ? view.With("depends_on", dependencies) : view;
        }

        if (_writer < WithoutProfiles)
        {
            view = service["profiles"] is { } profiles ? view.With("profiles", profiles) : view;
        }

        if (_writer < WithModesInOctal)
        {
            view = FileReferences.Aggregate(view, (node, key) => node[key] is SequenceNode uses ? node.With(key, uses.Select(WithModeAsNumber)) : node);
        }

        return view["volumes"] is SequenceNode volumes ? view.With("volumes", volumes.Select(WithHostPath)) : view;
    }

    // Build settings and the number of containers do not affect a container.
    private static MappingNode Hashed(MappingNode node, AttributeType type) => node.Select(entry => type.Row(entry.Key) switch
    {
        { IsHashed: false } => null,
        { Type: { Attributes: not null } below } when entry.Value is MappingNode mapping => Hashed(mapping, below),
        _ => entry.Value,
    });

    private static Node WithModeAsNumber(Node use) => use is MappingNode map && map["mode"] is ScalarNode { IsNull: false } mode
        ? map.With("mode", ScalarNode.Integer(Convert.ToInt64(mode.Text, 8), mode.Origin))
        : use;

    // Up to 5.0, create_host_path was included, and was true only if given explicitly or implied by the short syntax.
    private Node WithHostPath(Node volume)
    {
        if (volume is not MappingNode mount || mount["bind"] is not MappingNode bind)
        {
            return volume;
        }

        Node? noted = bind[CreateHostPath];
        bool isTrue = bind.Flag(CreateHostPath) ?? true;
        bool isNoted = _writer >= WithOptOutHostPath ? !isTrue : isTrue && noted is not null && !ReferenceEquals(noted.Origin, Origin.Default);
        return mount.With("bind", isNoted ? bind : bind.Without(CreateHostPath));
    }
}
