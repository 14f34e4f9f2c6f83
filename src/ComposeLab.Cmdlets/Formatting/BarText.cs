namespace ComposeLab.Formatting;

/// <summary>Draws a share as a bar of block characters. For views.</summary>
public static class BarText
{
    private const string Eighths = " ▏▎▍▌▋▊▉";
    private const char Full = '█';

    /// <summary>Draws a bar.</summary>
    /// <param name="share">The share, from 0 to 1; null for no bar.</param>
    /// <param name="width">The full width, in characters.</param>
    /// <returns>The bar; any share above 0 shows at least an eighth of a character.</returns>
    public static string Of(double? share, int width)
    {
        if (share is not > 0)
        {
            return "";
        }

        int eighths = Math.Clamp((int)Math.Round(share.Value * width * 8), 1, width * 8);
        string bar = new(Full, eighths / 8);
        return eighths % 8 == 0 ? bar : bar + Eighths[eighths % 8];
    }
}
