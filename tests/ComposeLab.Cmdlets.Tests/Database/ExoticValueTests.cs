using System.Management.Automation;
using ComposeLab.Cmdlets.Tests.Hosting;

namespace ComposeLab.Cmdlets.Tests.Database;

/// <summary>Values that PostgreSQL has and .NET has not, and the other way round.</summary>
[Trait("Needs", "Engine")]
[Collection(nameof(DatabaseCollection))]
public sealed class ExoticValueTests(DatabaseStack stack)
{
    [Fact]
    public void Values_without_a_dotnet_type_keep_the_text_of_the_server()
    {
        (string Sql, string Text)[] values =
        [
            ("123456789012345678901234567890123456789.25::numeric(41,2)", "123456789012345678901234567890123456789.25"),
            ("1.50::numeric(29,2)", "1.50"),
            ("'infinity'::date", "infinity"),
            ("'-infinity'::timestamptz", "-infinity"),
            ("'0044-03-15 BC'::date", "0044-03-15 BC"),
            ("'294276-01-01'::timestamp", "294276-01-01 00:00:00"),
            ("'1 month 2 days 03:04:05.5'::interval", "1 mon 2 days 03:04:05.5"),
            ("'24:00'::time", "24:00:00"),
            ("'[1,5)'::int4range", "[1,5)"),
            ("'{[1,5),[7,9)}'::int4multirange", "{[1,5),[7,9)}"),
            ("'[2024-01-01,infinity)'::daterange", "[2024-01-01,infinity)"),
            ("'{\"(1,2)\"}'::point[]", "{\"(1,2)\"}"),
            ("'10.1.2.3/24'::inet", "10.1.2.3/24"),
            ("B'101'", "101"),
            ("ROW(1,'x')", "(1,x)"),
            ("'pg_class'::regclass", "pg_class"),
        ];

        PSObject row = One("SELECT " + string.Join(", ", values.Select((value, index) => $"{value.Sql} AS v{index}")));

        Assert.Equal(values.Select(value => value.Text), row.Properties.Select(property => Assert.IsType<string>(property.Value)));
    }

    [Fact]
    public void Values_with_a_dotnet_type_have_that_type()
    {
        (string Sql, object Value)[] values =
        [
            ("'\\xdead'::bytea", new byte[] { 0xde, 0xad }),
            ("'-1 days -02:00'::interval", new TimeSpan(-1, -2, 0, 0)),
            ("'1 day -02:00:00.25'::interval", new TimeSpan(1, 0, 0, 0) - new TimeSpan(0, 2, 0, 0, 250)),
            ("'2024-05-06 07:08:09.5+02'::timestamptz(3)", new DateTimeOffset(2024, 5, 6, 5, 8, 9, 500, TimeSpan.Zero)),
            ("'2024-05-06 07:08:09'::timestamp", new DateTime(2024, 5, 6, 7, 8, 9)),
            ("'9999-12-31'::date", new DateOnly(9999, 12, 31)),
            ("'10:20'::time", new TimeOnly(10, 20)),
            ("'{}'::int[]", Array.Empty<int>()),
            ("'{1,NULL}'::int[]", new object?[] { 1, null }),
            ("ARRAY['a, \"b\"', 'NULL', '', 'c\\d']", new[] { "a, \"b\"", "NULL", "", "c\\d" }),
            ("'{1.5,2}'::numeric[]", new[] { 1.5m, 2m }),
            ("'{1.5,2}'::numeric(40,1)[]", new[] { "1.5", "2.0" }),
            ("'NaN'::float8", double.NaN),
            ("12.50::numeric(6,2)", 12.50m),
        ];

        PSObject row = One("SELECT " + string.Join(", ", values.Select((value, index) => $"{value.Sql} AS v{index}")));

        foreach ((object Value, PSPropertyInfo property) in values.Select(value => value.Value).Zip(row.Properties))
        {
            Assert.Equal(Value.GetType(), property.Value.GetType());
            Assert.Equal(Value, property.Value);
        }
    }

