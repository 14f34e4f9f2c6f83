using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Net;
using System.Numerics;
using System.Xml;
using ComposeLab.Errors;
using Npgsql;
using NpgsqlTypes;

namespace ComposeLab.Database.Queries;

/// <summary>Binds the values of a hashtable. They are sent separately from the query and never become part of its text.</summary>
internal static class QueryParameters
{
    /// <summary>Binds them.</summary>
    /// <param name="command">The command.</param>
    /// <param name="values">Values by name, with or without the sign @.</param>
    /// <exception cref="LabException">QueryFailed: a value has a type without an SQL counterpart.</exception>
    public static void Bind(NpgsqlCommand command, Hashtable values)
    {
        foreach (DictionaryEntry entry in values)
        {
            string name = Convert.ToString(Plain(entry.Key), CultureInfo.InvariantCulture)!.TrimStart('@', ':');
            command.Parameters.Add(Parameter(name, Plain(entry.Value)));
        }
    }

    // The server converts a text to the type that its place in the query needs, as it does for a literal.
    private static NpgsqlParameter Parameter(string name, object? value) => value switch
    {
        null => new NpgsqlParameter(name, NpgsqlDbType.Unknown) { Value = DBNull.Value },
        string text => new NpgsqlParameter(name, NpgsqlDbType.Unknown) { Value = text },
        byte[] bytes => new NpgsqlParameter(name, bytes),
        IList items => List(name, [.. items.Cast<object?>().Select(Plain)]),
        _ when IsKnown(value) => new NpgsqlParameter(name, value),
        _ => throw Unfit(name, value),
    };

    // PowerShell lists contain objects; server lists have one type. If the elements have different types, their place in the query decides.
    private static NpgsqlParameter List(string name, object?[] items)
    {
        Type[] types = [.. items.OfType<object>().Select(item => item.GetType()).Distinct()];
        if (types is not [var type] || type.IsArray)
        {
            return new NpgsqlParameter(name, NpgsqlDbType.Unknown) { Value = ArrayText.Join(items.Select(item => Element(name, item))) };
        }

        if (!IsKnown(items.First(item => item is not null)!))
        {
            throw Unfit(name, items.First(item => item is not null)!);
        }

        var typed = Array.CreateInstance(items.Contains(null) && type.IsValueType ? typeof(Nullable<>).MakeGenericType(type) : type, items.Length);
        Array.Copy(items, typed, items.Length);
        return new NpgsqlParameter(name, typed);
    }

    private static object? Element(string name, object? item) => item switch
    {
        null or byte[] => item,
        IList inner => inner.Cast<object?>().Select(Plain).Select(deeper => Element(name, deeper)).ToArray(),
        _ when IsKnown(item) => item,
        _ => throw Unfit(name, item),
    };

    // PowerShell's own types, and types without a server type, are converted to equivalent ones.
    private static object? Plain(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null or DBNull or NullString => null,
        SwitchParameter flag => flag.IsPresent,
        XmlNode xml => xml.OuterXml,
        DateTimeOffset moment => moment.ToUniversalTime(),
        DateTime { Kind: DateTimeKind.Local } moment => moment.ToUniversalTime(),
        uint number => (long)number,
        ulong number => (decimal)number,
        ushort number => (int)number,
        sbyte number => (short)number,
        byte number => (short)number,
        object other when other is char or Enum or Uri or Version => other.ToString(),
        object other => other,
    };

    private static bool IsKnown(object value) => value is string or bool or short or int or long or float or double or decimal or BigInteger or Guid
        or DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan or IPAddress or System.Net.NetworkInformation.PhysicalAddress or BitArray;

    private static LabException Unfit(string name, object value) => new(
        LabErrorId.QueryFailed,
        $"Expected text, a number, true or false, a date, a time, a Guid, bytes, or a list of these for @{name}, found {value.GetType()}.",
        "Convert the value to one of these. For ::jsonb, use ConvertTo-Json",
        name);
}
