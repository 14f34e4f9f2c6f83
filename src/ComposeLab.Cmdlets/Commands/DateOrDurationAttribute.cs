using System.Globalization;
using System.Management.Automation;
using ComposeLab.Compose.Units;

namespace ComposeLab.Commands;

/// <summary>Accepts a point in time as a date, or as the time elapsed since then: a TimeSpan, or text such as 10m or 1h30m.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class DateOrDurationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            DateTimeOffset moment => moment,
            DateTime date => new DateTimeOffset(date),
            TimeSpan ago => DateTimeOffset.Now - ago,
            // The parser reads 2s as a number of type short; the original text is still available.
            short => Of(LanguagePrimitives.ConvertTo<string>(inputData), value),
            string text => Of(text, value),
            _ => throw Unfit(value),
        };
    }

    private static DateTimeOffset Of(string text, object value)
    {
        if (GoDuration.TryParse(text, out GoDuration ago))
        {
            return DateTimeOffset.Now - ago.ToTimeSpan();
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset moment) ? moment : throw Unfit(value);
    }

    private static ArgumentTransformationMetadataException Unfit(object? value) =>
        new($"Expected a date, a TimeSpan or a duration such as 10m, found '{value}'.");
}
