using ComposeLab.Database.Backups;
using ComposeLab.Errors;

namespace ComposeLab.Cmdlets.Tests.Database.Backups;

/// <summary>Which tables -ExcludeTable leaves out.</summary>
public sealed class TableExclusionTests
{
    private static readonly Relation[] Relations =
    [
        new(new TableFacts("public", "orders", 0, null), 'r', 1) { References = [2] },
        new(new TableFacts("public", "customers", 0, null), 'r', 2),
        new(new TableFacts("log", "events", 0, null), 'p', 3),
        new(new TableFacts("log", "events_2026", 0, null), 'p', 4) { Needs = [3] },
        new(new TableFacts("log", "events_2026_01", 0, null), 'r', 5) { Needs = [4] },
        new(new TableFacts("public", "recent", 0, null), 'v', 6) { Needs = [3, 1] },
        new(new TableFacts("log", "events_id_seq", 0, null), 'S', 7) { Needs = [3] },
        new(new TableFacts("public", "recent_by_day", 0, null), 'm', 8) { Needs = [6] },
    ];

    [Fact]
    public void Without_a_pattern_nothing_is_left_out() => Assert.Empty(TableExclusion.Resolve(Relations, []));

    [Fact]
    public void A_table_is_left_out_with_its_partitions_and_sequences_and_the_views_that_depend_on_it() =>
        Assert.Equal([3L, 4, 5, 6, 7, 8], TableExclusion.Resolve(Relations, ["events"]).Select(relation => relation.Id));

    [Theory]
    [InlineData("log.events_2026_*", 5L)]
    [InlineData("public.orders", 1L, 6L, 8L)]
    public void A_pattern_matches_names_with_or_without_their_schema(string pattern, params long[] left) =>
        Assert.Equal(left, TableExclusion.Resolve(Relations, [pattern]).Select(relation => relation.Id));

    [Fact]
    public void A_pattern_without_a_match_is_an_error() =>
        Assert.Equal(LabErrorId.TableNotFound, Assert.Throws<LabException>(() => TableExclusion.Resolve(Relations, ["Orders"])).Id);

    [Fact]
    public void A_table_that_a_foreign_key_refers_to_cannot_be_left_out_alone()
    {
        Assert.Equal(LabErrorId.BackupFailed, Assert.Throws<LabException>(() => TableExclusion.Resolve(Relations, ["customers"])).Id);
        Assert.Contains(TableExclusion.Resolve(Relations, ["customers", "orders"]), relation => relation.Id == 2);
    }
}
