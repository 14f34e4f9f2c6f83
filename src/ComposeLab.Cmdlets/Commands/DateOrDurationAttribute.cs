using System.Globalization;
using System.Management.Automation;
using ComposeLab.Compose.Units;
using ComposeLab.Errors;

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

    /// <summary>Requires that a period does not end before it begins.</summary>
    /// <param name="since">Its beginning; may be null.</param>
    /// <param name="until">Its end; may be null.</param>
    /// <exception cref="LabException">ParameterConflict.</exception>
    internal static void RequireOrder(DateTimeOffset? since, DateTimeOffset? until)
    {
        if (since > until)
        {
            throw new LabException(
                LabErrorId.ParameterConflict,
                $"-Since ({since:yyyy-MM-dd HH:mm:ss}) is later than -Until ({until:yyyy-MM-dd HH:mm:ss}), so nothing can match. A duration means the time that has passed: 10m is ten minutes ago.",
                "Exchange the values of -Since and -Until");
        }
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
