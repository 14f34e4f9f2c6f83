using System.Text;
using ComposeLab.Compose.Diagnostics;

namespace ComposeLab.Compose.Yaml;

/// <summary>Decodes the bytes of a file, and rejects text that cannot be YAML.</summary>
internal static class YamlText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Decode(ReadOnlySpan<byte> bytes, string file)
    {
        try
        {
            return bytes switch
            {
                [0xEF, 0xBB, 0xBF, .. var rest] => StrictUtf8.GetString(rest),
                [0xFF, 0xFE, .. var rest] => new UnicodeEncoding(false, false, true).GetString(rest),
                [0xFE, 0xFF, .. var rest] => new UnicodeEncoding(true, false, true).GetString(rest),
                _ => StrictUtf8.GetString(bytes),
            };
        }
        catch (DecoderFallbackException fault)
        {
            int before = Math.Clamp(fault.Index, 0, bytes.Length);
            throw new ComposeException(
                ComposeErrorId.ComposeFileInvalid,
                "The file is not valid UTF-8.",
                "Save the file as UTF-8.",
                fault)
            { File = file, Line = bytes[..before].Count((byte)'\n') + 1, Column = before - bytes[..before].LastIndexOf((byte)'\n') };
        }
    }

    public static void RefuseControlCharacters(string text, string file)
    {
        int index = text.AsSpan().IndexOfAny(ControlCharacters);
        if (index < 0)
        {
            return;
        }

        ReadOnlySpan<char> before = text.AsSpan(0, index);
        throw new ComposeException(
            ComposeErrorId.ComposeFileInvalid,
            $"The file contains the control character U+{(int)text[index]:X4}.",
            "Remove the character; in a double-quoted scalar it can be written as an escape.")
        { File = file, Line = before.Count('\n') + 1, Column = index - before.LastIndexOf('\n') };
    }

    private static readonly System.Buffers.SearchValues<char> ControlCharacters = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(c => c is not ('\t' or '\n' or '\r')).Select(c => (char)c), '\u007F', '\uFFFE', '\uFFFF']);
}
