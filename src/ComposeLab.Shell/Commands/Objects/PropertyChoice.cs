using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Objects;

/// <summary>
/// One entry of a <c>-Property</c> list: a name (with wildcards), a script, or a table with <c>Name</c>/<c>Label</c> and
/// <c>Expression</c>.
/// </summary>
internal sealed class PropertyChoice
{
    private readonly object? _expression;

    private PropertyChoice(string name, object? expression, bool? descending)
    {
        Name = name;
        _expression = expression;
        Descending = descending;
    }

    /// <summary>The name of the result; may hold wildcards where it names properties.</summary>
    public string Name { get; }

    /// <summary>The direction that this entry asks for; null where it leaves that to the command.</summary>
    public bool? Descending { get; }

    /// <summary>Whether the name stands for several properties.</summary>
    public bool IsPattern => _expression is null && WildcardPattern.ContainsWildcardCharacters(Name);

    /// <summary>Reads an entry.</summary>
    /// <param name="value">As given on the command line.</param>
    /// <exception cref="PSArgumentException">A key is not known, or the table names no expression.</exception>
    public static PropertyChoice From(object value)
    {
        var plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        if (plain is not System.Collections.IDictionary table)
        {
            return plain is ScriptBlock script
                ? new(script.ToString(), script, null)
                : new(LanguagePrimitives.ConvertTo<string>(value), null, null);
        }

        string? name = null;
        object? expression = null;
        bool? descending = null;
        foreach (System.Collections.DictionaryEntry entry in table)
        {
            var key = LanguagePrimitives.ConvertTo<string>(entry.Key);
            switch (key.ToUpperInvariant())
            {
                case "N" or "NAME" or "L" or "LABEL": name = LanguagePrimitives.ConvertTo<string>(entry.Value); break;
                case "E" or "EXPRESSION": expression = entry.Value is PSObject inner ? inner.BaseObject : entry.Value; break;
                case "DESCENDING": descending = LanguagePrimitives.IsTrue(entry.Value); break;
                case "ASCENDING": descending = !LanguagePrimitives.IsTrue(entry.Value); break;
                default: throw new PSArgumentException($"Expected the keys Name, Label, Expression, Ascending or Descending, found '{key}'.");
            }
        }

        return expression is null && name is null
            ? throw new PSArgumentException("Expected an Expression in the property table, found none.")
            : new(name ?? expression!.ToString()!, expression ?? name, descending);
    }

    /// <summary>The properties of an object that this entry names.</summary>
    /// <param name="item">The object.</param>
    /// <returns>Name and value of each; a name that is missing gives null.</returns>
    public IEnumerable<(string Name, object? Value)> Read(PSObject item)
    {
        if (IsPattern)
        {
            return item.Properties.Match(Name).Select(property => (property.Name, Safe(property)));
        }

        return [(Name, Value(item))];
    }

    /// <summary>The one value of this entry.</summary>
    /// <param name="item">The object.</param>
    public object? Value(PSObject item)
    {
        if (_expression is ScriptBlock script)
        {
            var result = script.InvokeWithContext(null, [new PSVariable("_", item)]);
            return result.Count switch { 0 => null, 1 => result[0], _ => result.ToArray() };
        }

        var name = _expression is null ? Name : LanguagePrimitives.ConvertTo<string>(_expression);
        if (item.BaseObject is System.Collections.IDictionary table && table.Contains(name))
        {
            return table[name];
        }

        return item.Properties[name] is { } property ? Safe(property) : null;
    }

    private static object? Safe(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }
}
