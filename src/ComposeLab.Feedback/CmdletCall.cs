using System.Text;

namespace ComposeLab.Feedback;

/// <summary>The call of a cmdlet that does the same as a docker command, while it is put together from the words that were typed.</summary>
internal sealed class CmdletCall
{
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _parameters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OptionUse> _uses = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    /// <summary>The words that are no options, in order.</summary>
    public List<Word> Words { get; } = [];

    /// <summary>The words that are passed on to a program.</summary>
    public List<Word> PassedOn { get; } = [];

    /// <summary>The cmdlet.</summary>
    public string Cmdlet { get; set; } = "";

    /// <summary>Whether an option was typed.</summary>
    /// <param name="names">Its names.</param>
    /// <returns>True if one of them was typed.</returns>
    public bool Has(params string[] names) => names.Any(_given.Contains);

    /// <summary>Whether the call has a parameter.</summary>
    /// <param name="parameters">The names, without the dash.</param>
    /// <returns>True if it has one of them.</returns>
    public bool Sets(params string[] parameters) => parameters.Any(_parameters.ContainsKey);

    /// <summary>Adds a parameter.</summary>
    /// <param name="parameter">Its name, without the dash.</param>
    /// <param name="text">The value as PowerShell reads it; null for a switch.</param>
    /// <param name="use">How several values are written.</param>
    public void Set(string parameter, string? text = null, OptionUse use = OptionUse.List)
    {
        if (!_parameters.TryGetValue(parameter, out List<string>? values))
        {
            _parameters[parameter] = values = [];
            _uses[parameter] = use;
            _order.Add(parameter);
        }

        if (text is not null)
        {
            if (use == OptionUse.Value)
            {
                // The last one counts, as in docker.
                values.Clear();
            }

            values.Add(text);
        }
    }

    /// <summary>Removes a parameter.</summary>
    /// <param name="parameter">Its name, without the dash.</param>
    /// <returns>Its last value; null if the call does not have it.</returns>
    public string? Remove(string parameter)
    {
        _order.Remove(parameter);
        return _parameters.Remove(parameter, out List<string>? values) ? values.LastOrDefault() : null;
    }

    /// <summary>Takes an option over.</summary>
    /// <param name="option">The option.</param>
    /// <param name="name">The name that was typed.</param>
    /// <param name="value">Its value; null for a switch.</param>
    /// <returns>False if the cmdlet cannot do the same.</returns>
    public bool Take(DockerOption option, string name, Word? value)
    {
        _given.Add(name);
        switch (option.Use)
        {
            case OptionUse.Switch:
                Set(option.Parameter);
                return true;
            case OptionUse.Ignored or OptionUse.IgnoredValue:
                return true;
            case OptionUse.Table:
                return Pair(value!) is { } pair && Added(option, pair);
            case OptionUse.Value when option.Values is { } values:
                return value!.Value is { } known && values.TryGetValue(known, out string? ours) && Added(option, ours);
            default:
                return value!.Text is { } text && text != "-" && Added(option, text);
        }
    }

    /// <summary>Writes the call.</summary>
    /// <returns>The call, ready to run; null if a word cannot be written.</returns>
    public string? Text()
    {
        if (Words.Concat(PassedOn).Any(word => word.Text is null))
        {
            return null;
        }

        var text = new StringBuilder(Cmdlet);
        if (Words.Count > 0)
        {
            text.Append(' ').AppendJoin(", ", Words.Select(word => word.Text));
        }

        foreach (string parameter in _order)
        {
            text.Append(" -").Append(parameter);
            List<string> values = _parameters[parameter];
            if (values.Count > 0)
            {
                text.Append(' ').Append(_uses[parameter] == OptionUse.Table ? $"@{{ {string.Join("; ", values)} }}" : string.Join(", ", values));
            }
        }

        if (PassedOn.Count > 0)
        {
            text.Append(" -- ").AppendJoin(' ', PassedOn.Select(word => word.Text));
        }

        return text.ToString();
    }

    private bool Added(DockerOption option, string text)
    {
        Set(option.Parameter, text, option.Use);
        return true;
    }

    // A name without a value takes it from the environment, which a hashtable says with $null.
    private static string? Pair(Word word)
    {
        if (word.Value is not { Length: > 0 } pair)
        {
            return null;
        }

        int sign = pair.IndexOf('=', StringComparison.Ordinal);
        string name = sign < 0 ? pair : pair[..sign];
        bool isPlain = name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') && !char.IsAsciiDigit(pair[0]);
        return name.Length == 0 ? null : $"{(isPlain ? name : Word.Quoted(name))} = {(sign < 0 ? "$null" : Word.Quoted(pair[(sign + 1)..]))}";
    }
}
