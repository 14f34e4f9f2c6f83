namespace ComposeLab.Compose.Interpolation;

/// <summary>Finds the last closing brace of a line, looking at each line once.</summary>
/// <param name="text">The text.</param>
/// <param name="end">Where the text ends.</param>
internal struct LineScan(string text, int end)
{
    private int _lineEnd = -1;
    private int _lastBrace = -1;

    /// <summary>The last <c>}</c> of the line that a position is in.</summary>
    /// <param name="from">The position.</param>
    /// <returns>Its index; -1 when there is none at or behind the position.</returns>
    public int LastBrace(int from)
    {
        if (from > _lineEnd)
        {
            int newLine = text.IndexOf('\n', from, end - from);
            _lineEnd = newLine < 0 ? end : newLine;
            _lastBrace = _lineEnd == from ? -1 : text.LastIndexOf('}', _lineEnd - 1, _lineEnd - from);
        }

        return _lastBrace >= from ? _lastBrace : -1;
    }
}
