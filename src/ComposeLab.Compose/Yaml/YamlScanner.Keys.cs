using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace ComposeLab.Compose.Yaml;

/// <content>Keys, which are recognized at their colon, and indentation.</content>
internal sealed partial class YamlScanner
{
    private void SaveKey()
    {
        if (_keyAllowed)
        {
            RemoveKey();
            _keyPossible = true;
            _key = new SimpleKey(_flowLevel == 0 && _indent == Column, _flowLevel, _taken + _tokens.Count - _head, Here);
        }
    }

    private void RemoveKey()
    {
        if (_key.Required)
        {
            throw Fault("a line that is neither a key nor a list item", "Write 'key: value', or indent the line to continue the previous value.", _key.Mark);
        }

        _keyPossible = false;
    }

    private bool FollowsFlowEntry() => _tokens.Count > 0 && _tokens[^1] is FlowEntry or FlowSequenceStart;

    private void Roll(int column, int token, bool isSequence, Mark mark)
    {
        if (_flowLevel == 0 && _indent < column)
        {
            _indents.Push(_indent);
            _indent = column;
            if (_indents.Count > YamlLimits.Depth)
            {
                throw TooDeep(mark);
            }

            Add(isSequence ? new BlockSequenceStart(mark, mark) : new BlockMappingStart(mark, mark), token < 0 ? -1 : token - _taken);
        }
    }

    private void Unroll(int column)
    {
        while (_flowLevel == 0 && _indent > column)
        {
            Add(new BlockEnd(Here, Here));
            _indent = _indents.Pop();
        }
    }

    private static YamlSyntaxException TooDeep(Mark mark) => Fault($"more than {YamlLimits.Depth} nested collections", "Use fewer levels.", mark);

    private static YamlSyntaxException Fault(string found, string advice, Mark start, Mark end = default) => new(found, advice, start, end);

    /// <summary>A token that is a key if a colon follows on its line.</summary>
    private readonly record struct SimpleKey(bool Required, int FlowLevel, int Token, Mark Mark);
}
