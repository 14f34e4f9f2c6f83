using System.Globalization;
using System.Management.Automation;
using Npgsql;
using NpgsqlTypes;

namespace ComposeLab.Database.Queries;

/// <summary>Turns the rows of one result into objects: a property for each column, with .NET's own types.</summary>
internal sealed class RowShape
{
    private readonly NpgsqlDataReader _reader;
    private readonly string[] _names;

    /// <summary>Reads the columns.</summary>
    /// <param name="reader">The reader, at the beginning of a result.</param>
    public RowShape(NpgsqlDataReader reader)
    {
        _reader = reader;
        _names = Unique([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)]);
    }

    /// <summary>Reads the row at which the reader stands.</summary>
    /// <returns>The row; NULL is null.</returns>
    public PSObject Read()
    {
        var row = new PSObject();
        for (int column = 0; column < _names.Length; column++)
        {
            row.Properties.Add(new PSNoteProperty(_names[column], Value(column)));
        }

        return row;
    }

    // Two columns of one name would be one property.
    private static string[] Unique(string[] names)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. names.Select(name =>
            {
                string unique = name;
                for (int number = 2; !taken.Add(unique); number++)
                {
                    unique = $"{name}_{number}";
                }

                return unique;
            }),
        ];
    }

    private object? Value(int column)
    {
        if (_reader.IsDBNull(column))
        {
            return null;
        }

        try
        {
            object value = _reader.GetDataTypeName(column) == "timestamp with time zone"
                ? _reader.GetFieldValue<DateTimeOffset>(column)
                : _reader.GetValue(column);
            // A type of the client library would be unknown to a script: it gets the server's own spelling.
            return value.GetType().Namespace?.StartsWith("Npgsql", StringComparison.Ordinal) == true ? value.ToString() : value;
        }
        catch (Exception unfit) when (unfit is InvalidCastException or OverflowException or NotSupportedException)
        {
            // Infinity, months in an interval, a type that .NET has no room for.
            return Text(column);
        }
    }

    private string? Text(int column)
    {
        try
        {
            if (_reader.GetDataTypeName(column) == "interval")
            {
                NpgsqlInterval span = _reader.GetFieldValue<NpgsqlInterval>(column);
                return string.Create(CultureInfo.InvariantCulture, $"{span.Months} mons {span.Days} days {TimeSpan.FromMicroseconds(span.Time):c}");
            }

            return _reader.GetFieldValue<string>(column);
        }
        catch (Exception unfit) when (unfit is InvalidCastException or NotSupportedException)
        {
            return $"({_reader.GetDataTypeName(column)})";
        }
    }
}
