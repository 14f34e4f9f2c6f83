namespace ComposeLab.Shell.Specs.Assertions;

/// <summary>The operators that Should knows: those of Pester 5 that need no mock.</summary>
internal static class SpecOperators
{
    private static readonly string[] Value = ["ExpectedValue", "Because"];
    private static readonly string[] Alone = ["Because"];
    private static readonly string[] Pattern = ["RegularExpression", "Because"];
    private static readonly string[] Content = ["ExpectedContent", "Because"];

    /// <summary>The operators.</summary>
    public static IReadOnlyList<SpecOperator> All { get; } =
    [
        new("Be", "EQ", true, Value, check => Equality.Test(check, exactly: false)),
        new("BeExactly", "CEQ", true, Value, check => Equality.Test(check, exactly: true)),
        new("BeNullOrEmpty", "", true, Alone, Emptiness.Test),
        new("Contain", "", true, Value, check => check.Expect(SpecCheck.Ask("-contains", check.Actual, Expected(check)), $"a collection with {Show(check)}")),
        new("HaveCount", "", true, Value, Counting.Test),
        new("BeIn", "", false, Value, check => check.Expect(SpecCheck.Ask("-contains", Expected(check), check.Actual), $"one of {Show(check)}")),
        new("BeTrue", "", false, Alone, check => Truth(check, wanted: true)),
        new("BeFalse", "", false, Alone, check => Truth(check, wanted: false)),
        new("BeGreaterThan", "GT", false, Value, check => Order(check, "-le", "-gt", "greater than")),
        new("BeGreaterOrEqual", "GE", false, Value, check => Order(check, "-lt", "-ge", "greater than or equal to")),
        new("BeLessThan", "LT", false, Value, check => Order(check, "-ge", "-lt", "less than")),
        new("BeLessOrEqual", "LE", false, Value, check => Order(check, "-gt", "-le", "less than or equal to")),
        new("BeLike", "", false, Value, check => check.Expect(SpecCheck.Ask("-like", check.Actual, Expected(check)), $"something like {Show(check)}")),
        new("BeLikeExactly", "", false, Value, check => check.Expect(SpecCheck.Ask("-clike", check.Actual, Expected(check)), $"something exactly like {Show(check)}")),
        new("Match", "", false, Pattern, check => Matching(check, "-match")),
        new("MatchExactly", "CMATCH", false, Pattern, check => Matching(check, "-cmatch")),
        new("BeOfType", "HaveType", false, ["ExpectedType", "Because"], Typing.Test),
        new("Exist", "", false, Alone, FileContent.Exists),
        new("FileContentMatch", "", false, Content, check => FileContent.Test(check, "-match", whole: false)),
        new("FileContentMatchExactly", "", false, Content, check => FileContent.Test(check, "-cmatch", whole: false)),
        new("FileContentMatchMultiline", "", false, Content, check => FileContent.Test(check, "-match", whole: true)),
        new("FileContentMatchMultilineExactly", "", false, Content, check => FileContent.Test(check, "-cmatch", whole: true)),
        new("Throw", "", false, ["ExpectedMessage", "ErrorId", "ExceptionType", "Because", "PassThru"], Throwing.Test),
    ];

    private static object? Expected(SpecCheck check) => check.Value("ExpectedValue");

    private static string Show(SpecCheck check) => SpecCheck.Show(Expected(check));

    private static string? Truth(SpecCheck check, bool wanted) =>
        check.Expect(System.Management.Automation.LanguagePrimitives.IsTrue(check.Actual) == wanted, wanted ? "$true" : "$false");

    // The negated form asserts the opposite comparison, not the failure of this one; with $null the two differ.
    private static string? Order(SpecCheck check, string refuses, string refusesNegated, string words) =>
        SpecCheck.Ask(check.Negate ? refusesNegated : refuses, check.Actual, Expected(check))
            ? $"Expected a value {(check.Negate ? "not " : "")}{words} {Show(check)},{check.Because} but got {SpecCheck.Show(check.Actual)}."
            : null;

    private static string? Matching(SpecCheck check, string operation)
    {
        var pattern = check.Value("RegularExpression");
        return check.Expect(SpecCheck.Ask(operation, check.Actual, pattern), $"a match of the regular expression {SpecCheck.Show(pattern)}");
    }
}
