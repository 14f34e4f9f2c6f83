using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Compares the platform an image is for with the one a service asks for.</summary>
internal static class ImagePlatform
{
    /// <summary>Whether an image is for a platform.</summary>
    /// <param name="wanted">The platform as <c>os[/arch[/variant]]</c>, or an architecture alone.</param>
    /// <param name="image">The image.</param>
    /// <returns>True when every part that is asked for fits.</returns>
    public static bool Fits(string wanted, ImageDetails image)
    {
        string[] parts = wanted.ToLowerInvariant().Split('/');
        if (parts.Length == 1)
        {
            return Architecture(parts[0]) == image.Architecture || parts[0] == image.OperatingSystem;
        }

        return parts[0] == image.OperatingSystem
            && Architecture(parts[1]) == image.Architecture
            && (parts.Length < 3 || image.Variant.Length == 0 || parts[2] == image.Variant);
    }

    /// <summary>The platform of an image.</summary>
    /// <param name="image">The image.</param>
    /// <returns><c>os/arch[/variant]</c>.</returns>
    public static string Of(ImageDetails image) =>
        $"{image.OperatingSystem}/{image.Architecture}{(image.Variant.Length == 0 ? "" : "/" + image.Variant)}";

    private static string Architecture(string name) => name switch
    {
        "x86_64" or "x86-64" => "amd64",
        "aarch64" => "arm64",
        "i386" => "386",
        _ => name,
    };
}
