using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ComposeLab.Engine;

namespace ComposeLab.Database.Updates;

/// <summary>What a rollback needs to know. It is a label of the new volume, so that it exists exactly as long as there is something to roll back.</summary>
internal sealed record UpdateRecord
{
    /// <summary>The label.</summary>
    public const string Label = "composelab.update";

    /// <summary>The name of the volume before the update.</summary>
    public required string OldVolume { get; init; }

    /// <summary>The major version before the update.</summary>
    public required int OldMajor { get; init; }

    /// <summary>The image before the update.</summary>
    public required string OldImage { get; init; }

    /// <summary>The major version after the update.</summary>
    public required int NewMajor { get; init; }

    /// <summary>Whether the image was changed by the update, and not before.</summary>
    public required bool ChangedImage { get; init; }

    /// <summary>The changes, with files relative to the project folder.</summary>
    public required IReadOnlyList<LineChange> Changes { get; init; }

    private static JsonTypeInfo<UpdateRecord> Complete { get; } = CompleteJson.Of(UpdateRecordJson.Default).Info<UpdateRecord>();

    /// <summary>Writes it as text.</summary>
    /// <returns>JSON on one line.</returns>
    public string Write() => JsonSerializer.Serialize(this, UpdateRecordJson.Default.UpdateRecord);

    /// <summary>Reads it.</summary>
    /// <param name="text">The text; null if the volume has no such label.</param>
    /// <returns>The record; null if there is none.</returns>
    public static UpdateRecord? Read(string? text)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize(text, Complete);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Reads and writes records of updates.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(UpdateRecord))]
internal sealed partial class UpdateRecordJson : JsonSerializerContext;
