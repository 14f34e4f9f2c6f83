using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace ComposeLab.Engine.Docker;

/// <summary>
/// Splits the bytes of a log into lines. Each message of the engine starts with its time. A line of more than 16 KiB arrives in several messages, which are joined.
/// A line of more than <see cref="LongestText"/> bytes is split into parts, so that no line needs more memory.
/// </summary>
/// <param name="isFramed">Whether the two streams are framed; the log of a container with a terminal is one plain stream.</param>
internal sealed class LogDecoder(bool isFramed)
{
    /// <summary>The maximum length of a line or part: 1 MiB.</summary>
    public const int LongestText = 1024 * 1024;

    // The engine splits the output of a container into messages of at most this many bytes.
    private const int MessageBytes = 16 * 1024;
    private const int HeaderBytes = 8;

    // The third stream is the engine's own: why a log could not be read to its end.
    private readonly Source[] _sources = [new(isError: false), new(isError: true)];
    private readonly Source _engine = new(isError: true);
    private readonly List<LogLine> _faults = [];
    private readonly byte[] _header = new byte[HeaderBytes];
    private int _headerCount;
    private uint _remaining;
    private Source? _current;

    /// <summary>Processes bytes as they arrive.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="lines">Receives the complete lines.</param>
    /// <exception cref="InvalidDataException">The bytes are not a log of an engine.</exception>
    public void Add(ReadOnlySpan<byte> bytes, List<LogLine> lines)
    {
        if (!isFramed)
        {
            _sources[0].Add(bytes, MessageBytes, lines);
            return;
        }

        while (!bytes.IsEmpty)
        {
            if (_remaining == 0)
            {
                int taken = Math.Min(HeaderBytes - _headerCount, bytes.Length);
                bytes[..taken].CopyTo(_header.AsSpan(_headerCount));
                _headerCount += taken;
                bytes = bytes[taken..];
                if (_headerCount < HeaderBytes)
                {
                    return;
                }

                _headerCount = 0;
                _remaining = BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(4));
                _current = _header[0] <= 3 && _header[1] == 0 && _header[2] == 0 && _header[3] == 0
                    ? _header[0] == 3 ? _engine : _sources[_header[0] == 2 ? 1 : 0]
                    : throw new InvalidDataException("its log has no frames");
                _current.BeginMessage();
            }

            int count = (int)Math.Min(_remaining, (uint)bytes.Length);
            _current!.Add(bytes[..count], int.MaxValue, _current == _engine ? _faults : lines);
            _remaining -= (uint)count;
            bytes = bytes[count..];
        }
    }

    /// <summary>What the engine says about a log that it cannot read to its end; null if it says nothing.</summary>
    public string? Fault => _faults is [var first, ..] ? first.Text[(first.Text.LastIndexOf("desc = ", StringComparison.Ordinal) is >= 0 and var at ? at + "desc = ".Length : 0)..] : null;

    /// <summary>Passes on the rest when the log ends.</summary>
    /// <param name="lines">Receives the lines without a line break.</param>
    public void Finish(List<LogLine> lines)
    {
        foreach (Source source in _sources)
        {
            source.Finish(lines);
        }

        _engine.Finish(_faults);
    }

    /// <summary>One of the two streams.</summary>
    private sealed class Source(bool isError)
    {
        private const int LongestStamp = 36;

        private readonly byte[] _stamp = new byte[LongestStamp];
        private byte[] _text = [];
        private int _stampCount;
        private int _textCount;
        private int _messageCount;
        private bool _expectsStamp = true;
        private bool _isInLine;
        private DateTimeOffset _time;

        public void BeginMessage()
        {
            EndStamp();
            _expectsStamp = true;
        }

        public void Add(ReadOnlySpan<byte> bytes, int messageBytes, List<LogLine> lines)
        {
            while (!bytes.IsEmpty)
            {
                if (_expectsStamp)
                {
                    bytes = bytes[TakeStamp(bytes)..];
                    continue;
                }

                int room = Math.Min(Math.Min(bytes.Length, messageBytes - _messageCount), LongestText - _textCount);
                int end = bytes[..room].IndexOf((byte)'\n');
                if (end >= 0)
                {
                    EndLine(bytes[..end], lines);
                    bytes = bytes[(end + 1)..];
                    continue;
                }

                Keep(bytes[..room]);
                bytes = bytes[room..];
                _messageCount += room;
                _expectsStamp = _messageCount == messageBytes;
                if (_textCount == LongestText)
                {
                    EndPart(lines);
                }
            }
        }

        public void Finish(List<LogLine> lines)
        {
            EndStamp();
            if (_isInLine || _textCount > 0)
            {
                EndLine([], lines);
            }
        }

        // The time ends with a space. Otherwise it belongs to the text: not every message has a time.
        private int TakeStamp(ReadOnlySpan<byte> bytes)
        {
            ReadOnlySpan<byte> window = bytes[..Math.Min(bytes.Length, LongestStamp - _stampCount)];
            int end = window.IndexOfAny((byte)' ', (byte)'\n');
            if (end >= 0 && window[end] == ' ')
            {
                ReadOnlySpan<byte> stamp = window[..end];
                if (_stampCount > 0)
                {
                    stamp.CopyTo(_stamp.AsSpan(_stampCount));
                    stamp = _stamp.AsSpan(0, _stampCount + end);
                }

                if (TryReadTime(stamp, out DateTimeOffset time))
                {
                    Begin(time);
                    return end + 1;
                }
            }
            else if (end < 0 && _stampCount + window.Length < LongestStamp)
            {
                window.CopyTo(_stamp.AsSpan(_stampCount));
                _stampCount += window.Length;
                return window.Length;
            }

            EndStamp();
            _expectsStamp = false;
            return 0;
        }

        private void Begin(DateTimeOffset time)
        {
            // Later messages of the same line have their own times, which are not used.
            _time = _isInLine ? _time : time;
            _isInLine = true;
            (_stampCount, _messageCount, _expectsStamp) = (0, 0, false);
        }

        private void EndStamp()
        {
            int count = _stampCount;
            (_stampCount, _messageCount) = (0, 0);
            if (count == 0)
            {
                return;
            }

            if (TryReadTime(_stamp.AsSpan(0, count), out DateTimeOffset time))
            {
                Begin(time);
            }
            else
            {
                Keep(_stamp.AsSpan(0, count));
            }
        }

        private void Keep(ReadOnlySpan<byte> bytes)
        {
            if (_text.Length < _textCount + bytes.Length)
            {
                Array.Resize(ref _text, Math.Max(_textCount + bytes.Length, Math.Max(256, Math.Min(_text.Length * 2, LongestText))));
            }

            bytes.CopyTo(_text.AsSpan(_textCount));
            _textCount += bytes.Length;
            _isInLine = true;
        }

        private void EndLine(ReadOnlySpan<byte> end, List<LogLine> lines)
        {
            ReadOnlySpan<byte> text = end;
            if (_textCount > 0)
            {
                Keep(end);
                text = _text.AsSpan(0, _textCount);
            }

            lines.Add(new LogLine(_time, isError, Encoding.UTF8.GetString(text.TrimEnd((byte)'\r'))));
            (_textCount, _messageCount, _isInLine, _expectsStamp, _time) = (0, 0, false, true, default);
        }

        private void EndPart(List<LogLine> lines)
        {
            // A character with missing bytes belongs to the next part.
            int count = _textCount;
            for (int back = 1; back <= 3; back++)
            {
                if (_text[_textCount - back] >= 0xC0)
                {
                    count = _textCount - back;
                    break;
                }

                if (_text[_textCount - back] < 0x80)
                {
                    break;
                }
            }

            lines.Add(new LogLine(_time, isError, Encoding.UTF8.GetString(_text, 0, count), IsPart: true));
            _text.AsSpan(count, _textCount - count).CopyTo(_text);
            _textCount -= count;
        }

        // Nanoseconds are truncated, never rounded up: a query for the log since a line's time must include that line.
        private static bool TryReadTime(ReadOnlySpan<byte> text, out DateTimeOffset time)
        {
            time = default;
            if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':'
                || !Number(text[..4], out int year) || !Number(text[5..7], out int month) || !Number(text[8..10], out int day)
                || !Number(text[11..13], out int hour) || !Number(text[14..16], out int minute) || !Number(text[17..19], out int second)
                || year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            {
                return false;
            }

            int at = 19;
            long ticks = 0;
            if (text[at] == '.')
            {
                long unit = TimeSpan.TicksPerSecond / 10;
                for (at++; at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9'; at++)
                {
                    ticks += (text[at] - '0') * unit;
                    unit /= 10;
                }
            }

            TimeSpan offset = TimeSpan.Zero;
            ReadOnlySpan<byte> zone = text[at..];
            if (zone.Length == 6 && zone[0] is (byte)'+' or (byte)'-' && zone[3] == ':' && Number(zone[1..3], out int hours) && Number(zone[4..], out int minutes) && hours < 14)
            {
                offset = new TimeSpan(hours, minutes, 0) * (zone[0] == '-' ? -1 : 1);
            }
            else if (zone.Length != 1 || zone[0] != 'Z')
            {
                return false;
            }

            DateTime local = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified).AddTicks(ticks);
            if (local.Ticks - offset.Ticks is < 0 or > 3155378975999999999)
            {
                return false;
            }

            time = new DateTimeOffset(local - offset, TimeSpan.Zero);
            return true;
        }

        private static bool Number(ReadOnlySpan<byte> digits, out int value) =>
            Utf8Parser.TryParse(digits, out value, out int consumed) && consumed == digits.Length && value >= 0;
    }
}
