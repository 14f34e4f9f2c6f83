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

/// <summary>Binds the values of a hashtable: they travel beside the query and are never a part of its text.</summary>
internal static class QueryParameters
{
    /// <summary>Binds them.</summary>
    /// <param name="command">The command.</param>
    /// <param name="values">Values by name, with or without the sign @.</param>
    /// <exception cref="LabException">QueryFailed: a value is of a type that SQL has nothing for.</exception>
    public static void Bind(NpgsqlCommand command, Hashtable values)
    {
        foreach (DictionaryEntry entry in values)
        {
            string name = Convert.ToString(Plain(entry.Key), CultureInfo.InvariantCulture)!.TrimStart('@', ':');
            command.Parameters.Add(Parameter(name, Plain(entry.Value)));
        }
    }

    // The server reads a text as whatever its place in the query asks for, as it does with a literal.
    private static NpgsqlParameter Parameter(string name, object? value) => value switch
    {
        null => new NpgsqlParameter(name, NpgsqlDbType.Unknown) { Value = DBNull.Value },
        string text => new NpgsqlParameter(name, NpgsqlDbType.Unknown) { Value = text },
        byte[] bytes => new NpgsqlParameter(name, bytes),
        IList items => List(name, [.. items.Cast<object?>().Select(Plain)]),
        _ when IsKnown(value) => new NpgsqlParameter(name, value),
        _ => throw Unfit(name, value),
    };

    // PowerShell's lists hold objects; the server's hold one type. Where the elements do not agree on one, their place in the query decides.
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

    // What PowerShell hands on as one of its own, or what the server has no type for, becomes what means the same.
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
        $"Expected for @{name} a text, a number, true or false, a date, a time, a Guid, bytes, or a list of such; found {value.GetType()}.",
        "Turn the value into one of these; ConvertTo-Json makes a text that ::jsonb takes",
        name);
}
