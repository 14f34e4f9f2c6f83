using System.Globalization;
using System.Net;
using System.Text;
using ComposeLab.Compose.Secrets;

namespace ComposeLab.Reporting;

/// <summary>A builder for HTML or SVG. Values are masked and escaped when they are interpolated.</summary>
/// <param name="mask">Knows the project's secrets.</param>
internal sealed class HtmlText(SecretMask mask)
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds markup; every interpolated value is escaped.</summary>
    /// <param name="markup">The markup.</param>
    /// <returns>This text.</returns>
    public HtmlText Add(FormattableString markup)
    {
        object?[] escaped = [.. markup.GetArguments().Select(value => value is RawHtml raw
            ? raw.Text
            : (object)WebUtility.HtmlEncode(mask.MaskText(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")))];
        _text.AppendFormat(CultureInfo.InvariantCulture, markup.Format, escaped).Append('\n');
        return this;
    }

    /// <summary>Adds the same markup for each of several items.</summary>
    /// <typeparam name="T">The type of the things.</typeparam>
    /// <param name="things">The things.</param>
    /// <param name="markup">Creates the markup of one.</param>
    /// <returns>This text.</returns>
    public HtmlText AddEach<T>(IEnumerable<T> things, Func<T, FormattableString> markup)
    {
        foreach (T thing in things)
        {
            Add(markup(thing));
        }

        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}

/// <summary>Text that is already markup.</summary>
/// <param name="Text">The markup.</param>
internal sealed record RawHtml(string Text);
