namespace ComposeLab.Feedback;

/// <summary>How an option of docker is translated.</summary>
internal enum OptionUse
{
    /// <summary>A switch that is a switch of the cmdlet.</summary>
    Switch,

    /// <summary>A value that is the value of a parameter.</summary>
    Value,

    /// <summary>Values, in several options or separated by commas, that are a list.</summary>
    List,

    /// <summary>Values of the form NAME=VALUE that are a hashtable.</summary>
    Table,

    /// <summary>A switch that has no effect on what the cmdlet does, such as the color of the output.</summary>
    Ignored,

    /// <summary>The same with a value.</summary>
    IgnoredValue,
}

/// <summary>An option of a docker command.</summary>
/// <param name="Names">Its names with their dashes.</param>
/// <param name="Use">How it is translated.</param>
/// <param name="Parameter">The parameter of the cmdlet, without the dash.</param>
/// <param name="Values">The values of docker that have a counterpart, with their names in the cmdlet; null if every value is passed on.</param>
internal sealed record DockerOption(IReadOnlyList<string> Names, OptionUse Use, string Parameter = "", IReadOnlyDictionary<string, string>? Values = null)
{
    /// <summary>Whether a value follows.</summary>
    public bool HasValue => Use is OptionUse.Value or OptionUse.List or OptionUse.Table or OptionUse.IgnoredValue;

    /// <summary>A switch.</summary>
    /// <param name="names">The names, separated by blanks.</param>
    /// <param name="parameter">The switch of the cmdlet.</param>
    /// <returns>The option.</returns>
    public static DockerOption On(string names, string parameter) => new(names.Split(' '), OptionUse.Switch, parameter);

    /// <summary>A value.</summary>
    /// <param name="names">The names, separated by blanks.</param>
    /// <param name="parameter">The parameter of the cmdlet.</param>
    /// <param name="values">The values that have a counterpart, separated by blanks: the cmdlet writes them with a capital letter. Empty if every value is passed on.</param>
    /// <returns>The option.</returns>
    public static DockerOption Value(string names, string parameter, string values = "") => new(
        names.Split(' '),
        OptionUse.Value,
        parameter,
        values.Length == 0 ? null : values.Split(' ').ToDictionary(value => value, value => char.ToUpperInvariant(value[0]) + value[1..], StringComparer.OrdinalIgnoreCase));

    /// <summary>Several values.</summary>
    /// <param name="names">The names, separated by blanks.</param>
    /// <param name="parameter">The parameter of the cmdlet.</param>
    /// <returns>The option.</returns>
    public static DockerOption List(string names, string parameter) => new(names.Split(' '), OptionUse.List, parameter);

    /// <summary>Pairs of names and values.</summary>
    /// <param name="names">The names, separated by blanks.</param>
    /// <param name="parameter">The parameter of the cmdlet.</param>
    /// <returns>The option.</returns>
    public static DockerOption Table(string names, string parameter) => new(names.Split(' '), OptionUse.Table, parameter);

    /// <summary>Switches without effect, each an option of its own.</summary>
    /// <param name="names">Their names, separated by blanks.</param>
    /// <returns>One option for all names.</returns>
    public static DockerOption Ignored(string names) => new(names.Split(' '), OptionUse.Ignored);

    /// <summary>Values without effect.</summary>
    /// <param name="names">Their names, separated by blanks.</param>
    /// <returns>One option for all names.</returns>
    public static DockerOption IgnoredValue(string names) => new(names.Split(' '), OptionUse.IgnoredValue);
}
