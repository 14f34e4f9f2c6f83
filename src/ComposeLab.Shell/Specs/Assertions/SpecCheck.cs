using System.Collections;
using System.Management.Automation;

namespace ComposeLab.Shell.Specs.Assertions;

/// <summary>One look of an operator at one value.</summary>
/// <param name="actual">The value; for some operators the array of all piped values.</param>
/// <param name="given">The parameters of the call.</param>
internal sealed class SpecCheck(object? actual, RuntimeDefinedParameterDictionary given)
{
    /// <summary>The value.</summary>
    public object? Actual { get; } = actual;

    /// <summary>Whether the opposite is asserted.</summary>
    public bool Negate => Switch("Not");

    /// <summary>What the call writes; null for nothing.</summary>
    public object? Output { get; set; }

    /// <summary>The reason as part of a sentence; empty where none was given.</summary>
    public string Because => Text("Because") is { Length: > 0 } reason ? $" because {reason.Trim()}," : "";

    /// <summary>A parameter's value; null where it was not given.</summary>
    /// <param name="name">The parameter.</param>
    public object? Value(string name) => given.TryGetValue(name, out var parameter) && parameter.IsSet ? parameter.Value : null;

    /// <summary>A parameter's value as text; empty where it was not given.</summary>
    /// <param name="name">The parameter.</param>
    public string Text(string name) => LanguagePrimitives.ConvertTo<string>(Value(name));

    /// <summary>Whether a switch was given.</summary>
    /// <param name="name">The switch.</param>
    public bool Switch(string name) => Value(name) is SwitchParameter { IsPresent: true };

    /// <summary>Fails unless something holds (or does not, with -Not).</summary>
    /// <param name="holds">Whether it holds.</param>
    /// <param name="expected">What was expected, as the end of "Expected ...".</param>
    /// <returns>The sentence, or null.</returns>
    public string? Expect(bool holds, string expected) => holds != Negate
        ? null
        : $"Expected {(Negate ? "not " : "")}{expected},{Because} but got {Show(Actual)}.";

    /// <summary>Asks one of PowerShell's operators.</summary>
    /// <param name="operation">The operator, such as <c>-like</c>.</param>
    /// <param name="left">Its left side.</param>
    /// <param name="right">Its right side.</param>
    public static bool Ask(string operation, object? left, object? right) =>
        LanguagePrimitives.IsTrue(ScriptBlock.Create($"param($left, $right) [bool]($left {operation} $right)").InvokeReturnAsIs(left, right));

    /// <summary>Shows a value in a sentence.</summary>
    /// <param name="value">The value.</param>
    public static string Show(object? value) => (value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value) switch
    {
        null => "$null",
        string text => $"'{text}'",
        bool flag => flag ? "$true" : "$false",
        object?[] { Length: 1 } one => Show(one[0]),
        IDictionary table => $"@{{{string.Join("; ", table.Cast<DictionaryEntry>().Select(entry => $"{entry.Key}={Show(entry.Value)}"))}}}",
        Array list => $"@({string.Join(", ", list.Cast<object?>().Select(Show))})",
        Type type => $"[{type.FullName}]",
        ScriptBlock script => $"{{{script}}}",
        _ => LanguagePrimitives.ConvertTo<string>(value),
    };
}
