using ComposeLab.Database.Backups;

namespace ComposeLab.Cmdlets.Tests.Database.Backups;

/// <summary>What makes a restored database equal to the one that was backed up.</summary>
public sealed class FactsComparisonTests
{
    private static readonly DatabaseFacts Shop = Manifests.Shop;

    [Fact]
    public void A_copy_with_another_name_owner_and_size_is_complete() => Assert.Empty(Compare(Shop with { Name = "copy", Owner = "other", Bytes = 5 }));

    [Fact]
    public void A_missing_row_is_a_difference_with_both_numbers()
    {
        LabDbDifference difference = Assert.Single(Compare(Shop with { Tables = [Shop.Tables[0] with { Rows = 4 }, Shop.Tables[1]] }));

        Assert.Equal((LabDbDifferenceKind.Table, "public.orders", "5 rows", "4 rows"), (difference.Kind, difference.Name, difference.Expected, difference.Found));
    }

    [Fact]
    public void A_missing_table_is_a_difference() => Assert.Equal("missing", Assert.Single(Compare(Shop with { Tables = [Shop.Tables[0]] })).Found);

    [Fact]
    public void An_additional_table_is_a_difference() =>
        Assert.Equal("none", Assert.Single(Compare(Shop with { Tables = [.. Shop.Tables, new TableFacts("public", "extra", 0, 1)] })).Expected);

    [Theory]
    [InlineData(5L, true)]
    [InlineData(7L, true)]
    [InlineData(9L, true)]
    [InlineData(4L, false)]
    [InlineData(10L, false)]
    [InlineData(null, false)]
    public void A_sequence_may_have_any_value_that_it_had_during_the_dump(long? value, bool isSame) =>
        Assert.Equal(isSame, Compare(Shop with { Sequences = [Shop.Sequences[0] with { Before = value, After = value }] }).Count == 0);

    [Theory]
    [InlineData(-9L, true)]
    [InlineData(-4L, false)]
    public void A_sequence_may_count_down(long value, bool isSame)
    {
        DatabaseFacts facts = Shop with { Sequences = [new SequenceFacts("public", "s", -5, -9, false)] };

        Assert.Equal(isSame, FactsComparison.Compare(Manifests.Of(facts), facts with { Sequences = [new SequenceFacts("public", "s", value, value, false)] }).Count == 0);
    }

    [Fact]
    public void A_sequence_that_was_first_used_during_the_dump_may_be_unused_in_the_copy()
    {
        DatabaseFacts facts = Shop with { Sequences = [new SequenceFacts("public", "s", null, 3, false)] };

        Assert.Empty(FactsComparison.Compare(Manifests.Of(facts), facts with { Sequences = [new SequenceFacts("public", "s", null, null, false)] }));
        Assert.Single(FactsComparison.Compare(Manifests.Of(Shop with { Sequences = [new SequenceFacts("public", "s", null, null, false)] }), facts with { Sequences = [new SequenceFacts("public", "s", 1, 1, false)] }));
    }

    [Fact]
    public void Extensions_large_objects_encoding_and_other_objects_are_compared()
    {
        IReadOnlyList<LabDbDifference> differences = Compare(Shop with { Extensions = [], LargeObjects = 1, Encoding = "LATIN1", Objects = new Dictionary<string, long> { ["view"] = 2 } });

        Assert.Equal(
            [LabDbDifferenceKind.Encoding, LabDbDifferenceKind.Extension, LabDbDifferenceKind.LargeObject, LabDbDifferenceKind.Object, LabDbDifferenceKind.Object],
            differences.Select(difference => difference.Kind));
    }

    [Fact]
    public void An_extension_may_have_another_version() => Assert.Empty(Compare(Shop with { Extensions = [new ExtensionFacts("plpgsql", "2.0")] }));

    [Fact]
    public void A_backup_without_rows_expects_empty_tables_and_ignores_sequences()
    {
        BackupManifest manifest = Manifests.Of(Shop with { Tables = [.. Shop.Tables.Select(table => table with { Rows = null })] }) with { SchemaOnly = true };

        Assert.Empty(FactsComparison.Compare(manifest, manifest.Database with { LargeObjects = 0, Sequences = [Shop.Sequences[0] with { Before = null, After = null }] }));
        Assert.Single(FactsComparison.Compare(manifest, Shop with { Tables = [.. Shop.Tables.Select(table => table with { Rows = table.Name == "orders" ? 1 : 0 })] }));
    }

    [Fact]
    public void Without_some_tables_the_numbers_of_indexes_and_views_are_not_compared() =>
        Assert.Empty(FactsComparison.Compare(Manifests.Of(Shop) with { ExcludedTables = ["public.log"] }, Shop with { Objects = new Dictionary<string, long>() }));

    private static IReadOnlyList<LabDbDifference> Compare(DatabaseFacts found) => FactsComparison.Compare(Manifests.Of(Shop), found);
}
