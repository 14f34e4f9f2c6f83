using System.Reflection;
using System.Text.RegularExpressions;
using ComposeLab.Api.Database;
using ComposeLab.Api.Tests.Support;

namespace ComposeLab.Api.Tests.Database;

public sealed partial class DatabaseFaultNamesTests
{
    private static readonly IReadOnlyList<DatabaseFault> Faults =
    [
        .. typeof(DatabaseFault).GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => field.GetValue(null)).OfType<DatabaseFault>(),
        DatabaseFault.Other(null),
    ];

    [Fact]
    public void The_document_lists_exactly_the_existing_causes()
    {
        var document = File.ReadAllText(Path.Combine(LabFolder.Repository(), "docs", "api.md"));

        Assert.Equal(Faults.Select(fault => fault.Cause).Order(StringComparer.Ordinal), Cause().Matches(document).Select(row => row.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_cause_is_a_stable_word_and_its_message_is_a_sentence() => Assert.All(Faults, fault =>
    {
        Assert.Matches("^[a-z_]+$", fault.Cause);
        Assert.EndsWith(".", fault.Message, StringComparison.Ordinal);
    });

    [GeneratedRegex(@"^\| `([a-z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Cause();
}
