using System.Management.Automation;
using Npgsql;
using Npgsql.PostgresTypes;

namespace ComposeLab.Database.Queries;

/// <summary>Converts the rows of one result to objects: a property for each column, with .NET types.</summary>
internal sealed class RowShape
{
    private readonly NpgsqlDataReader _reader;
    private readonly string[] _names;
    private readonly uint[] _types;
    private readonly bool[] _ownArrays;
    private readonly NumberColumn?[] _numbers;

    /// <summary>Reads the columns.</summary>
    /// <param name="reader">The reader, at the start of a result; it returns the server's text.</param>
    public RowShape(NpgsqlDataReader reader)
    {
        _reader = reader;
        _names = Unique([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)]);
        _types = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetDataTypeOID)];
        _ownArrays = [.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetPostgresType(column) is PostgresArrayType { Element: PostgresEnumType or PostgresDomainType { BaseType: PostgresEnumType } })];
        _numbers = [.. _types.Select((type, column) => NumberColumn.IsNumeric(type) ? new NumberColumn(_names[column], type, reader.GetDataTypeName(column)) : null)];
    }

    /// <summary>The columns of which a value was rounded, because it had more digits than .NET's type supports.</summary>
    public IEnumerable<string> Rounded => _numbers.Select((number, column) => number is { HasRounded: true } ? _names[column] : null).OfType<string>();

    /// <summary>Reads the current row.</summary>
    /// <returns>The row; NULL is null.</returns>
    /// <exception cref="Errors.LabException">QueryFailed: a numeric value is not a decimal.</exception>
    public PSObject Read()
    {
        var row = new PSObject();
        for (int column = 0; column < _names.Length; column++)
        {
            object? value = _reader.IsDBNull(column) ? null
                : _numbers[column] is { } number ? number.Read(_reader.GetString(column))
                : _ownArrays[column] ? ServerText.Texts(_reader.GetString(column))
                : ServerText.Of(_types[column], _reader.GetString(column));
            row.Properties.Add(new PSNoteProperty(_names[column], value));
        }

        return row;
    }

    // Two columns with the same name would be one property.
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
}