    [Theory]
    [InlineData("'NaN'::numeric")]
    [InlineData("'-Infinity'::numeric")]
    [InlineData("1e40::numeric")]
    [InlineData("'{1,NaN}'::numeric[]")]
    public void A_number_that_is_not_a_decimal_is_rejected_with_a_suggested_cast(string value)
    {
        SessionResult result = stack.Run($"Invoke-LabQuery \"SELECT n FROM (VALUES ({value})) AS t(n)\" {stack.Select}");

        Assert.Equal(nameof(LabErrorId.QueryFailed), result.ErrorId);
        Assert.Contains("n::text", result.Error!.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_with_more_digits_than_a_decimal_is_rounded_with_one_warning()
    {
        SessionResult result = stack.Run($"Invoke-LabQuery 'SELECT (1::numeric / 3) * (n::numeric / 3) AS n, 1.500000000000000000000000000000000::numeric AS same FROM generate_series(1, 3) AS n' {stack.Select}");

        result.Good();
        Assert.All(result.Output, row => Assert.All(row.Properties, property => Assert.IsType<decimal>(property.Value)));
        Assert.Contains("'n'", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_created_in_the_same_query_is_read()
    {
        PSObject row = One("CREATE TYPE pg_temp.mood AS ENUM ('sad', 'ok'); SELECT 'ok'::pg_temp.mood AS one, ARRAY['ok'::pg_temp.mood] AS list");

        Assert.Equal(["ok", "{ok}"], row.Properties.Select(property => property.Value));
    }

    [Theory]
    [InlineData("@(1, $null)", "int", "{1,NULL}")]
    [InlineData("@()", "int", "{}")]
    [InlineData("@(1, [long]2)", "bigint", "{1,2}")]
    [InlineData("[uint[]](1, 2)", "bigint", "{1,2}")]
    [InlineData("@('a, \"b\"', 'c')", "text", "{\"a, \\\"b\\\"\",c}")]
    [InlineData("@(@(1, 2), @(3, 4))", "int", "{{1,2},{3,4}}")]
    [InlineData("[Collections.ArrayList]@(1, 2)", "int", "{1,2}")]
    [InlineData("@([DateTimeOffset]'2024-01-01T00:00:00+02:00')", "timestamptz", "{\"2023-12-31 22:00:00+00\"}")]
    public void Lists_are_bound_as_arrays(string list, string type, string expected) =>
        Assert.Equal(expected, Bound(list, $"@a::{type}[]::text").Output[0].Properties["v"].Value);

    [Theory]
    [InlineData("[NullString]::Value", null)]
    [InlineData("[DBNull]::Value", null)]
    [InlineData("[uri]'http://x/'", "http://x/")]
    [InlineData("[version]'1.2'", "1.2")]
    [InlineData("[byte]7", "7")]
    [InlineData("[xml]'<a/>'", "<a />")]
    public void Values_of_powershells_own_types_are_bound(string value, string? expected) =>
        Assert.Equal(expected, Bound(value, "@a::text").Output[0].Properties["v"].Value);

    [Theory]
    [InlineData("@{ b = 1 }")]
    [InlineData("{ code }")]
    [InlineData("@(1, @{ b = 1 })")]
    public void A_value_without_an_sql_type_is_rejected_with_its_name(string value)
    {
        SessionResult result = stack.Run($"Invoke-LabQuery 'SELECT @a::text AS v' -Parameter @{{ a = {value} }} {stack.Select}");

        Assert.Equal(nameof(LabErrorId.QueryFailed), result.ErrorId);
        Assert.Equal("a", result.Error!.TargetObject);
    }

    [Theory]
    [InlineData("COPY pg_class TO STDOUT")]
    [InlineData("COPY pg_class FROM STDIN")]
    public void A_copy_of_files_is_rejected_with_a_working_alternative(string query)
    {
        SessionResult result = stack.Run($"Invoke-LabQuery '{query}' {stack.Select}");

        Assert.Equal(nameof(LabErrorId.QueryFailed), result.ErrorId);
        Assert.Contains("Invoke-LabCommand", result.Error!.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    private SessionResult Bound(string value, string expression)
    {
        SessionResult result = stack.Run($"Invoke-LabQuery 'SELECT {expression} AS v' -Parameter @{{ a = {value} }} {stack.Select}");
        result.Good();
        return result;
    }

    private PSObject One(string query)
    {
        SessionResult result = stack.Session.Run("param($query) Invoke-LabQuery $query " + stack.Select, query);
        result.Good();
        return Assert.Single(result.Output);
    }
}
