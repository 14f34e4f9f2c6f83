using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Npgsql;
using NpgsqlTypes;

namespace ComposeLab.Database.Queries;

/// <summary>Binds the values of a hashtable: they travel beside the query and are never a part of its text.</summary>
internal static class QueryParameters
{
    /// <summary>Binds them.</summary>
    /// <param name="command">The command.</param>
    /// <param name="values">Values by name, with or without the sign @.</param>
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
        char sign => new NpgsqlParameter(name, NpgsqlDbType.Unknown) { Value = sign.ToString() },
        SwitchParameter flag => new NpgsqlParameter(name, flag.IsPresent),
        Enum word => new NpgsqlParameter(name, NpgsqlDbType.Unknown) { Value = word.ToString() },
        DateTimeOffset moment => new NpgsqlParameter(name, moment.ToUniversalTime()),
        DateTime { Kind: DateTimeKind.Local } moment => new NpgsqlParameter(name, moment.ToUniversalTime()),
        object?[] items => new NpgsqlParameter(name, Typed(items)),
        uint number => new NpgsqlParameter(name, (long)number),
        ulong number => new NpgsqlParameter(name, (decimal)number),
        ushort number => new NpgsqlParameter(name, (int)number),
        sbyte number => new NpgsqlParameter(name, (short)number),
        _ => new NpgsqlParameter(name, value),
    };

    // PowerShell's arrays hold objects; the server's hold one type.
    private static Array Typed(object?[] items)
    {
        object?[] plain = [.. items.Select(Plain)];
        Type? type = plain.FirstOrDefault(item => item is not null)?.GetType();
        bool isUniform = type is not null && plain.All(item => item?.GetType() == type);
        if (!isUniform)
        {
            return plain.Select(item => Convert.ToString(item, CultureInfo.InvariantCulture)).ToArray();
        }

        var typed = Array.CreateInstance(type!, plain.Length);
        Array.Copy(plain, typed, plain.Length);
        return typed;
    }

    private static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
