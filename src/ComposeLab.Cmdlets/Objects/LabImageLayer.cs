namespace ComposeLab;

/// <summary>One layer of an image.</summary>
public sealed class LabImageLayer
{
    /// <summary>The project's name; piped into a cmdlet for stacks it says which one is meant.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The lab profile; empty for the base file alone.</summary>
    public required string Profile { get; init; }

    /// <summary>The service that runs the image.</summary>
    public required string Service { get; init; }

    /// <summary>The image's name.</summary>
    public required string Image { get; init; }

    /// <summary>The layer's number, from 1 for the lowest.</summary>
    public required int Number { get; init; }

    /// <summary>The instruction that made it, as a Dockerfile writes it; where none did, the image's own note in parentheses, as in <c>(imported)</c>. Secrets are masked;
    /// empty where the image does not tell.</summary>
    public required string Instruction { get; init; }

    /// <summary>Its bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The bytes as a share of the whole image, from 0 to 1.</summary>
    public required double Share { get; init; }

    /// <summary>The id of its content; equal layers of two images have the same one.</summary>
    public required string LayerId { get; init; }

    /// <summary>Names the layer, for messages.</summary>
    /// <returns>Image, number and instruction.</returns>
    public override string ToString() => $"{Image} {Number}: {Instruction}";
}
