namespace ComposeLab.Database.Backups;

/// <summary>What a database contains, as far as it can be compared with a restored copy.</summary>
internal sealed record DatabaseFacts
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The role that owns it.</summary>
    public required string Owner { get; init; }

    /// <summary>The role that the cluster was created with.</summary>
    public required string Superuser { get; init; }

    /// <summary>The encoding, such as <c>UTF8</c>.</summary>
    public required string Encoding { get; init; }

    /// <summary>The sort order (LC_COLLATE).</summary>
    public required string Collation { get; init; }

    /// <summary>The character classes (LC_CTYPE).</summary>
    public required string CharacterType { get; init; }

    /// <summary>The provider of the locale: <c>c</c> for the C library, <c>i</c> for ICU, <c>b</c> for builtin.</summary>
    public string LocaleProvider { get; init => field = value ?? "c"; } = "c";

    /// <summary>The locale of the provider; null for the C library.</summary>
    public string? ProviderLocale { get; init; }

    /// <summary>The version of the collation that the indexes were created with; null if it has none.</summary>
    public string? CollationVersion { get; init; }

    /// <summary>Size on the server's disk, in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The maximum number of sessions; -1 or null for no limit.</summary>
    public int? ConnectionLimit { get; init; }

    /// <summary>The comment; null if there is none.</summary>
    public string? Comment { get; init; }

    /// <summary>The extensions, by name.</summary>
    public IReadOnlyList<ExtensionFacts> Extensions { get; init => field = value ?? []; } = [];

    /// <summary>The tables that contain rows of their own, by schema and name; partitions are tables, partitioned tables are not.</summary>
    public IReadOnlyList<TableFacts> Tables { get; init => field = value ?? []; } = [];

    /// <summary>The sequences, by schema and name.</summary>
    public IReadOnlyList<SequenceFacts> Sequences { get; init => field = value ?? []; } = [];

    /// <summary>The number of large objects.</summary>
    public long LargeObjects { get; init; }

    /// <summary>The number of other objects by kind, such as <c>index</c> or <c>view</c>, without those of extensions.</summary>
    public IReadOnlyDictionary<string, long> Objects { get; init => field = value ?? new Dictionary<string, long>(); } = new Dictionary<string, long>();

    /// <summary>The roles that own something in the database or have a privilege there.</summary>
    public IReadOnlyList<string> Roles { get; init => field = value ?? []; } = [];

    /// <summary>The settings of the database (ALTER DATABASE SET), which a dump does not contain.</summary>
    public IReadOnlyList<SettingFacts> Settings { get; init => field = value ?? []; } = [];

    /// <summary>The privileges on the database, which a dump does not contain; null for the default ones.</summary>
    public IReadOnlyList<GrantFacts>? Grants { get; init; }
}

/// <summary>An extension of a database.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
internal sealed record ExtensionFacts(string Name, string Version);

/// <summary>A table of a database.</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Size on the server's disk without indexes, as of its last statistics.</param>
/// <param name="Rows">The number of rows; null if they were not counted.</param>
internal sealed record TableFacts(string Schema, string Name, long Bytes, long? Rows)
{
    /// <summary>The name for people.</summary>
    /// <returns>Schema and name.</returns>
    public override string ToString() => $"{Schema}.{Name}";
}

/// <summary>A sequence of a database. Sequences are not part of a snapshot: while clients write, the dump contains a value between the two.</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
/// <param name="Before">The last value when the dump began; null if it was not used yet.</param>
/// <param name="After">The last value when the dump ended; null if it was not used yet.</param>
/// <param name="Cycles">Whether it starts again at its end.</param>
internal sealed record SequenceFacts(string Schema, string Name, long? Before, long? After, bool Cycles)
{
    /// <summary>The name for people.</summary>
    /// <returns>Schema and name.</returns>
    public override string ToString() => $"{Schema}.{Name}";
}

/// <summary>A setting of a database.</summary>
/// <param name="Role">The role that it is for; null for all.</param>
/// <param name="Name">The setting's name.</param>
/// <param name="Value">Its value, as the server stores it.</param>
internal sealed record SettingFacts(string? Role, string Name, string Value);

/// <summary>A privilege on a database.</summary>
/// <param name="Role">The role; null for PUBLIC.</param>
/// <param name="Privilege">Such as <c>CONNECT</c>.</param>
/// <param name="Grantable">Whether the role may pass it on.</param>
internal sealed record GrantFacts(string? Role, string Privilege, bool Grantable);
