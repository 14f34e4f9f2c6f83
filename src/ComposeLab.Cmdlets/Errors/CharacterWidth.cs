using System.Globalization;

namespace ComposeLab.Errors;

/// <summary>How many terminal columns a character uses.</summary>
internal static class CharacterWidth
{
    // The East Asian scripts and other wide forms. Half of a surrogate pair counts as one, because a pair uses two columns.
    private static readonly (char First, char Last)[] Wide =
    [
        ('\u1100', '\u115F'), ('\u2E80', '\u303E'), ('\u3041', '\uA4CF'), ('\uA960', '\uA97C'), ('\uAC00', '\uD7A3'), ('\uF900', '\uFAFF'),
        ('\uFE30', '\uFE6F'), ('\uFF01', '\uFF60'), ('\uFFE0', '\uFFE6'),
    ];

    /// <summary>The width of a character.</summary>
    /// <param name="character">The character.</param>
    /// <returns>0 for combining marks, 2 for wide characters, otherwise 1.</returns>
    public static int Of(char character) => char.GetUnicodeCategory(character) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ => Array.Exists(Wide, range => character >= range.First && character <= range.Last) ? 2 : 1,
    };
}
