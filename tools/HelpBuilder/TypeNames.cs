using System.Collections;
using System.Management.Automation;

namespace ComposeLab.HelpBuilder;

/// <summary>Types and values by the names and in the form that a script would write them.</summary>
public static class TypeNames
{
    /// <summary>The name of a type.</summary>
    /// <param name="type">The type; of a nullable one the inner type is named.</param>
    public static string Of(Type type) => type switch
    {
        { IsArray: true } => $"{Of(type.GetElementType()!)}[]",
        _ when Nullable.GetUnderlyingType(type) is { } inner => Of(inner),
        _ when type == typeof(SwitchParameter) => "switch",
        _ when type == typeof(string) => "string",
        _ when type == typeof(int) => "int",
        _ when type == typeof(long) => "long",
        _ when type == typeof(bool) => "bool",
        _ when type == typeof(object) => "object",
        _ when type == typeof(PSObject) => "psobject",
        _ when type == typeof(Hashtable) => "hashtable",
        _ when type == typeof(ScriptBlock) => "scriptblock",
        _ => type.FullName!,
    };

    /// <summary>The values that an enumeration allows.</summary>
    /// <param name="type">The type of a parameter, possibly an array or a nullable of the enumeration.</param>
    /// <returns>The names; empty for other types.</returns>
    public static IReadOnlyList<string> Values(Type type)
    {
        var element = type.GetElementType() ?? Nullable.GetUnderlyingType(type) ?? type;
        return element.IsEnum ? Enum.GetNames(element) : [];
    }

    /// <summary>A default value as text.</summary>
    /// <param name="value">The value of the property of a new cmdlet.</param>
    /// <returns>The text; null for nothing, an empty text or collection, and a switch.</returns>
    public static string? Default(object? value) => value switch
    {
        null or SwitchParameter => null,
        string { Length: 0 } or ICollection { Count: 0 } => null,
        bool flag => flag ? "True" : "False",
        IEnumerable several and not string => string.Join(", ", several.Cast<object>()),
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
