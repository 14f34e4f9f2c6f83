namespace ComposeLab.Compose.Yaml;

/// <summary>Finds characters that are escaped as two halves, as JSON writes those beyond U+FFFF: YAML has no such escape.</summary>
internal static class SurrogateEscapes
{
    /// <summary>Whether a text in double quotes holds one.</summary>
    /// <param name="quoted">The text as it is written.</param>
    /// <returns>True when it does.</returns>
    public static bool Contains(ReadOnlySpan<char> quoted)
    {
        for (int index = 0; index + 3 < quoted.Length; index++)
        {
            if (quoted[index] != '\\')
            {
                continue;
            }

            // The character behind a backslash belongs to it, also where it is another backslash.
            index++;
            if (quoted[index] == 'u' && quoted[index + 1] is 'd' or 'D' && quoted[index + 2] is not (>= '0' and <= '7'))
            {
                return true;
            }
        }

        return false;
    }
}
