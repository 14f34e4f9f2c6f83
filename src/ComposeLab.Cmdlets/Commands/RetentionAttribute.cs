using System.Management.Automation;
using ComposeLab.Database.Backups;

namespace ComposeLab.Commands;

/// <summary>Accepts a retention of backups, such as <c>7d4w</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RetentionAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is not string text || BackupRetention.Read(text) is null)
        {
            throw new ValidationMetadataException($"'{arguments}' is not a retention. Expected numbers with the units h, d, w, m or y, each unit once, such as 7d4w.");
        }
    }
}
