using System.Globalization;

namespace ComposeLab.Shell.Hosting;

/// <summary>
/// The invariant culture under the name of the language that the messages are written in: the engine breaks lines between words only where it knows the
/// language, and without ICU there is no other culture to name.
/// </summary>
internal sealed class EnglishCulture : CultureInfo
{
    private EnglishCulture()
        : base("")
    {
    }

    /// <summary>The one instance.</summary>
    public static EnglishCulture Instance { get; } = new();

    /// <inheritdoc/>
    public override string TwoLetterISOLanguageName => "en";
}
