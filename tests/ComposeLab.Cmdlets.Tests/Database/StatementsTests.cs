using ComposeLab.Database.Queries;

namespace ComposeLab.Cmdlets.Tests.Database;

/// <summary>Which statement a position of the server belongs to; what these tests call oops is the word it complains of.</summary>
public sealed class StatementsTests
{
    [Theory]
    [InlineData("SELECT ';'; SELECT oops", 12)]
    [InlineData("SELECT 'it''s; ' ; SELECT oops", 19)]
    [InlineData("SELECT E'it\\'s; ' ; SELECT oops", 20)]
    [InlineData("SELECT \"a;b\" ; SELECT oops", 15)]
    [InlineData("SELECT 1 -- ; not yet\n ; SELECT oops", 25)]
    [InlineData("SELECT 1 /* ; /* ; */ ; */ ; SELECT oops", 29)]
    [InlineData("DO $do$ BEGIN; $x$ ; $x$ END $do$; SELECT oops", 35)]
    [InlineData("SELECT a$1; SELECT $1; SELECT oops", 23)]
    [InlineData("SELECT 1;;  ; SELECT oops", 14)]
    public void A_semicolon_ends_a_statement_only_outside_literals_and_comments(string query, int start)
    {
        (int Start, string Text)? found = Statements.Find(query, 8, "column \"oops\" does not exist");

        Assert.Equal((start, "SELECT oops"), found);
    }

    [Theory]
    [InlineData("SELECT '@a', @b -- @c\n, :d::int, x@y, @@e /* @f */", "b d")]
    [InlineData("SELECT $$ @a $$, @1, @_b1", "_b1")]
    public void A_name_is_a_parameter_only_outside_literals_and_comments(string statement, string names) =>
        Assert.Equal(names, string.Join(' ', ParameterNames.In(statement).Select(found => found.Name)));

    // Each of these looked at the rest of the text once more for every piece: a million of them would take hours.
    [Theory]
    [InlineData("/*;")]
    [InlineData("';")]
    [InlineData("\";")]
    [InlineData("$a$;$b$")]
    [InlineData("--;")]
    [InlineData("$a;")]
    [InlineData("@a;")]
    public async Task A_query_is_read_in_one_pass_even_with_unclosed_literals(string piece)
    {
        string query = string.Concat(Enumerable.Repeat(piece, 300_000)) + "SELECT oops";

        await Task.Run(() =>
        {
            Statements.Find(query, 8, "column \"oops\" does not exist");
            return ParameterNames.In(query).Count();
        }).WaitAsync(TimeSpan.FromSeconds(60));
    }
}
