using System.Globalization;

namespace ComposeLab.Database.Backups;

/// <summary>Compares a restored database with the one that was backed up.</summary>
internal static class FactsComparison
{
    /// <summary>Compares them. Names, sizes and versions of collations may differ.</summary>
    /// <param name="manifest">The description of the backup.</param>
    /// <param name="found">The restored database.</param>
    /// <returns>The differences; empty if the restored database is complete.</returns>
    public static IReadOnlyList<LabDbDifference> Compare(BackupManifest manifest, DatabaseFacts found)
    {
        DatabaseFacts expected = manifest.Database;
        var differences = new List<LabDbDifference>();
        Same(differences, LabDbDifferenceKind.Encoding, expected.Name, expected.Encoding, found.Encoding);
        Match(
            differences, LabDbDifferenceKind.Extension, expected.Extensions, found.Extensions, extension => extension.Name, extension => extension.Version, (_, _) => true);
        Match(
            differences, LabDbDifferenceKind.Table, expected.Tables, found.Tables, table => table.ToString(), table => Rows(table.Rows),
            (wanted, actual) => manifest.SchemaOnly ? actual.Rows is null or 0 : wanted.Rows is null || wanted.Rows == actual.Rows);
        Match(
            differences, LabDbDifferenceKind.Sequence, expected.Sequences, found.Sequences, sequence => sequence.ToString(), Value,
            (wanted, actual) => manifest.SchemaOnly || wanted.Cycles || IsBetween(actual.After, wanted.Before, wanted.After), mayHaveMore: manifest.ExcludedTables.Count > 0);
        if (!manifest.SchemaOnly)
        {
            Same(differences, LabDbDifferenceKind.LargeObject, "large objects", Number(expected.LargeObjects), Number(found.LargeObjects));
        }

        // Indexes, constraints and views of tables that are not in the backup are missing, too.
        if (manifest.ExcludedTables.Count == 0)
        {
            foreach (string kind in expected.Objects.Keys.Union(found.Objects.Keys).Order(StringComparer.Ordinal))
            {
                Same(differences, LabDbDifferenceKind.Object, kind, Number(expected.Objects.GetValueOrDefault(kind)), Number(found.Objects.GetValueOrDefault(kind)));
            }
        }

        return differences;
    }

    private static void Match<T>(
        List<LabDbDifference> differences, LabDbDifferenceKind kind, IReadOnlyList<T> expected, IReadOnlyList<T> found,
        Func<T, string> name, Func<T, string> value, Func<T, T, bool> isSame, bool mayHaveMore = false)
        where T : class
    {
        Dictionary<string, T> actual = found.ToDictionary(name, StringComparer.Ordinal);
        foreach (T wanted in expected)
        {
            if (!actual.Remove(name(wanted), out T? other))
            {
                differences.Add(new LabDbDifference { Kind = kind, Name = name(wanted), Expected = value(wanted), Found = "missing" });
            }
            else if (!isSame(wanted, other))
            {
                differences.Add(new LabDbDifference { Kind = kind, Name = name(wanted), Expected = value(wanted), Found = value(other) });
            }
        }

        differences.AddRange(mayHaveMore
            ? []
            : actual.Values.OrderBy(name, StringComparer.Ordinal).Select(more => new LabDbDifference { Kind = kind, Name = name(more), Expected = "none", Found = value(more) }));
    }

    private static void Same(List<LabDbDifference> differences, LabDbDifferenceKind kind, string name, string expected, string found)
    {
        if (!string.Equals(expected, found, StringComparison.Ordinal))
        {
            differences.Add(new LabDbDifference { Kind = kind, Name = name, Expected = expected, Found = found });
        }
    }

    // A sequence that was not used yet has no value: it may have been used while the dump was written.
    private static bool IsBetween(long? value, long? before, long? after)
    {
        if (value is not { } found)
        {
            return before is null;
        }

        return after is { } last && (before is { } first ? found >= Math.Min(first, last) && found <= Math.Max(first, last) : true);
    }

    private static string Value(SequenceFacts sequence) => sequence.Before == sequence.After
        ? Value(sequence.After)
        : $"{Value(sequence.Before)} to {Value(sequence.After)}";

    private static string Value(long? value) => value is { } known ? $"last value {Number(known)}" : "not used";

    private static string Rows(long? rows) => rows switch
    {
        null => "not counted",
        1 => "1 row",
        { } many => $"{Number(many)} rows",
    };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
