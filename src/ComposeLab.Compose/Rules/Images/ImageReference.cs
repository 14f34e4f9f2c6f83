namespace ComposeLab.Compose.Rules.Images;

/// <summary>The parts of an image's name.</summary>
/// <param name="Repository">Everything before tag and digest.</param>
/// <param name="Tag">The tag; null if there is none.</param>
/// <param name="Digest">The digest; null if there is none.</param>
internal sealed record ImageReference(string Repository, string? Tag, string? Digest)
{
    /// <summary>The last part of the repository, in lower case: the product.</summary>
    public string Name { get; } = Repository[(Repository.LastIndexOf('/') + 1)..].ToLowerInvariant();

    /// <summary>Whether the vendor uses its own layout for its images, below <c>/bitnami</c>.</summary>
    public bool IsBitnami => Repository.Contains("bitnami", StringComparison.OrdinalIgnoreCase);

    /// <summary>The first number of the tag; null if it does not start with one.</summary>
    public int? Major => int.TryParse(string.Concat((Tag ?? "").TakeWhile(char.IsAsciiDigit)), out int major) ? major : null;

    /// <summary>Reads a name.</summary>
    /// <param name="name">Such as <c>registry:5000/team/app:1.2@sha256:...</c>.</param>
    /// <returns>Its parts; null if there is no name.</returns>
    public static ImageReference? Parse(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return null;
        }

        string[] digest = name.Split('@', 2);
        int colon = digest[0].LastIndexOf(':');
        bool tagged = colon > digest[0].LastIndexOf('/');
        return new ImageReference(
            tagged ? digest[0][..colon] : digest[0],
            tagged ? digest[0][(colon + 1)..] : null,
            digest.Length > 1 ? digest[1] : null);
    }
}
